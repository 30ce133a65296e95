"""Which pattern is nearest to each, and which pairs across intents are near, among many."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from chatbot.network import Floats

EXACT = 4_000
"""Patterns up to which all are compared in all directions of the embedding."""

DIRECTIONS = 64
"""Directions, those in which the patterns differ most, in which more patterns are compared."""

DECIDED_BY = 2_000
"""Patterns that decide which these are."""

ROUNDING = 1e-4

AT_ONCE = 2**24
"""Cosines worked out at a time: 64 MB."""


class Neighbours(NamedTuple):
    """How patterns lie to each other."""

    nearest: NDArray[np.int64]
    """(patterns,) index of the nearest other pattern; empty where there is only one"""
    pairs: tuple[tuple[float, int, int], ...]
    """Cosine and the two indices, nearest first."""


def neighbours(embedded: Floats, groups: NDArray[np.int64], near: float) -> Neighbours:
    """Compare all patterns, and return the pairs of two groups whose cosine is at least `near`.

    `embedded` is (patterns, embedding), of length 1. Of more than EXACT patterns the nearest is the
    nearest in DIRECTIONS alone; the pairs are exact all the same, as two patterns are never further
    apart in some directions than in all.
    """
    count = len(embedded)
    space, half_squares = _space(embedded)
    # In all directions the score is the cosine; in some, at least the cosine less 1.
    least = near if half_squares is None else near - 1 - ROUNDING
    nearest = np.zeros(count if count > 1 else 0, dtype=np.int64)
    pairs: list[tuple[float, int, int]] = []
    block = max(1, AT_ONCE // max(count, 1))
    for start in range(0, len(nearest), block):
        rows = np.arange(start, min(start + block, count))
        scores = space[rows] @ space.T
        if half_squares is not None:
            scores -= half_squares
            scores -= half_squares[rows][:, None]
        scores[np.arange(len(rows)), rows] = -np.inf
        nearest[rows] = scores.argmax(axis=1)
        first, second = np.divmod(np.flatnonzero(scores >= least), count)
        first = rows[first]
        wanted = (second > first) & (groups[first] != groups[second])
        pairs += _near(embedded, first[wanted], second[wanted], near)
    return Neighbours(nearest, tuple(sorted(pairs, key=lambda pair: (-pair[0], *pair[1:]))))


def _space(embedded: Floats) -> tuple[Floats, Floats | None]:
    """Return the patterns in fewer directions, and half of the square of each one's length there.

    −|x − y|² / 2 there is at least the same of the embeddings, which is their cosine less 1.
    """
    if len(embedded) <= EXACT:
        return embedded, None
    mean = embedded.mean(axis=0)
    some = embedded[:: max(1, len(embedded) // DECIDED_BY)] - mean
    _, directions = np.linalg.eigh(some.T @ some)  # rising
    space: Floats = embedded @ directions[:, -DIRECTIONS:] - mean @ directions[:, -DIRECTIONS:]
    halves: Floats = np.square(space).sum(axis=1) / 2
    return space, halves


def _near(
    embedded: Floats, first: NDArray[np.int64], second: NDArray[np.int64], near: float
) -> list[tuple[float, int, int]]:
    found: list[tuple[float, int, int]] = []
    block = AT_ONCE // embedded.shape[1]
    for start in range(0, len(first), block):
        i, j = first[start : start + block], second[start : start + block]
        cosines = np.einsum("pe,pe->p", embedded[i], embedded[j])
        is_near = cosines >= near
        found += zip(
            cosines[is_near].tolist(), i[is_near].tolist(), j[is_near].tolist(), strict=True
        )
    return found
