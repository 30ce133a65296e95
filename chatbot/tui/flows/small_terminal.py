"""A terminal of fewer cells than anything can be read in: nothing is drawn there but a word of it.

Widgets fail at widths of a few cells, ours and Textual's. They never see fewer than LEAST: the app
is laid out for that size, and drawn when the terminal has it.
"""

from __future__ import annotations

from rich.console import RenderableType
from textual import events
from textual.geometry import Size
from textual.screen import Screen

from chatbot.common import _
from chatbot.tui.flows.guarding import GuardedApp

LEAST = Size(20, 6)


class RoomyApp(GuardedApp):
    """An app that is laid out for at least LEAST, whatever the terminal has."""

    _terminal: Size | None = None
    """What the terminal has; None until it has told."""

    @property
    def size(self) -> Size:
        """The size that the app is laid out for."""
        return at_least(super().size)

    @property
    def is_too_small(self) -> bool:
        """Whether the terminal has fewer cells than the app is laid out for."""
        return self._terminal is not None and self._terminal != at_least(self._terminal)

    async def on_event(self, event: events.Event) -> None:
        """Lay out for at least LEAST; draw all again once there is room."""
        if isinstance(event, events.Resize) and not event.is_forwarded:
            was_too_small, self._terminal = self.is_too_small, event.size
            size = at_least(event.size)
            event = events.Resize(size, size, size, event.pixel_size)
            if was_too_small and not self.is_too_small:
                self.call_later(self._draw_all)
        await super().on_event(event)

    def _draw_all(self) -> None:
        if self.screen_stack:
            self.screen.refresh(layout=True)

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        """Draw, or say that there is no room to draw anything."""
        if not self.is_too_small:
            super()._display(screen, renderable)
        elif self._terminal is not None and self._driver is not None and not self.is_headless:
            text = _("Too small")[: self._terminal.width]
            self._driver.write(f"\x1b[0m\x1b[2J\x1b[H{text}")
            self._driver.flush()


def at_least(size: Size) -> Size:
    """Return a size that is nowhere smaller than LEAST."""
    return Size(max(size.width, LEAST.width), max(size.height, LEAST.height))
