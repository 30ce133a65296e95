"""The figures of the tour: what the network does with a message, and what an untrained one does.

The guide that the tour follows draws the memory of a plain recurrent network as a circle in which
the first words have nearly vanished. That is a picture of an untrained network; here are both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chatbot.insight import (
    EXACT_WORDS,
    Explanation,
    explain,
    game_of,
    gradient_norms,
    logit_gradient,
    untrained_weights,
)
from chatbot.network import Floats, Recurrent

if TYPE_CHECKING:
    from chatbot.conversation import Reader
    from chatbot.insight import PatternStates

EXAMPLE = "What time is it?"
"""The guide's message."""

DRAWS = 8
"""Untrained networks that are averaged: a single one depends on its random weights."""


@dataclass(frozen=True, slots=True)
class TourFigures:
    """What the tour tells about a message of 1 to EXACT_WORDS words."""

    explanation: Explanation
    untrained_shares: tuple[float, ...]
    """Share of each word in the memory of an untrained plain RNN, the mean of DRAWS of them."""
    gradient: tuple[float, ...]
    """|∂l/∂state| after each word relative to that after the last word, l the answer's logit: how
    much of the gradient arrives."""
    untrained_gradient: tuple[float, ...]
    """The same for an untrained plain RNN, the mean of DRAWS of them."""

    @property
    def words(self) -> tuple[str, ...]:
        """The words that are read."""
        return self.explanation.trace.words

    @property
    def shares(self) -> tuple[float, ...]:
        """Share of each word in the memory of the network that answers."""
        assert self.explanation.shares is not None  # short enough
        return self.explanation.shares.of_memory


def figures_of(reader: Reader, message: str, patterns: PatternStates) -> TourFigures | None:
    """Work out the figures of a message, of its first EXACT_WORDS words; None if it has no words.

    About 0.1 s for ten words.
    """
    reading = reader.read(message)
    if len(reading.words) > EXACT_WORDS:
        first = reading.words[:EXACT_WORDS]
        reading = reader.read_words(" ".join(first), first)
    if not reading.words:
        return None
    explanation = explain(reader, reading, patterns)
    weights, words = reader.weights, reading.words
    intent = reader.classifier.intents.index(explanation.answer)
    shares = np.zeros(len(words))
    gradients = np.zeros(len(words))
    for seed in range(DRAWS):
        recurrent = Recurrent(untrained_weights(weights, "rnn", seed))
        shares += game_of(recurrent, reader.classifier, words).shares().of_memory
        random = np.random.default_rng(seed).normal(size=weights.hidden_size).astype(np.float32)
        gradients += _relative(gradient_norms(recurrent, recurrent.read(words), random))
    ours = logit_gradient(weights, reading.steps[-1].hidden, intent)
    return TourFigures(
        explanation,
        tuple((shares / DRAWS).tolist()),
        tuple(_relative(gradient_norms(reader.recurrent, reading.steps, ours)).tolist()),
        tuple((gradients / DRAWS).tolist()),
    )


def _relative(norms: Floats) -> Floats:
    relative: Floats = norms / max(float(norms[-1]), float(np.finfo(np.float32).tiny))
    return relative
