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
    """One per word."""
    known: tuple[float, ...]
    """Share of each word's features that training has met; 0 is an unknown word."""
    prediction: Prediction
    """Made from the state after the last word."""
    contexts: tuple[str, ...] = ()
    """Those that were active when it was read, in alphabetical order."""

    @property
    def evidence(self) -> tuple[bool, ...]:
        """Whether each word counts as evidence for an intent."""
        return tuple(map(counts_as_evidence, self.words, self.known))


def counts_as_evidence(word: str, known: float) -> bool:
    """Return whether a word can be evidence for an intent: it is known, and not punctuation."""
    return known > 0 and not is_punctuation(word)
