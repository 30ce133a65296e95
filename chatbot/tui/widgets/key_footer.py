"""The footer: the keys that work now, the way out first and the menu last, as many as have room."""

from __future__ import annotations

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import ActiveBinding
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

from chatbot.common import _
from chatbot.tui.actions import BY_NAME

MENU = "menu"
"""The action that all others are reached by: it is always shown."""

PADDING = 3
"""Cells around the key and behind the label."""

CHOOSE = "cursor.choose"
"""The action of Enter in a list, which says itself what that does there."""

ORDER = {name: place for place, name in enumerate(BY_NAME)}


class KeyFooter(Footer):
    """Shows the keys of the screen on top, which may be a dialog over this one.

    Textual's own lists them in the order in which they were bound, cuts off what has no room, and
    goes on showing the keys of a screen that a dialog covers.
    """

    def compose(self) -> ComposeResult:
        """Leave out what has no room: the menu has it."""
        if not self._bindings_ready or not self.app.screen_stack:
            return
        keys = [self._key(active) for active in self._active]
        room = self.size.width or self.app.size.width
        menu = [key for key in keys if key.has_class("-menu")]
        room -= sum(map(_width, menu))
        for key in keys:
            if key in menu:
                continue
            room -= _width(key)
            if room < 0:
                break
            yield key
        yield from menu

    @property
    def _active(self) -> list[ActiveBinding]:
        """What is shown of the screen on top, each action once, in the order of the footer."""
        top = self.app.screen
        by_action = {
            active.binding.action: active
            for active in reversed(top.active_bindings.values())
            if active.binding.show
        }
        return sorted(by_action.values(), key=self._order)

    def _order(self, active: ActiveBinding) -> tuple[bool, bool, int]:
        is_way_out = active.binding.key == "escape"
        is_everywhere = active.node is self.app
        name = active.binding.id or CHOOSE
        return (not is_way_out, is_everywhere, -1 if name == CHOOSE else ORDER[name])

    def _key(self, active: ActiveBinding) -> FooterKey:
        binding = active.binding
        label = binding.description
        if binding.id == CHOOSE:
            label = getattr(active.node, "chooses", label)
        key = FooterKey(
            binding.key,
            self.app.get_key_display(binding),
            _(label),
            binding.action,
            disabled=not active.enabled,
            tooltip=_(active.tooltip),
        )
        key.set_reactive(FooterKey.compact, False)
        key.set_class(binding.id == MENU, "-menu")
        return key

    def on_resize(self, event: events.Resize) -> None:
        """Another width has room for others."""
        self.call_after_refresh(self.recompose)


def _width(key: FooterKey) -> int:
    return cell_len(key.key_display) + cell_len(key.description) + PADDING
