"""Screens that close once, and leave nothing behind.

A second key behind Escape must not close what lies below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import events
from textual._styles_cache import StylesCache
from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, Screen, ScreenResultType

if TYPE_CHECKING:
    from textual._types import CallbackType


def forget_drawn() -> None:
    """Let go of what was drawn of widgets that have gone.

    Textual (8.2) remembers the colours of 1,024 widgets, and with each all lines that were drawn of
    it, as long as the process lives.
    """
    StylesCache.get_inner_outer.cache_clear()


class ClosingScreen(Screen[ScreenResultType]):
    """A screen whose `dismiss` closes it and nothing else: Textual's closes what is on top."""

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Close with a result, if it is on top."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    async def on_event(self, event: events.Event) -> None:
        """Leave out the beginning where it was closed before it: its widgets have gone."""
        if not isinstance(event, events.Mount) or self._is_whole:
            await super().on_event(event)

    @property
    def _is_whole(self) -> bool:
        """Whether its widgets are there: they go one by one while it closes."""
        return bool(self.children) and not self._pruning

    def call_after_refresh(self, callback: CallbackType, *args: Any, **kwargs: Any) -> bool:
        """Call something once the screen is drawn; nothing where its widgets have gone by then."""

        def unless_closed() -> Any:
            return callback(*args, **kwargs) if self._is_whole else None

        return super().call_after_refresh(unless_closed)

    async def on_unmount(self) -> None:
        """Leave nothing behind."""
        forget_drawn()


class ClosingModal(ModalScreen[ScreenResultType], ClosingScreen[ScreenResultType]):
    """The same over a screen that stays in sight, whose footer names the keys and can be read."""

    DEFAULT_CSS = """
    ClosingModal { background: $background 25%; }
    """

    moves: tuple[str, ...] = ("cursor.up", "cursor.down")
    """Actions of the arrows that work in it: the footer names them, there is room for it."""
