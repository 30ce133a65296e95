"""The keys of the app: those that a person has chosen, and what a terminal means by its own."""

from __future__ import annotations

import asyncio
import os
from typing import Any

from textual import events
from textual.app import ScreenStackError

from chatbot.tui.actions import shifted
from chatbot.tui.flows.small_terminal import RoomyApp

WAIT = 0.005
"""Seconds until a screen that is being made is looked at again."""

MOST_WAITS = 200
"""A second: a screen that takes longer gets the key as it is."""


class UnderstandingApp(RoomyApp):
    """An app that understands what each terminal sends for a shifted function key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._meant = shifted(os.environ)

    async def on_event(self, event: events.Event) -> None:
        """Put the key that was meant in place of the one that the sequence stands for elsewhere.

        What comes before a new screen has its widgets waits for them; what comes when the app has
        closed is nobody's.
        """
        if isinstance(event, events.InputEvent) and not event.is_forwarded:
            if not self.screen_stack:
                return
            for _ in range(MOST_WAITS):
                if self.screen.is_mounted:
                    break
                await asyncio.sleep(WAIT)
        if isinstance(event, events.Key) and event.key in self._meant and not event.is_forwarded:
            event = events.Key(self._meant[event.key], None)
        try:
            await super().on_event(event)
        except ScreenStackError:
            if self.screen_stack:
                raise  # else the app was closed meanwhile
