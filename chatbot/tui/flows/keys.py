"""The keys of the app: those that a person has chosen, and what a terminal means by its own."""

from __future__ import annotations

import os
from typing import Any

from textual import events

from chatbot.tui.actions import shifted
from chatbot.tui.flows.guarding import GuardedApp


class UnderstandingApp(GuardedApp):
    """An app that understands what each terminal sends for a shifted function key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._meant = shifted(os.environ)

    async def on_event(self, event: events.Event) -> None:
        """Put the key that was meant in place of the one that the sequence stands for elsewhere."""
        if isinstance(event, events.Key) and event.key in self._meant and not event.is_forwarded:
            event = events.Key(self._meant[event.key], None)
        await super().on_event(event)
