"""The footer: the keys that work now, the way out first and the menu last, as many as have room."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from weakref import WeakSet

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import ActiveBinding
from textual.screen import Screen
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

from chatbot.common import _
from chatbot.tui.actions import BY_NAME
from chatbot.tui.closing import ClosingModal

MENU = "menu"
"""The action that all others are reached by: it is always shown."""

PADDING = 3
"""Cells around the key and behind the label."""

CHOOSE = "cursor.choose"
"""The action of Enter in a list, which says itself what that does there."""

SAID_BY_THE_NODE = (CHOOSE, "text.enter")
"""Actions of Enter. A list, field or dialog says in `chooses` what it does; nothing where empty."""

ORDER = {name: place for place, name in enumerate(BY_NAME)}


class KeyFooter(Footer):
    """Shows the keys of the screen on top, which may be a dialog over this one.

    Textual's own lists them in the order in which they were bound, cuts off what has no room, and
    goes on showing the keys of a screen that a dialog covers. Its keys have the accent colour: of
    light themes that is too pale for the footer.
    """

    DEFAULT_CSS = """
    KeyFooter:light FooterKey .footer-key--key { color: $footer-description-foreground; }
    """

    def on_mount(self) -> None:
        """Follow the screens that come and go over this one."""
        self._followed = WeakSet[Screen[Any]]()
        self._is_due = False
        """Whether the keys are to be looked at once the screen is drawn."""
        self._said: list[tuple[str, ...]] = []
        """What the keys on show say."""
        self.app.screen_change_signal.subscribe(self, self._follow)

    def _follow(self, top: Screen[Any]) -> None:
        """Show the keys of a screen, now and when they change, where this footer is seen below."""
        if top.is_modal and top not in self._followed:
            self._followed.add(top)
            top.bindings_updated_signal.subscribe(self, self._keys_changed)
        self._keys_changed(top)

    def bindings_changed(self, screen: Screen[Any]) -> None:
        """Show the keys of the screen that this footer is on."""
        self._bindings_ready = True
        if screen.app.app_focus and screen is self.screen:
            self._look_soon()

    def _keys_changed(self, _screen: Screen[Any]) -> None:
        top = self.app.screen
        if self.is_attached and (top is self.screen or top.is_modal):
            self._look_soon()

    def _look_soon(self) -> None:
        """Look once at what has changed several times, as at the start and with each dialog."""
        if self.is_attached and not self._is_due:
            self._is_due = self.call_after_refresh(self._show_keys)

    async def _show_keys(self) -> None:
        self._is_due = False
        if [_says(key) for key in self._keys()] != self._said:
            await self.recompose()
        self.call_after_refresh(self._redraw_above)

    def _redraw_above(self) -> None:
        """Draw the dialogs anew: below two of them Textual keeps what it has drawn once."""
        stack = self.app.screen_stack
        if self.is_attached and self.screen in stack[:-2]:
            for screen in stack[stack.index(self.screen) + 1 :]:
                screen.refresh()

    def compose(self) -> ComposeResult:
        """Show the keys that have room: the menu has the others."""
        keys = self._keys()
        self._said = [_says(key) for key in keys]
        yield from keys

    def _keys(self) -> list[FooterKey]:
        """Return the keys that work now, as many as have room, the menu last."""
        if not self._bindings_ready or not self.app.screen_stack:
            return []
        keys = [self._key(active) for active in self._active]
        room = self.size.width or self.app.size.width
        menu = [key for key in keys if key.has_class("-menu")]
        room -= sum(map(_width, menu))
        found = []
        for key in keys:
            if key in menu:
                continue
            room -= _width(key)
            if room < 0:
                break
            found.append(key)
        return found + menu

    @property
    def _active(self) -> list[ActiveBinding]:
        """What is shown of the screen on top, each action once, in the order of the footer."""
        top = self.app.screen
        by_action = {
            active.binding.action: active
            for active in reversed(top.active_bindings.values())
            if active.binding.show and _label(active)
        }
        found = sorted(by_action.values(), key=self._order)
        if isinstance(top, ClosingModal):
            found += _arrows(top)
        return found

    def _order(self, active: ActiveBinding) -> tuple[bool, bool, int]:
        is_way_out = active.binding.key == "escape"
        is_everywhere = active.node is self.app
        name = active.binding.id or CHOOSE
        return (not is_way_out, is_everywhere, -1 if name in SAID_BY_THE_NODE else ORDER[name])

    def _key(self, active: ActiveBinding) -> FooterKey:
        binding = active.binding
        key = FooterKey(
            binding.key,
            self.app.get_key_display(binding),
            _(_label(active)),
            binding.action,
            disabled=not active.enabled,
            tooltip=_(active.tooltip),
        )
        key.set_reactive(FooterKey.compact, False)
        key.set_class(binding.id == MENU, "-menu")
        return key

    def on_resize(self, event: events.Resize) -> None:
        """Another width has room for others."""
        self._look_soon()


def _arrows(dialog: ClosingModal[Any]) -> Iterator[ActiveBinding]:
    """Return what the arrows do in a dialog, in its order.

    A field of one line that has nothing to scroll leaves them to the dialog, but what Textual calls
    active is the scrolling.
    """
    found = {
        binding.id: ActiveBinding(node, binding, True, binding.tooltip)
        for node, bindings in reversed(dialog._modal_binding_chain)
        for _key, binding in bindings
    }
    return (found[name] for name in dialog.moves if name in found)


def _label(active: ActiveBinding) -> str:
    binding = active.binding
    label: str = binding.description
    if binding.id in SAID_BY_THE_NODE:
        label = getattr(active.node, "chooses", label)
    return label


def _says(key: FooterKey) -> tuple[str, ...]:
    state = " ".join(sorted(key.classes))
    return key.key, key.key_display, key.description, key.action, str(key.tooltip), state


def _width(key: FooterKey) -> int:
    return cell_len(key.key_display) + cell_len(key.description) + PADDING
