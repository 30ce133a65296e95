"""What the panel must wait for, worked out in threads that post messages back to it.

The threads import chatbot.insight: NumPy is kept out of start-up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message
from textual.widget import Widget
from textual.worker import get_current_worker

if TYPE_CHECKING:
    from chatbot.conversation import Chatbot, Reading
    from chatbot.insight import Explanation, Game, PatternStates

Abandoned = Callable[[], bool]
"""Says whether nobody waits for the work any more."""


@dataclass
class Explained(Message):
    """The shares of a message are worked out."""

    explanation: Explanation


class PanelWork:
    """Works for a widget, which gets the messages; a newer task of a kind replaces the older."""

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._patterns: PatternStates | None = None
        self._game: tuple[Chatbot, Game] | None = None
        """Of the message explained last: a word more goes on from it. Threads set it whole."""
        self._explaining: Reading | None = None
        """What is being worked on: asked for again, it is not begun again."""

    def patterns(self, bot: Chatbot) -> PatternStates:
        """Return the states of the bot's patterns; made once per model, 0.1 s for 800 patterns."""
        from chatbot.insight import PatternStates

        if self._patterns is None or self._patterns.reader is not bot.reader:
            self._patterns = PatternStates(bot.reader)
        return self._patterns

    def explain(self, bot: Chatbot, reading: Reading) -> None:
        """Work out the shares of a message; Explained follows."""
        if reading is self._explaining:
            return
        self._explaining = reading
        self.run("explain", partial(self._explain, bot, reading))

    def run(
        self, kind: str, task: Callable[[Abandoned], Message], to: Widget | None = None
    ) -> None:
        """Run a task in a thread and post its message, by default to the panel.

        A task that is still running and of the same kind is abandoned: it may raise AbandonedError.
        """

        def described_in_a_word() -> None:
            from chatbot.insight import AbandonedError

            worker = get_current_worker()
            try:
                message = task(lambda: worker.is_cancelled)
            except AbandonedError:
                return  # a newer task has taken its place
            (self._widget if to is None else to).post_message(message)

        # Textual writes out what it is given, and a partial writes out its arguments: with every
        # number of a reading of 12 words that took 40 ms, in which typing waited.
        self._widget.run_worker(
            described_in_a_word, thread=True, group=kind, exclusive=True, exit_on_error=False
        )

    def explanation(self, bot: Chatbot, reading: Reading, abandoned: Abandoned) -> Explanation:
        """Return the explanation of a message; for tasks, which run in a thread."""
        from chatbot.insight import explain

        before = self._game
        found = explain(
            bot.reader,
            reading,
            self.patterns(bot),
            game=before[1] if before is not None and before[0] is bot else None,
            abandoned=abandoned,
        )
        if found.game is not None:
            self._game = (bot, found.game)
        return found

    def _explain(self, bot: Chatbot, reading: Reading, abandoned: Abandoned) -> Explained:
        try:
            return Explained(self.explanation(bot, reading, abandoned))
        finally:
            if self._explaining is reading:
                self._explaining = None
