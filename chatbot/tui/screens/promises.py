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
        self._timers: list[tuple[Later, Timer]] = []

    def __len__(self) -> int:
        """Return how many things are still to be said."""
        return len(self._timers)

    def take(self, app: App[Any], turn: Turn) -> None:
        """Do what an answer promises, or calls off."""
        gone = list(self._timers) if turn.calls_off else []
        for later in turn.takes_back:  # of several that say the same the latest
            gone += [each for each in self._timers if each[0] == later][-1:]
        for _later, timer in gone:
            timer.stop()
        self._timers = [each for each in self._timers if each not in gone]
        for later in turn.later:
            self._say(app, later)

    def _say(self, app: App[Any], later: Later) -> None:
        def tell() -> None:
            self._timers.remove(promised)
            app.notify(later.text, timeout=TOLD_SECONDS, markup=False)
            app.bell()

        timer = app.set_timer(later.seconds, tell)
        promised = (later, timer)
        self._timers.append(promised)
