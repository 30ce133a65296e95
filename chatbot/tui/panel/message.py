"""The message that the panel shows: how it was read, which words are on, and its explanation."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chatbot.tui.panel.view import Shown, Subject

if TYPE_CHECKING:
    from chatbot.conversation import Chatbot, Reading
    from chatbot.insight import Explanation, PatternStates


class PanelMessage:
    """One message after another; words of it can be switched off."""

    def __init__(self) -> None:
        self.bot: Chatbot | None = None
        """That decided about it: in its contexts."""
        self.reading: Reading | None = None
        """Of the message with all its words."""
        self.read: Reading | None = None
        """Of the words that are on."""
        self.shown: Shown | None = None
        self.explanation: Explanation | None = None
        """Of the words that are on."""
        self._whole: Explanation | None = None
        """The explanation with all words on: switching some off is a look into its table."""

    def set(self, bot: Chatbot | None, reading: Reading | None, what: str, pending: str) -> None:
        """Take another message, with all its words on."""
        # A message that is being typed goes on from the trace of the words before.
        before = None if self.shown is None else self.shown.trace
        self.bot, self.reading, self.read = bot, reading, reading
        self._whole = self.explanation = self.shown = None
        if reading is not None and bot is not None:
            from chatbot.insight import trace  # not at start-up, here and below: it imports NumPy

            traced = trace(bot.reader, reading, before)
            tags = {
                word: value.slot
                for value in bot.reader.slots_in(reading, quick=True)
                for word in range(value.first, value.after)
            }
            self.shown = Shown(what, traced.words, frozenset(), pending, traced, tags)

    def subject(self, latest: Reading | None, *, is_pinned: bool) -> Subject | None:
        """Return what views may ask about; None without a bot."""

        def with_words(reading: Reading | None) -> Reading | None:
            return reading if reading is not None and reading.words else None

        if self.bot is None:
            return None
        other = with_words(latest) if is_pinned else None
        return Subject(self.bot, with_words(self.reading), with_words(self.read), is_pinned, other)

    def type_on(self, what: str, pending: str) -> None:
        """Take another letter of the word that is being typed."""
        if self.shown is not None:
            self.shown = replace(self.shown, what=what, pending=pending)

    def explain(self, found: Explanation) -> bool:
        """Take an explanation, and return True; False if it is of another message, or of others
        of its words.
        """
        if self.shown is None:
            return False
        ours, theirs = self.shown.trace, found.trace
        if (ours.message, ours.read) != (theirs.message, theirs.read):
            return False
        if not self.shown.off:
            self._whole = found
        self.explanation = found
        return True

    def switch(self, bot: Chatbot, off: frozenset[int], patterns: PatternStates) -> None:
        """Take the message as if it had been said without some of its words."""
        from chatbot.insight import trace, without  # start-up, as above

        assert self.shown is not None and self.reading is not None  # it has words
        kept = [word for t, word in enumerate(self.shown.words) if t not in off]
        self.read = bot.reader.read_words(" ".join(kept), kept) if off else self.reading
        self.explanation = self._whole
        if off and self._whole is not None:
            has_table = self._whole.game is not None
            self.explanation = (
                without(bot.reader, self._whole, off, patterns) if has_table else None
            )
        traced = (
            trace(bot.reader, self.read) if self.explanation is None else self.explanation.trace
        )
        self.shown = replace(self.shown, off=off, trace=traced)
