"""What actions have promised to say later: timers that run, whichever screen is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.timer import Timer

if TYPE_CHECKING:
    from chatbot.actions import Later
    from chatbot.conversation import Turn

TOLD_SECONDS = 3600
"""How long it is shown that a timer is over: nobody may miss it."""


class Promises:
    """Says later what answers have promised, unless another answer calls it off."""

    def __init__(self) -> None:
        self._timers: set[Timer] = set()

    def __len__(self) -> int:
        """Return how many things are still to be said."""
        return len(self._timers)

    def take(self, app: App[Any], turn: Turn) -> None:
        """Do what an answer promises, or calls off."""
        if turn.calls_off:
            for timer in self._timers:
                timer.stop()
            self._timers.clear()
        for later in turn.later:
            self._say(app, later)

    def _say(self, app: App[Any], later: Later) -> None:
        def tell() -> None:
            self._timers.discard(timer)
            app.notify(later.text, timeout=TOLD_SECONDS, markup=False)
            app.bell()

        timer = app.set_timer(later.seconds, tell)
        self._timers.add(timer)
