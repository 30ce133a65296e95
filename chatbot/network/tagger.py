"""The tagger: a feed-forward layer per word says whether a value of a slot begins or goes on.

It reads the hidden states that the intent is read from. A state knows the words before it, not
those after it; so the layer also sees the next state, and the vectors of the words around. Tags are
those of Ramshaw and Marcus 1995 (B begins a value, I goes on, O is neither), and the best sequence
of them is found by Viterbi's algorithm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from chatbot.network.recurrent import Recurrent
from chatbot.network.rows import Floats
from chatbot.words import Word, is_punctuation

STATES = (0, 1)
"""Which states a word's tag is read from, relative to it."""

AROUND = (-2, -1, 0, 1, 2)
"""The words whose vectors it is read from."""

SHAPES_AROUND = (-1, 0, 1)
SHAPES = 8
"""Numbers that say how a word is written: capitals, digits, its place."""

INNER = 64
"""Units of the layer between."""

IMPOSSIBLE = -1e4
"""Score of a value that goes on without having begun."""


@dataclass(frozen=True, slots=True)
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

    def best(self, inputs: Floats) -> list[int]:
        """Return the best sequence of tags, one per row of the inputs (words, inputs)."""
        if not len(inputs):
            return []
        scores, follow = self.scores(inputs), allowed(self.transitions)
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
    vectors = np.stack([recurrent.own_vector(word.text) for word in words])
    shapes = np.array([_shape(words, place, text) for place in range(len(words))], np.float32)
    parts = [_shifted(states, by) for by in STATES]
    parts += [_shifted(vectors, by) for by in AROUND]
    parts += [_shifted(shapes, by) for by in SHAPES_AROUND]
    return np.concatenate(parts, axis=1).astype(np.float32)


def _shape(words: Sequence[Word], place: int, text: str) -> list[float]:
    word = words[place]
    written = text[word.start : word.end]
    return [
        float(said)
        for said in (
            written[:1].isupper(),
            written.isupper(),
            any(character.isdigit() for character in written),
            written.isdigit(),
            is_punctuation(word.text),
            len(word.text) <= 2,
            place == 0,
            place == len(words) - 1,
        )
    ]


def _shifted(rows: Floats, by: int) -> Floats:
    """Return rows moved so that each place has that `by` places on; zeros where there is none."""
    if not by:
        return rows
    found = np.zeros_like(rows)
    if by > 0:
        found[:-by] = rows[by:]
    else:
        found[-by:] = rows[:by]
    return found
