"""The weights of a model as NumPy arrays: what training writes and chatting reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from chatbot.words import BUCKETS

CellKind = Literal["gru", "lstm", "rnn"]
CELL_KINDS: tuple[CellKind, ...] = get_args(CellKind)

GATES: dict[CellKind, int] = {"gru": 3, "lstm": 4, "rnn": 1}
"""Blocks of `hidden` rows in a cell's matrices: GRU r, z, n; LSTM i, f, g, o (PyTorch's order)."""

Floats = NDArray[np.float32]

UNKNOWN_ROW = 0
"""Row of the embedding that stands for every feature that no training pattern had."""


MIN_KNOWN = 0.25
"""Share of a word's features that training must have met; with less, the word is unknown.

One n-gram in common, by chance or by hash collision, is no resemblance."""


def rows_of_features(buckets: Sequence[int], row_of_bucket: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return the embedding rows of a word's hash buckets, (features,); an unknown word's one row.

    The one rule for training and chatting of what an unseen word is.
    """
    rows = row_of_bucket[list(buckets)]
    if np.count_nonzero(rows != UNKNOWN_ROW) < MIN_KNOWN * len(rows):
        return np.array([UNKNOWN_ROW], dtype=np.int32)
    return rows


@dataclass(frozen=True)
class Weights:
    """One trained network. Shapes: `features` embedding rows, `gates` = GATES[cell]."""

    cell: CellKind
    buckets: NDArray[np.int32]
    """(features - 1,) hash bucket of embedding rows 1, 2, …; row 0 is the unknown feature."""
    embedding: Floats
    """(features, word_size)"""
    input_weight: Floats
    """(gates · hidden, word_size)"""
    recurrent_weight: Floats
    """(gates · hidden, hidden)"""
    input_bias: Floats
    """(gates · hidden,)"""
    recurrent_bias: Floats
    """(gates · hidden,)"""
    output_weight: Floats
    """(intents, hidden), the feed-forward layer"""
    output_bias: Floats
    """(intents,)"""

    @property
    def hidden_size(self) -> int:
        """Units in the hidden state."""
        return int(self.recurrent_weight.shape[1])

    @property
    def word_size(self) -> int:
        """Numbers in a word's vector."""
        return int(self.embedding.shape[1])

    @cached_property
    def row_of_bucket(self) -> NDArray[np.int32]:
        """(BUCKETS,) embedding row of every hash bucket, UNKNOWN_ROW where training met none."""
        return row_of_bucket(self.buckets)


def row_of_bucket(buckets: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return (BUCKETS,) the embedding row of each hash bucket; `buckets[i]` has row i + 1."""
    rows = np.full(BUCKETS, UNKNOWN_ROW, dtype=np.int32)
    rows[buckets] = np.arange(1, len(buckets) + 1)
    return rows
