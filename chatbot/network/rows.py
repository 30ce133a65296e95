"""The rows of features: a vector for every feature that training has seen.

A model's own are half-precision numbers. The base has hundreds of thousands: four bits a number
with one scale per row, a quarter of the file, and a row is widened when its word is met.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Halves = NDArray[np.float16]
Hashes = NDArray[np.uint32]
Bytes = NDArray[np.uint8]

UNKNOWN_ROW = 0
"""Row of the embedding for every feature that training has not seen."""

MIDDLE = 8
"""The four-bit number that stands for zero; 1 to 15 are −7 to 7 scales."""


@dataclass(frozen=True, slots=True)
class FeatureRows:
    """Vectors of features: row 0 is the unknown feature, row i + 1 belongs to `hashes[i]`."""

    hashes: Hashes
    """(features,) in rising order"""
    vectors: Halves
    """(features + 1, word_size)"""

    def __len__(self) -> int:
        return len(self.vectors)

    @property
    def word_size(self) -> int:
        """Numbers in a row."""
        return int(self.vectors.shape[1])

    def find(self, hashes: Sequence[int]) -> NDArray[np.intp]:
        """Return the row of every hash, UNKNOWN_ROW where it has none."""
        return find_rows(self.hashes, np.array(hashes, dtype=np.uint32))

    def at(self, rows: NDArray[np.intp]) -> Floats:
        """Return the vectors of some rows, (rows, word_size)."""
        return self.vectors[rows].astype(np.float32)

    @classmethod
    def none(cls, word_size: int) -> FeatureRows:
        """Return the rows of no features."""
        return cls(np.zeros(0, np.uint32), np.zeros((1, word_size), np.float16))


@dataclass(frozen=True, slots=True)
class FourBitRows:
    """The same in four bits a number: 0 to 15, of which MIDDLE is zero, times the row's scale."""

    hashes: Hashes
    """(features,) in rising order"""
    packed: Bytes
    """(features + 1, word_size / 2), two numbers a byte, the even one in the lower half"""
    scales: Halves
    """(features + 1,)"""

    def __len__(self) -> int:
        return len(self.packed)

    @property
    def word_size(self) -> int:
        """Numbers in a row."""
        return 2 * int(self.packed.shape[1])

    def find(self, hashes: Sequence[int]) -> NDArray[np.intp]:
        """Return the row of every hash, UNKNOWN_ROW where it has none."""
        return find_rows(self.hashes, np.array(hashes, dtype=np.uint32))

    def at(self, rows: NDArray[np.intp]) -> Floats:
        """Return the vectors of some rows, (rows, word_size)."""
        packed = self.packed[rows]
        numbers = np.empty((len(packed), self.word_size), np.float32)
        numbers[:, ::2] = packed & 15
        numbers[:, 1::2] = packed >> 4
        numbers -= MIDDLE
        numbers *= self.scales[rows].astype(np.float32)[:, None]
        return numbers

    @classmethod
    def of(cls, hashes: Hashes, vectors: Floats) -> FourBitRows:
        """Return vectors (features + 1, word_size) in four bits a number.

        The scale of a row is, of eight tried, the one with the least squared error: the largest
        number need not be reached exactly.
        """
        largest = np.abs(vectors).max(axis=1, keepdims=True) / (MIDDLE - 1)
        best = np.full(len(vectors), np.inf, np.float32)
        scales = np.zeros((len(vectors), 1), np.float16)
        for share in np.linspace(0.65, 1.0, 8, dtype=np.float32):
            tried = np.maximum(largest * share, 1e-7).astype(np.float16)
            error = np.square(_steps(vectors, tried) * tried.astype(np.float32) - vectors).sum(1)
            better = error < best
            best[better], scales[better] = error[better], tried[better]
        numbers = (_steps(vectors, scales) + MIDDLE).astype(np.uint8)
        packed: Bytes = numbers[:, ::2] | (numbers[:, 1::2] << np.uint8(4))
        return cls(hashes, packed, scales[:, 0])


Rows = FeatureRows | FourBitRows


def _steps(vectors: Floats, scales: Halves) -> Floats:
    """Return the whole numbers of scales nearest to vectors."""
    found: Floats = np.clip(np.rint(vectors / scales.astype(np.float32)), 1 - MIDDLE, MIDDLE - 1)
    return found


def find_rows(among: Hashes, hashes: Hashes) -> NDArray[np.intp]:
    """Return the row (index + 1) of every hash in the sorted `among`, UNKNOWN_ROW for the rest."""
    if not len(among):
        return np.full(len(hashes), UNKNOWN_ROW, dtype=np.intp)
    index = np.searchsorted(among, hashes)
    index[index == len(among)] = 0
    return np.where(among[index] == hashes, index + 1, UNKNOWN_ROW)
