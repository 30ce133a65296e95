"""The trained cell in NumPy, one word at a time; every step keeps its gates.

The formulas are PyTorch's (torch.nn.GRU, LSTM and RNN), and a test compares the two to 1e-5.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from chatbot.network.arrays import logistic
from chatbot.network.weights import CellKind, Floats, Weights
from chatbot.words import features

WORD_CACHE = 4_096
"""Words whose product with the input weights is kept: 1.5 kB each at 128 units."""

NORM_EPSILON = 1e-5
"""Added to the variance in the layer norm; torch.nn.LayerNorm's default."""


class Step(NamedTuple):
    """What the cell did with one word. Every array is (hidden,); None where a cell lacks it.

    A tuple, not a dataclass: creating it takes 0.3 µs instead of 1.6; the whole step takes 8.
    """

    hidden: Floats
    """The hidden state after the word, each unit in −1 … 1."""
    candidate: Floats
    """What the cell would write, before any gate: n of a GRU, g of an LSTM."""
    update_gate: Floats | None = None
    """GRU z: 1 keeps the old state, 0 writes the candidate (Cho et al. 2014, PyTorch's sign)."""
    reset_gate: Floats | None = None
    """GRU r: how much of the old state enters the candidate."""
    input_gate: Floats | None = None
    forget_gate: Floats | None = None
    output_gate: Floats | None = None
    cell: Floats | None = None
    """LSTM c: the memory behind its hidden state (Hochreiter and Schmidhuber 1997)."""


def _gru(from_word: Floats, from_state: Floats, before: Step) -> Step:
    """H' = (1 − z) · n + z · h, with n = tanh(W x + b + r · (U h + b'))."""
    size = len(before.hidden)
    gates = logistic(from_word[: 2 * size] + from_state[: 2 * size])
    reset_gate, update_gate = gates[:size], gates[size:]
    candidate = np.tanh(from_word[2 * size :] + reset_gate * from_state[2 * size :])
    hidden = candidate + update_gate * (before.hidden - candidate)
    return Step(hidden, candidate, update_gate, reset_gate)


def _lstm(from_word: Floats, from_state: Floats, before: Step) -> Step:
    """C' = f · c + i · g and h' = o · tanh(c')."""
    size = len(before.hidden)
    total = from_word + from_state
    input_gate = logistic(total[:size])
    forget_gate = logistic(total[size : 2 * size])
    candidate = np.tanh(total[2 * size : 3 * size])
    output_gate = logistic(total[3 * size :])
    assert before.cell is not None  # an LSTM step has a cell
    cell = forget_gate * before.cell + input_gate * candidate
    return Step(
        output_gate * np.tanh(cell),
        candidate,
        input_gate=input_gate,
        forget_gate=forget_gate,
        output_gate=output_gate,
        cell=cell,
    )


def _rnn(from_word: Floats, from_state: Floats, before: Step) -> Step:
    """H' = tanh(W x + b + U h + b'), the plain recurrent cell (Elman 1990)."""
    hidden = np.tanh(from_word + from_state)
    return Step(hidden, hidden)


_CELLS: dict[CellKind, Callable[[Floats, Floats, Step], Step]] = {
    "gru": _gru,
    "lstm": _lstm,
    "rnn": _rnn,
}


class Recurrent:
    """Reads words with trained weights."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self._cell = _CELLS[weights.cell]
        self._recurrent_weight = weights.recurrent_weight
        self._recurrent_bias = weights.recurrent_bias
        # W x + b of a word never changes: a word seen before costs only U h.
        self._from_word = lru_cache(maxsize=WORD_CACHE)(self._project)
        self.known = lru_cache(maxsize=WORD_CACHE)(self._known)
        """Share of a word's features that training has met, 0 (unknown) to 1."""
        zeros = np.zeros(weights.hidden_size, dtype=np.float32)
        self.initial_state = Step(zeros, zeros, cell=zeros)
        """What the network remembers before the first word: nothing."""

    def step(self, word: str, before: Step) -> Step:
        """Let the cell read one more word."""
        from_state = self._recurrent_weight.dot(before.hidden)
        from_state += self._recurrent_bias
        return self._cell(self._from_word(word), from_state, before)

    def step_columns(self, word: str, before: Step) -> Step:
        """Let the cell read one more word from many states at once, arrays of (hidden, states)."""
        from_state = self._recurrent_weight @ before.hidden
        from_state += self._recurrent_bias[:, None]
        return self._cell(self._from_word(word)[:, None], from_state, before)

    def read(self, words: Iterable[str], before: Step | None = None) -> list[Step]:
        """Read words, one step per word, from the initial state or from an earlier step on."""
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
        """Return the vector of a word, (word_size,): the layer norm of its features' sum.

        The norm (Ba et al. 2016) keeps a long word from counting more than a short one.
        """
        vectors, _ = self.weights.feature_vectors(features(word))
        total: Floats = vectors.sum(axis=0)
        total -= total.mean()
        total /= np.sqrt(np.square(total).mean() + NORM_EPSILON)
        return total * self.weights.norm_weight + self.weights.norm_bias

    def _project(self, word: str) -> Floats:
        projected: Floats = self.weights.input_weight @ self.word_vector(word)
        return projected + self.weights.input_bias
