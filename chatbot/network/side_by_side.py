"""Many messages read side by side: a beginning that several of them share is read once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from chatbot.network.rows import Floats
from chatbot.network.step import Step

if TYPE_CHECKING:
    from chatbot.network.recurrent import Recurrent

AT_ONCE = 1_024
"""Messages that are read side by side."""

KEPT_WORDS = 65_536
"""Words whose vectors are kept for the next messages: 1.5 kB each at 384 units."""

LONGEST = 64
"""Words of a message from which on it is read by itself: a table of all would be mostly empty."""


class SideBySide:
    """Reads messages with a trained network, of which only the last states are wanted."""

    def __init__(self, recurrent: Recurrent) -> None:
        self._recurrent = recurrent
        self._rows: dict[str, int] = {}
        """By the word, the row of its vector."""
        self._vectors: Floats = np.zeros((0, 0), np.float32)
        """(words, input) what the cell reads for words"""

    def final_states(self, messages: Sequence[Sequence[str]]) -> Floats:
        """Return the last hidden states of messages, (messages, hidden).

        What `Recurrent.read` finds one after the other, to rounding, in a tenth of the time. The
        state of a message without words is the initial one.
        """
        found = np.zeros((len(messages), self._recurrent.weights.hidden_size), np.float32)
        for chosen in _groups(messages):
            found[chosen] = self._together([messages[i] for i in chosen])
        return found

    def pass_over(self, messages: Sequence[Sequence[str]]) -> None:
        """Know the words of messages as if they had been read.

        Products of matrices are rounded in another way when they have other rows: only so do the
        messages that follow have the same states to the last bit.
        """
        for chosen in _groups(messages):
            self._vectors_of(list(_numbered([messages[i] for i in chosen])))

    def _together(self, messages: Sequence[Sequence[str]]) -> Floats:
        """Return the last hidden states of messages in alphabetical order."""
        lengths = np.array([len(message) for message in messages])
        if not lengths.any():
            return np.zeros((len(messages), self._recurrent.weights.hidden_size), np.float32)
        table = np.full((len(messages), lengths.max()), -1)
        words = _numbered(messages)
        table[np.arange(table.shape[1]) < lengths[:, None]] = [
            words[word] for message in messages for word in message
        ]
        # Whether the first 1, 2, … words of a message differ from those of the one before it.
        is_new = np.ones(table.shape, dtype=bool)
        np.logical_or.accumulate(table[1:] != table[:-1], axis=1, out=is_new[1:])
        is_new &= table >= 0
        place = is_new.cumsum(axis=0) - 1
        """Index of each beginning among the different ones of as many words."""
        from_words = self._recurrent.projected(self._vectors_of(list(words))).T
        found = np.zeros((len(messages), self._recurrent.weights.hidden_size), np.float32)
        before = self._recurrent.initial_state_of_columns
        for t in range(lengths.max()):
            chosen = np.flatnonzero(is_new[:, t])
            if t:
                parents = place[chosen, t - 1]
                before = Step(
                    before.hidden[:, parents],
                    before.candidate[:, parents],
                    cell=None if before.cell is None else before.cell[:, parents],
                )
            before = self._recurrent.step_of_columns(from_words[:, table[chosen, t]], before)
            ended = np.flatnonzero(lengths == t + 1)
            found[ended] = before.hidden[:, place[ended, t]].T
        return found

    def _vectors_of(self, words: Sequence[str]) -> Floats:
        """Return the vectors (words, input) of different words; those of new ones are kept."""
        new = [word for word in words if word not in self._rows]
        if new and len(self._rows) + len(new) > KEPT_WORDS:
            self._rows.clear()
            new = list(words)
        if new:
            start, end = len(self._rows), len(self._rows) + len(new)
            if end > len(self._vectors):  # by half as much again: it grows with every thousand
                grown = np.zeros((end + end // 2, self._recurrent.input_size), np.float32)
                grown[:start] = self._vectors[:start] if start else 0
                self._vectors = grown
            self._vectors[start:end] = self._recurrent.vectors_of(new)
            self._rows.update(zip(new, range(start, end), strict=True))
        return self._vectors[[self._rows[word] for word in words]]


def _groups(messages: Sequence[Sequence[str]]) -> list[list[int]]:
    """Return the indices of the messages that are read together, each group in their order."""
    short = [i for i, message in enumerate(messages) if len(message) <= LONGEST]
    short.sort(key=lambda i: tuple(messages[i]))  # those with the same beginning are neighbours
    groups = [short[start : start + AT_ONCE] for start in range(0, len(short), AT_ONCE)]
    return groups + [[i] for i, message in enumerate(messages) if len(message) > LONGEST]


def _numbered(messages: Sequence[Sequence[str]]) -> dict[str, int]:
    """Return the different words of messages, each with its number."""
    words: dict[str, int] = {}
    for message in messages:
        for word in message:
            words.setdefault(word, len(words))
    return words
