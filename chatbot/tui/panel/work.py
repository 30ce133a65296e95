"""What the panel must wait for, worked out in threads that post messages back to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message
from textual.widget import Widget
from textual.worker import Worker, get_current_worker

if TYPE_CHECKING:
    from chatbot.conversation import Chatbot, Reading
    from chatbot.insight import Comparison, Explanation, Game, PatternStates, Portrait


@dataclass
class Explained(Message):
    """The shares of a message are worked out."""

    explanation: Explanation


@dataclass
class Compared(Message):
    """Two messages are compared."""

    comparison: Comparison


@dataclass
class Portrayed(Message):
    """What drives a unit, or an intent's direction, is worked out."""

    unit: int
    intent: str | None
    portrait: Portrait


class PanelWork:
    """Works for a widget, which gets the messages; a newer task of a kind replaces the older."""

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._patterns: PatternStates | None = None
        self._game: tuple[Chatbot, Game] | None = None
        """Of the message explained last: a word more goes on from it. Threads set it whole."""

    def patterns(self, bot: Chatbot) -> PatternStates:
        """Return the states of the bot's patterns; made once a model, 0.1 s for 800 patterns."""
        from chatbot.insight import PatternStates

        if self._patterns is None or self._patterns.reader is not bot.reader:
            self._patterns = PatternStates(bot.reader)
        return self._patterns

    def explain(self, bot: Chatbot, reading: Reading) -> None:
        """Work out the shares of a message; Explained follows."""
        self._run("explain", partial(self._explain, bot, reading))

    def compare(self, bot: Chatbot, left: Reading, right: Reading | None) -> None:
        """Compare two messages, or one with itself read backwards; Compared follows."""
        self._run("compare", partial(self._compare, bot, left, right))

    def portray(self, bot: Chatbot, unit: int, intent: str | None) -> None:
        """Work out what drives a unit, or an intent's direction; Portrayed follows."""
        self._run("portray", partial(self._portray, bot, unit, intent))

    def _run(self, group: str, work: Callable[[], None]) -> None:
        def described_in_a_word() -> None:
            work()

        # Textual writes out what it is given, and a partial writes out its arguments: with every
        # number of a reading of 12 words that took 40 ms, in which typing waited.
        self._widget.run_worker(
            described_in_a_word, thread=True, group=group, exclusive=True, exit_on_error=False
        )

    def _explained(self, bot: Chatbot, reading: Reading, worker: Worker[None]) -> Explanation:
        from chatbot.insight import explain

        before = self._game
        found = explain(
            bot.reader,
            reading,
            self.patterns(bot),
            game=before[1] if before is not None and before[0] is bot else None,
            abandoned=lambda: worker.is_cancelled,
        )
        if found.game is not None:
            self._game = (bot, found.game)
        return found

    def _explain(self, bot: Chatbot, reading: Reading) -> None:
        from chatbot.insight import AbandonedError

        try:
            explanation = self._explained(bot, reading, get_current_worker())
        except AbandonedError:
            return  # a newer message is being worked on
        self._widget.post_message(Explained(explanation))

    def _compare(self, bot: Chatbot, left: Reading, right: Reading | None) -> None:
        from chatbot.insight import AbandonedError, compare, compare_backwards

        worker = get_current_worker()
        try:
            explained = self._explained(bot, left, worker)
            if right is None:
                found = compare_backwards(bot.reader, explained, self.patterns(bot))
            else:
                found = compare(bot.reader, explained, self._explained(bot, right, worker))
        except AbandonedError:
            return
        self._widget.post_message(Compared(found))

    def _portray(self, bot: Chatbot, unit: int, intent: str | None) -> None:
        from chatbot.insight import direction_of_intent, direction_of_unit, portrait

        weights = bot.model.weights
        direction = (
            direction_of_unit(weights, unit)
            if intent is None
            else direction_of_intent(weights, bot.reader.classifier.intents.index(intent))
        )
        found = portrait(self.patterns(bot), direction)
        self._widget.post_message(Portrayed(unit, intent, found))
