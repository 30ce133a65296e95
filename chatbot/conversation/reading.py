"""A reading: a message as the network read it, word by word, and the intent that it names."""

from __future__ import annotations

from dataclasses import dataclass

from chatbot.common import as_far_as_read
from chatbot.model import Prediction
from chatbot.network import Step
from chatbot.words import is_punctuation

MARKED_WORDS = 250
"""Words from one state that is kept to the next, in the part of a message where not all are: so
many are read again at most where somebody goes on or changes the end."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A message as the network read it."""

    message: str
    words: tuple[str, ...]
    """Those that were read: of a very long message (`READ_CHARACTERS`) those at its beginning."""
    steps: tuple[Step, ...]
    """One per word, of the first `KEPT_WORDS`."""
    known: tuple[float, ...]
    """Share of each word's features that training has met; 0 is an unknown word."""
    prediction: Prediction
    """Made from the state after the last word."""
    last: Step
    """The step of the last word; without words, the initial state."""
    marks: tuple[Step, ...]
    """The step of every MARKED_WORDS-th word."""
    contexts: tuple[str, ...] = ()
    """Those that were active when it was read, in alphabetical order."""

    @property
    def is_kept_whole(self) -> bool:
        """Whether the step of every word is kept."""
        return len(self.steps) == len(self.words)

    @property
    def unread(self) -> int:
        """Characters at the end of the message that were not read."""
        return len(self.message) - len(as_far_as_read(self.message))

    def nearest(self, count: int) -> tuple[int, Step | None]:
        """Return after how many words, of the first `count`, the last state that is kept was.

        And its step; None for the initial state.
        """
        if count == len(self.words):
            return count, self.last if count else None
        if count <= len(self.steps):
            return count, self.steps[count - 1] if count else None
        marked = count // MARKED_WORDS
        if marked * MARKED_WORDS <= len(self.steps):
            return len(self.steps), self.steps[-1]
        return marked * MARKED_WORDS, self.marks[marked - 1]

    @property
    def evidence(self) -> tuple[bool, ...]:
        """Whether each word counts as evidence for an intent."""
        return tuple(map(counts_as_evidence, self.words, self.known))


def counts_as_evidence(word: str, known: float) -> bool:
    """Return whether a word can be evidence for an intent: it is known, and not punctuation."""
    return known > 0 and not is_punctuation(word)
