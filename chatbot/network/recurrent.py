"""The trained network in NumPy, one word at a time, keeping what every step did.

The formulas of the cells are PyTorch's; a test checks that the numbers agree to 1e-5.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from functools import cache, lru_cache
from importlib import import_module
from typing import Protocol, cast

import numpy as np

from chatbot.network.arrays import NORM_EPSILON, normed
from chatbot.network.cells import CELLS
from chatbot.network.rows import Floats
from chatbot.network.side_by_side import SideBySide
from chatbot.network.step import Step
from chatbot.network.weights import Weights
from chatbot.words import features

WORD_CACHE = 4_096
"""Words whose product with the input weights is kept: 1.5 kB each at 128 units."""

A_FEW = 4
"""Messages that are as quickly read one after the other as side by side."""


class Formulas(Protocol):
    """What a cell computes, in NumPy: a module with these two functions."""

    @staticmethod
    def forward(from_word: Floats, from_state: Floats, before: Step) -> Step:
        """Return the step after `before` from W x + b and U h + b', each (blocks · hidden,).

        Arrays may have a second axis, of as many states; from_word's may then be 1.
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
        self._products: dict[str, Floats] = {}
        """W x + b of the words met last. It never changes: a word that was read before costs only
        U h. Threads share it."""
        self._looked_up = lru_cache(maxsize=WORD_CACHE)(self._look_up)
        self.own_vector = lru_cache(maxsize=WORD_CACHE)(self._own_vector)
        """The sum of a word's features, (word_size,), with mean 0 and variance 1."""
        zeros = np.zeros(weights.hidden_size, dtype=np.float32)
        self.initial_state = Step(zeros, zeros, cell=zeros)
        """The state before the first word: all zeros."""

    def _from_word(self, word: str) -> Floats:
        found = self._products.get(word)
        if found is None:
            found = self._project(word)
            self._remember({word: found})
        return found

    def _remember(self, products: dict[str, Floats]) -> None:
        self._products |= products
        if len(self._products) > WORD_CACHE:
            for word in list(self._products)[: WORD_CACHE // 2]:
                self._products.pop(word, None)

    def prepare(self, words: Iterable[str]) -> None:
        """Work out what the cell reads for words at once: a tenth of the time of one by one."""
        new = [word for word in dict.fromkeys(words) if word not in self._products]
        if new:
            found = self.projected(self.vectors_of(new))
            self._remember({word: row.copy() for word, row in zip(new, found, strict=True)})

    def with_head(self, weights: Weights) -> Recurrent:
        """Return this network with the weights of another classifier: what is cached is shared."""
        other = copy(self)
        other.weights = weights
        return other

    def step(self, word: str, before: Step) -> Step:
        """Let the cell read one more word."""
        if before is self.initial_state:  # U 0 + b'
            return self._forward(self._from_word(word), self._recurrent_bias, before)
        from_state = self._recurrent_weight.dot(before.hidden)
        from_state += self._recurrent_bias
        return self._forward(self._from_word(word), from_state, before)

    def step_columns(self, word: str, before: Step) -> Step:
        """Let the cell read one more word from many states at once, arrays of (hidden, states)."""
        from_state = self._recurrent_weight @ before.hidden
        from_state += self._recurrent_bias[:, None]
        return self._forward(self._from_word(word)[:, None], from_state, before)

    def step_rows(self, from_words: Floats, hidden: Floats, cell: Floats | None) -> Step:
        """Read one more word from each of many states, which are rows in memory: (states, hidden).

        `from_words` is W x + b of each one's word, (states, blocks · hidden). The arrays of the
        step are (hidden, states) all the same.
        """
        from_state = hidden @ self._recurrent_weight.T
        from_state += self._recurrent_bias
        before = Step(hidden.T, hidden.T, cell=None if cell is None else cell.T)
        return self._forward(from_words.T, from_state.T, before)

    def read(self, words: Iterable[str], before: Step | None = None) -> list[Step]:
        """Read words, one step per word, from the initial state or on from an earlier step."""
        steps: list[Step] = []
        state = before or self.initial_state
        for word in words:
            state = self.step(word, state)
            steps.append(state)
        return steps

    def states_from(self, words: Sequence[str], starts: Sequence[int]) -> Floats:
        """Return the last hidden states, (starts, hidden), of what begins at each of these words.

        What `read` finds of `words[start:]`, to rounding. Many are read side by side, which costs
        little more than reading a few. `starts` are ascending, and none is beyond the last word.
        """
        if len(starts) <= A_FEW:
            return np.stack([self.read(words[start:])[-1].hidden for start in starts])
        zeros = np.zeros((self.weights.hidden_size, 1), dtype=np.float32)
        state = Step(zeros[:, :0], zeros[:, :0], cell=zeros[:, :0])
        begin = set(starts)
        for place in range(starts[0], len(words)):
            if place in begin:
                hidden, cell = np.hstack([state.hidden, zeros]), state.cell
                cell = None if cell is None else np.hstack([cell, zeros])
                state = Step(hidden, hidden, cell=cell)
            state = self.step_columns(words[place], state)
        return state.hidden.T

    def final_states(self, messages: Sequence[Sequence[str]]) -> Floats:
        """Return the last hidden states of messages, (messages, hidden); see `SideBySide`."""
        return SideBySide(self).final_states(messages)

    def states(self, messages: Sequence[Sequence[str]]) -> list[Floats]:
        """Return all hidden states of each message, (words, hidden); see `SideBySide`."""
        return SideBySide(self).states(messages)

    def known(self, word: str) -> float:
        """Return the share of a word's features that training has seen, 0 (unknown) to 1."""
        return self._looked_up(word)[1]

    def _own_vector(self, word: str) -> Floats:
        total = self._sum(word)
        centred = total - total.mean()
        found: Floats = centred / np.sqrt(np.square(centred).mean() + NORM_EPSILON)
        return found

    def word_vector(self, word: str) -> Floats:
        """Return the vector that the cell reads for a word, (input,).

        It is the layer norm of its features' sum, which gives words of any length vectors of the
        same size, and what the word encoder makes of it, if the network has one.
        """
        return self._encoded(self._sum(word))

    @property
    def input_size(self) -> int:
        """Numbers in the vector of a word that the cell reads."""
        return int(self.weights.input_weight.shape[1])

    def vectors_of(self, words: Sequence[str]) -> Floats:
        """Return the vectors that the cell reads for words, (words, input)."""
        return self._encoded(np.stack([self._sum(word) for word in words]))

    def _sum(self, word: str) -> Floats:
        """Return the sum of the vectors of a word's features, (word_size,)."""
        return self._looked_up(word)[0]

    def _look_up(self, word: str) -> tuple[Floats, float]:
        """Return the sum of the vectors of a word's features, and the share that is known."""
        vectors, known = self.weights.feature_vectors(features(word))
        return vectors.sum(axis=0), float(known.mean())

    def _encoded(self, sums: Floats) -> Floats:
        """Return the vectors that the cell reads, (…, input), for sums (…, word_size)."""
        weights = self.weights
        vectors = normed(sums, weights.norm_weight, weights.norm_bias)
        return vectors if weights.encoder is None else weights.encoder.encode(vectors)

    def projected(self, vectors: Floats) -> Floats:
        """Return W x + b, (…, blocks · hidden), of vectors (…, input)."""
        projected: Floats = vectors @ self.weights.input_weight.T
        return projected + self.weights.input_bias

    def _project(self, word: str) -> Floats:
        return self.projected(self.word_vector(word))
