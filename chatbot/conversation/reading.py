"""A reading: a message as the network read it, word by word, and the intent that it names."""

from __future__ import annotations

from dataclasses import dataclass

from chatbot.model import Prediction
from chatbot.network import Step
from chatbot.words import is_punctuation


@dataclass(frozen=True, slots=True)
class Reading:
    """A message as the network read it."""

    message: str
    words: tuple[str, ...]
    steps: tuple[Step, ...]
    """One a word."""
    known: tuple[float, ...]
    """Share of each word's features that training has met; 0 is an unknown word."""
    prediction: Prediction
    """Made from the state after the last word."""

    @property
    def evidence(self) -> tuple[bool, ...]:
        """Whether each word may speak for an intent: it is known, and more than punctuation."""
        return tuple(map(speaks, self.words, self.known))


def speaks(word: str, known: float) -> bool:
    """Return whether a word may speak for an intent."""
    return known > 0 and not is_punctuation(word)
