"""The tagger: a feed-forward layer per word says whether a value of a slot begins or goes on.

It reads the hidden states that the intent is read from. A state knows the words before it, not
those after it; so the layer also sees the next state, and the vectors of the words around. Tags are
those of Ramshaw and Marcus 1995 (B begins a value, I goes on, O is neither), and the best sequence
of them is found by Viterbi's algorithm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np

from chatbot.network.recurrent import WORD_CACHE, Recurrent
from chatbot.network.rows import Floats
from chatbot.words import Word, is_punctuation

STATES = (0, 1)
"""Which states a word's tag is read from, relative to it."""

AROUND = (-2, -1, 0, 1, 2)
"""The words whose vectors it is read from."""

SHAPES_AROUND = (-1, 0, 1)
SHAPES = 8
"""Numbers that say how a word is written: capitals, digits, its place."""

AT_BEGINNING, AT_END = 6, 7
"""Those that say whether it is the first word, and the last."""

INNER = 64
"""Units of the layer between."""

IMPOSSIBLE = -1e4
"""Score of a value that goes on without having begun."""


@dataclass(frozen=True)  # no slots: the cached property lives in __dict__
class Tagger:
    """The weights of the layer, and of the sequences of its tags."""

    slots: tuple[str, ...]
    """Those whose values it finds: tag 0 is O, tag 1 + 2 i begins a value of slot i, the next goes
    on with it."""
    inner_weight: Floats
    """(inner, inputs)"""
    inner_bias: Floats
    outer_weight: Floats
    """(tags, inner)"""
    outer_bias: Floats
    transitions: Floats
    """(tags, tags) score of a tag (column) after another (row)"""

    def scores(self, inputs: Floats) -> Floats:
        """Return the log-likelihoods (words, tags) of inputs (words, inputs)."""
        inner = np.maximum(inputs @ self.inner_weight.T + self.inner_bias, 0)
        logits = inner @ self.outer_weight.T + self.outer_bias
        likely: Floats = logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)
        return likely

    @cached_property
    def _follow(self) -> Floats:
        return allowed(self.transitions)

    def best(self, inputs: Floats) -> list[int]:
        """Return the best sequence of tags, one per row of the inputs (words, inputs)."""
        if not len(inputs):
            return []
        scores, follow = self.scores(inputs), self._follow
        # A value changes at most two transitions for each of its words: where no word gains as much
        # by it, as in most messages, there is none.
        gain = 2 * max(0.0, float(follow.max() - follow[0, 0]))
        if (scores[:, 0] - scores[:, 1:].max(axis=1) > gain).all():
            return [0] * len(inputs)
        value = scores[0].copy()
        value[2::2] += IMPOSSIBLE
        before: list[list[int]] = []
        for row in scores[1:]:
            together = value[:, None] + follow
            before.append(together.argmax(axis=0).tolist())
            value = together.max(axis=0) + row
        tags = [int(value.argmax())]
        for came_from in reversed(before):
            tags.append(came_from[tags[-1]])
        return tags[::-1]


class TaggedWords(NamedTuple):
    """Words that are a value."""

    slot: str
    first: int
    after: int


def values_of(tags: Sequence[int], slots: Sequence[str]) -> list[TaggedWords]:
    """Return the values in a sequence of tags."""
    found: list[TaggedWords] = []
    for place, tag in enumerate(tags):
        if tag % 2:
            found.append(TaggedWords(slots[tag // 2], place, place + 1))
        elif tag:
            slot, first, _ = found[-1]
            found[-1] = TaggedWords(slot, first, place + 1)
    return found


def allowed(transitions: Floats) -> Floats:
    """Return transitions without those where a value goes on that has not begun."""
    found = transitions.copy()
    for goes_on in range(2, len(found), 2):
        others = np.ones(len(found), dtype=bool)
        others[[goes_on - 1, goes_on]] = False
        found[others, goes_on] = IMPOSSIBLE
    return found


def inputs_size(hidden_size: int, word_size: int) -> int:
    """Return how many numbers describe a word to the tagger."""
    return len(STATES) * hidden_size + len(AROUND) * word_size + len(SHAPES_AROUND) * SHAPES


def inputs_of(recurrent: Recurrent, words: Sequence[Word], text: str, states: Floats) -> Floats:
    """Return what describes each word of a text as read, (words, inputs).

    `states` are the hidden states (words, hidden) after each word.
    """
    if not words:
        weights = recurrent.weights
        return np.zeros((0, inputs_size(weights.hidden_size, weights.word_size)), np.float32)
    vectors = np.array([recurrent.own_vector(word.text) for word in words])
    shapes = np.array([_shape(word.text, text[word.start : word.end]) for word in words])
    shapes[0, AT_BEGINNING] = shapes[-1, AT_END] = 1
    count = len(words)
    size = inputs_size(states.shape[1], vectors.shape[1])
    found = np.zeros((count, size), np.float32)
    end = 0
    for rows, places in ((states, STATES), (vectors, AROUND), (shapes, SHAPES_AROUND)):
        for by in places:  # zeros where there is no word so many places on
            start, end = end, end + rows.shape[1]
            first, after = max(0, by), max(0, count + by)
            found[max(0, -by) : max(0, count - by), start:end] = rows[first:after]
    return found


@lru_cache(maxsize=WORD_CACHE)
def _shape(word: str, written: str) -> tuple[float, ...]:
    """Return the numbers that say how a word is written; those of its place are zeros."""
    return (
        float(written[:1].isupper()),
        float(written.isupper()),
        float(any(character.isdigit() for character in written)),
        float(written.isdigit()),
        float(is_punctuation(word)),
        float(len(word) <= 2),
        0.0,
        0.0,
    )
