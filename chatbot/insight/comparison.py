"""Comparison: two messages side by side, and the one word whose swap changes the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from chatbot.insight.explanation import Explanation, explain
from chatbot.insight.neighbours import PatternStates
from chatbot.network import Floats

if TYPE_CHECKING:
    from chatbot.conversation import Reader


class Pair(NamedTuple):
    """Two aligned words; None where one message has no counterpart."""

    left: int | None
    """Index of the word in the left message."""
    right: int | None


class Swap(NamedTuple):
    """What the left message becomes when one of its differences is taken from the right one."""

    pair: Pair
    words: tuple[str, ...]
    """The left message's words after the swap."""
    intent: str
    """The best intent then."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two messages, aligned."""

    left: Explanation
    right: Explanation
    pairs: tuple[Pair, ...]
    is_backwards: bool
    """Whether the right message is the left one read backwards; each word is paired with itself."""
    cosine: float
    """Cosine of the two final states, −1 to 1."""
    distance: float
    """Root mean square difference of the two final states, 0 to 2."""
    flip: Swap | None
    """The first single swap that changes the left answer, preferably to the right one; None where
    no single swap does, or none was tried."""
    swaps_tried: bool
    """False where a message is too long for it, and backwards."""


SWAPPED_WORDS = 100
"""Words of the longest message in which single swaps are tried: each reads the whole message."""


def compare(reader: Reader, left: Explanation, right: Explanation) -> Comparison:
    """Align two messages, each of at least one word, and find what makes the difference.

    Every state of both must be kept: 0.5 s for the longest.
    """
    pairs = align(left.trace.words, right.trace.words)
    states = left.trace.final, right.trace.final
    is_short = max(len(left.trace.words), len(right.trace.words)) <= SWAPPED_WORDS
    return Comparison(
        left,
        right,
        pairs,
        is_backwards=False,
        cosine=_cosine(*states),
        distance=_distance(*states),
        flip=_flip(reader, left, right, pairs) if is_short else None,
        swaps_tried=is_short,
    )


def compare_backwards(reader: Reader, left: Explanation, patterns: PatternStates) -> Comparison:
    """Compare a message of at least one word with itself read from its last word to its first."""
    words = left.trace.words
    right = explain(reader, reader.read_words(left.trace.message, words[::-1]), patterns)
    states = left.trace.final, right.trace.final
    pairs = tuple(Pair(t, len(words) - 1 - t) for t in range(len(words)))
    return Comparison(
        left,
        right,
        pairs,
        is_backwards=True,
        cosine=_cosine(*states),
        distance=_distance(*states),
        flip=None,
        swaps_tried=False,
    )


def align(left: Sequence[str], right: Sequence[str]) -> tuple[Pair, ...]:
    """Pair the words of two messages by the fewest edits (Levenshtein 1966).

    A swap counts as one edit, like a word left out; of equally short ways, the one with more swaps.
    """
    rows, columns = len(left) + 1, len(right) + 1
    cost = np.zeros((rows, columns), np.int64)
    cost[:, 0], cost[0] = np.arange(rows), np.arange(columns)
    for i in range(1, rows):
        for j in range(1, columns):
            swapped = cost[i - 1, j - 1] + (left[i - 1] != right[j - 1])
            cost[i, j] = min(swapped, cost[i - 1, j] + 1, cost[i, j - 1] + 1)
    pairs: list[Pair] = []
    i, j = len(left), len(right)
    while i or j:
        both = bool(i and j)
        if both and cost[i, j] == cost[i - 1, j - 1] + (left[i - 1] != right[j - 1]):
            i, j = i - 1, j - 1
            pairs.append(Pair(i, j))
        elif i and cost[i, j] == cost[i - 1, j] + 1:
            i -= 1
            pairs.append(Pair(i, None))
        else:
            j -= 1
            pairs.append(Pair(None, j))
    return tuple(reversed(pairs))


def _flip(
    reader: Reader, left: Explanation, right: Explanation, pairs: Sequence[Pair]
) -> Swap | None:
    flips: list[Swap] = []
    for number, pair in enumerate(pairs):
        words = _swapped(left.trace.words, right.trace.words, pairs, number)
        if words == left.trace.words or not words:
            continue
        state = reader.recurrent.read(words)[-1].hidden
        intent = reader.classifier.intents[int(reader.classifier.logits(state).argmax())]
        if intent != left.answer:
            flips.append(Swap(pair, words, intent))
    # False sorts first: a swap that gives the right answer comes before the others.
    return min(flips, key=lambda swap: swap.intent != right.answer, default=None)


def _swapped(
    left: Sequence[str], right: Sequence[str], pairs: Sequence[Pair], number: int
) -> tuple[str, ...]:
    """Return the left words with the difference of one pair taken from the right ones."""
    words: list[str] = []
    for i, pair in enumerate(pairs):
        source, index = (right, pair.right) if i == number else (left, pair.left)
        if index is not None:
            words.append(source[index])
    return tuple(words)


def _cosine(left: Floats, right: Floats) -> float:
    lengths = float(np.linalg.norm(left) * np.linalg.norm(right))
    return float(left @ right) / lengths if lengths else 0.0


def _distance(left: Floats, right: Floats) -> float:
    return float(np.sqrt(np.mean((left - right) ** 2)))
