"""The trained network in NumPy, one word at a time, keeping what every step did.

The formulas of the cells are PyTorch's; a test checks that the numbers agree to 1e-5.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from importlib import import_module
from typing import Protocol, cast

import numpy as np

from chatbot.network.arrays import normed
from chatbot.network.cells import CELLS
from chatbot.network.rows import Floats
from chatbot.network.step import Step
from chatbot.network.weights import Weights
from chatbot.words import features

WORD_CACHE = 4_096
"""Words whose product with the input weights is kept: 1.5 kB each at 128 units."""


class Formulas(Protocol):
    """What a cell computes, in NumPy: a module with these two functions."""

    @staticmethod
    def forward(from_word: Floats, from_state: Floats, before: Step) -> Step:
        """Return the step after `before` from W x + b and U h + b', each (blocks · hidden,).

        Arrays may have a second axis, of as many states; from_word's is then 1.
        """

    @staticmethod
    def backward(
        weights: Weights, step: Step, before: Step, hidden: Floats, cell: Floats
    ) -> tuple[Floats, Floats]:
        """Return the gradients of the hidden and the cell state before a step from those after it.

        `hidden` and `cell` are (hidden,). A kind of cell without a cell state returns `cell`.
        """


@cache
def formulas_of(module: str) -> Formulas:
    """Return the formulas that an entry of the table of cells names."""
    return cast(Formulas, import_module(module))


class Recurrent:
    """Reads words with trained weights."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.formulas = formulas_of(CELLS[weights.cell].formulas)
        self._forward = self.formulas.forward
        self._recurrent_weight = weights.recurrent_weight
        self._recurrent_bias = weights.recurrent_bias
        # W x + b of a word never changes: a word that was read before costs only U h.
        self._from_word = lru_cache(maxsize=WORD_CACHE)(self._project)
        self.known = lru_cache(maxsize=WORD_CACHE)(self._known)
        """Share of a word's features that training has seen, 0 (unknown) to 1."""
        zeros = np.zeros(weights.hidden_size, dtype=np.float32)
        self.initial_state = Step(zeros, zeros, cell=zeros)
        """The state before the first word: all zeros."""

    def step(self, word: str, before: Step) -> Step:
        """Let the cell read one more word."""
        from_state = self._recurrent_weight.dot(before.hidden)
        from_state += self._recurrent_bias
        return self._forward(self._from_word(word), from_state, before)

    def step_columns(self, word: str, before: Step) -> Step:
        """Let the cell read one more word from many states at once, arrays of (hidden, states)."""
        from_state = self._recurrent_weight @ before.hidden
        from_state += self._recurrent_bias[:, None]
        return self._forward(self._from_word(word)[:, None], from_state, before)

    def read(self, words: Iterable[str], before: Step | None = None) -> list[Step]:
        """Read words, one step per word, from the initial state or on from an earlier step."""
        steps: list[Step] = []
        state = before or self.initial_state
        for word in words:
            state = self.step(word, state)
            steps.append(state)
        return steps

    def _known(self, word: str) -> float:
        _, known = self.weights.feature_vectors(features(word))
        return float(known.mean())

    def word_vector(self, word: str) -> Floats:
        """Return the vector that the cell reads for a word, (input,).

        It is the layer norm of its features' sum, which gives words of any length vectors of the
        same size, and what the word encoder makes of it, if the network has one.
        """
        weights = self.weights
        vectors, _ = weights.feature_vectors(features(word))
        vector = normed(vectors.sum(axis=0), weights.norm_weight, weights.norm_bias)
        return vector if weights.encoder is None else weights.encoder.encode(vector)

    def _project(self, word: str) -> Floats:
        projected: Floats = self.weights.input_weight @ self.word_vector(word)
        return projected + self.weights.input_bias
