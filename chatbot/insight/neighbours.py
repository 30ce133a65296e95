"""Alike: the patterns after which the network remembers nearly the same as after a message."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from chatbot.intents import sampled
from chatbot.network import Floats, unit_length
from chatbot.words import words

if TYPE_CHECKING:
    from chatbot.conversation import Reader

SHOWN = 5

MOST = 10_000
"""Patterns whose states are kept: each word's takes 1.5 kB at 384 units, all some 120 MB."""


class Neighbour(NamedTuple):
    """A pattern and how near its final state is."""

    pattern: str
    intent: str
    cosine: float
    """Cosine of the two final states, −1 to 1."""


class PatternReading(NamedTuple):
    """A pattern as the network reads it."""

    pattern: str
    intent: str
    words: tuple[str, ...]
    states: Floats
    """(words, hidden)"""


class PatternStates:
    """The states of all patterns of a reader's intents file, in the order of the file.

    Made once per model, when first needed: 0.1 ms per pattern. Of more than MOST a sample is read.
    """

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.readings = [
            PatternReading(
                pattern,
                intent.tag,
                tuple(read),
                np.stack([step.hidden for step in reader.recurrent.read(read)]),
            )
            for intent in sampled(reader.intents, MOST).trainable
            for pattern in intent.patterns
            if (read := words(pattern))
        ]
        size = reader.weights.hidden_size
        self.finals: Floats = np.zeros((len(self.readings), size), np.float32)
        """(patterns, hidden) the state after each pattern's last word"""
        for row, reading in zip(self.finals, self.readings, strict=True):
            row[:] = reading.states[-1]
        self.directions: Floats = unit_length(self.finals)
        """(patterns, hidden) the same at length 1"""

    def nearest(self, state: Floats, count: int = SHOWN) -> tuple[Neighbour, ...]:
        """Return the patterns with the largest cosine to a state (hidden,), nearest first."""
        cosines = self.directions @ unit_length(state)
        first = np.argsort(-cosines, kind="stable")[:count]
        found: list[Neighbour] = []
        for i in first.tolist():
            reading = self.readings[i]
            found.append(Neighbour(reading.pattern, reading.intent, float(cosines[i])))
        return tuple(found)


def disagree(neighbours: tuple[Neighbour, ...]) -> bool:
    """Return whether the nearest patterns speak for more than one intent."""
    return len({neighbour.intent for neighbour in neighbours}) > 1
