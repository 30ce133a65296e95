"""Neighbours: the patterns whose final state is most similar to that of a message."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from chatbot.network import SHORTEST, Floats
from chatbot.words import words

if TYPE_CHECKING:
    from chatbot.conversation import Chatbot

SHOWN = 5


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
    """The states of all patterns of a bot, in the order of the file.

    Made once a model, and not at once: 0.1 ms a pattern.
    """

    def __init__(self, bot: Chatbot) -> None:
        self.bot = bot
        self.readings = [
            PatternReading(
                pattern,
                intent.tag,
                tuple(read),
                np.stack([step.hidden for step in bot.recurrent.read(read)]),
            )
            for intent in bot.intents.trainable
            for pattern in intent.patterns
            if (read := words(pattern))
        ]
        size = bot.model.weights.hidden_size
        self.finals: Floats = np.zeros((len(self.readings), size), np.float32)
        """(patterns, hidden) the state after each pattern's last word"""
        for row, reading in zip(self.finals, self.readings, strict=True):
            row[:] = reading.states[-1]
        self.directions: Floats = unit_rows(self.finals)
        """(patterns, hidden) the same at length 1"""

    def nearest(self, state: Floats, count: int = SHOWN) -> tuple[Neighbour, ...]:
        """Return the patterns with the largest cosine to a state (hidden,), nearest first."""
        cosines = self.directions @ unit_rows(state[None])[0]
        first = np.argsort(-cosines, kind="stable")[:count]
        found: list[Neighbour] = []
        for i in first.tolist():
            reading = self.readings[i]
            found.append(Neighbour(reading.pattern, reading.intent, float(cosines[i])))
        return tuple(found)


def disagree(neighbours: tuple[Neighbour, ...]) -> bool:
    """Return whether the nearest patterns belong to more than one intent."""
    return len({neighbour.intent for neighbour in neighbours}) > 1


def unit_rows(rows: Floats) -> Floats:
    """Return rows scaled to length 1; a row of zeros stays zero."""
    length = np.sqrt(np.square(rows).sum(axis=1, keepdims=True))
    unit: Floats = rows / np.maximum(length, SHORTEST)
    return unit
