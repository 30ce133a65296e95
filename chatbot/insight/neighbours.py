"""Alike: the patterns after which the network remembers nearly the same as after a message."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from chatbot.weights import Floats
from chatbot.words import words

if TYPE_CHECKING:
    from chatbot.bot import Chatbot

SHOWN = 5


class Neighbour(NamedTuple):
    """A pattern and how near its final state is."""

    pattern: str
    intent: str
    cosine: float
    """Cosine of the two final states, −1 to 1."""


class PatternStates:
    """The final states of all patterns of a bot, in the order of the file.

    Made once a model, and not at once: 0.1 ms a pattern.
    """

    def __init__(self, bot: Chatbot) -> None:
        self.bot = bot
        self._patterns = [
            (pattern, intent.tag, read)
            for intent in bot.intents.trainable
            for pattern in intent.patterns
            if (read := words(pattern))
        ]
        states = [bot.recurrent.read(read)[-1].hidden for _, _, read in self._patterns]
        size = bot.model.weights.hidden_size
        self._unit = _unit(np.stack(states) if states else np.zeros((0, size), np.float32))

    def nearest(self, state: Floats, count: int = SHOWN) -> tuple[Neighbour, ...]:
        """Return the patterns with the largest cosine to a state (hidden,), nearest first."""
        cosines = self._unit @ _unit(state[None])[0]
        first = np.argsort(-cosines, kind="stable")[:count]
        found: list[Neighbour] = []
        for i in first.tolist():
            pattern, intent, _ = self._patterns[i]
            found.append(Neighbour(pattern, intent, float(cosines[i])))
        return tuple(found)


def disagree(neighbours: tuple[Neighbour, ...]) -> bool:
    """Return whether the nearest patterns speak for more than one intent."""
    return len({neighbour.intent for neighbour in neighbours}) > 1


def _unit(states: Floats) -> Floats:
    length = np.sqrt(np.square(states).sum(axis=1, keepdims=True))
    unit: Floats = states / np.maximum(length, np.finfo(np.float32).tiny)
    return unit
