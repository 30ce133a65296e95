"""Which pattern is nearest to each, and which pairs across intents are near, among many."""

from __future__ import annotations

from threading import Lock
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from chatbot.common import in_threads
from chatbot.network import Floats

EXACT = 4_000
"""Patterns up to which all are compared in all directions of the embedding."""

DIRECTIONS = 64
"""Directions, those in which the patterns differ most, in which more patterns are compared."""

DECIDED_BY = 2_000
"""Patterns that decide which these are."""

ROUNDING = 1e-4

TILE = 1_024
"""Patterns that are compared with as many at a time: 4 MB of scores, which a cache holds."""

AT_ONCE = 2**22
"""Numbers of embeddings that are compared at a time: 16 MB."""


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
    left, right = _factors(embedded)
    # In all directions the score is the cosine; in some, at least the cosine less 1.
    least = near if left is embedded else near - 1 - ROUNDING
    nearest = np.zeros(count if count > 1 else 0, dtype=np.int64)
    best = np.full(len(nearest), -np.inf, np.float32)
    """Score of the nearest so far."""
    pairs: list[tuple[float, int, int]] = []
    changing = Lock()

    def nearer(scores: Floats, axis: int, start: int, other: int) -> Floats:
        """Take over what is nearer to patterns from `start` on than what they have had so far.

        `scores` along `axis` are theirs with those from `other` on. Returns the largest of each.
        """
        all_largest: Floats = scores.max(axis=axis)
        rows = np.flatnonzero(all_largest >= best[start : start + len(all_largest)])
        largest = all_largest[rows]
        found = scores.take(rows, axis=1 - axis).argmax(axis=axis) + other
        rows += start
        with changing:  # of equals the first, whichever comes first
            better = (largest > best[rows]) | ((largest == best[rows]) & (found < nearest[rows]))
            best[rows[better]], nearest[rows[better]] = largest[better], found[better]
        return all_largest

    def compare(tile: tuple[int, int]) -> None:
        """Compare some patterns with others: each two once, as both may be nearest to the other."""
        start, other = tile
        scores = left[start : start + TILE] @ right[other : other + TILE].T
        if start == other:
            np.fill_diagonal(scores, -np.inf)
        else:
            nearer(scores, 0, other, start)
        largest = nearer(scores, 1, start, other)
        rows = np.flatnonzero(largest >= least)
        if not len(rows):
            return
        place, second = np.nonzero(scores[rows] >= least)
        first, second = rows[place] + start, second + other
        wanted = (second > first) & (groups[first] != groups[second])
        found = _near(embedded, first[wanted], second[wanted], near)
        with changing:
            pairs.extend(found)

    starts = range(0, len(nearest), TILE)
    # Neighbours in the file first, which are often of one intent: the sooner the nearest is found,
    # the fewer seem nearer until then.
    tiles = [(start, start + by) for by in starts for start in starts[: len(starts) - by // TILE]]
    if len(tiles) > 1:
        in_threads(compare, tiles)
    elif tiles:
        compare(tiles[0])
    return Neighbours(nearest, tuple(sorted(pairs, key=lambda pair: (-pair[0], *pair[1:]))))


def _factors(embedded: Floats) -> tuple[Floats, Floats]:
    """Return what the scores of two patterns are the product of: a row of each.

    In fewer directions −|x − y|² / 2 is at least the same of the embeddings, which is their cosine
    less 1. It is x · y − |x|² / 2 − |y|² / 2.
    """
    if len(embedded) <= EXACT:
        return embedded, embedded
    mean = embedded.mean(axis=0)
    some = embedded[:: max(1, len(embedded) // DECIDED_BY)] - mean
    _, directions = np.linalg.eigh(some.T @ some)  # rising
    space = embedded @ directions[:, -DIRECTIONS:] - mean @ directions[:, -DIRECTIONS:]
    less = np.square(space).sum(axis=1, keepdims=True) / -2
    ones = np.ones_like(less)
    return np.hstack([space, less, ones]), np.hstack([space, ones, less])


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
