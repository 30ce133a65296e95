"""Screens that close once: a second key behind Escape must not close what lies below."""

from __future__ import annotations

from textual import events
from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, Screen, ScreenResultType


class ClosingScreen(Screen[ScreenResultType]):
    """A screen whose `dismiss` closes it and nothing else: Textual's closes what is on top."""

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Close with a result, if it is on top."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    async def on_event(self, event: events.Event) -> None:
        """Leave out the beginning where it was closed before it: its widgets have gone."""
        if not isinstance(event, events.Mount) or self.children:
            await super().on_event(event)


class ClosingModal(ModalScreen[ScreenResultType]):
    """The same over a screen that stays in sight."""

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Close with a result, if it is on top."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    async def on_event(self, event: events.Event) -> None:
        """Leave out the beginning where it was closed before it: its widgets have gone."""
        if not isinstance(event, events.Mount) or self.children:
            await super().on_event(event)
