"""Many messages read side by side: a beginning that several of them share is read once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
        short = [i for i, message in enumerate(messages) if len(message) <= LONGEST]
        short.sort(key=lambda i: tuple(messages[i]))  # those with the same beginning are neighbours
        groups = [short[start : start + AT_ONCE] for start in range(0, len(short), AT_ONCE)]
        groups += [[i] for i, message in enumerate(messages) if len(message) > LONGEST]
        for chosen in groups:
            found[chosen] = self._together([messages[i] for i in chosen])
        return found

    def _together(self, messages: Sequence[Sequence[str]]) -> Floats:
        """Return the last hidden states of messages in alphabetical order."""
        lengths = np.array([len(message) for message in messages])
        if not lengths.any():
            return np.zeros((len(messages), self._recurrent.weights.hidden_size), np.float32)
        table = np.full((len(messages), lengths.max()), -1)
        table[np.arange(table.shape[1]) < lengths[:, None]] = self._numbers(
            [word for message in messages for word in message]
        )
        # Whether the first 1, 2, … words of a message differ from those of the one before it.
        is_new = np.ones(table.shape, dtype=bool)
        np.logical_or.accumulate(table[1:] != table[:-1], axis=1, out=is_new[1:])
        is_new &= table >= 0
        place = is_new.cumsum(axis=0) - 1
        """Index of each beginning among the different ones of as many words."""
        distinct, row = np.unique(table[is_new], return_inverse=True)
        from_words = self._recurrent.projected(self._vectors[distinct]).T
        found = np.zeros((len(messages), self._recurrent.weights.hidden_size), np.float32)
        which = np.zeros(table.shape, dtype=np.int64)
        which[is_new] = row
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
            before = self._recurrent.step_of_columns(from_words[:, which[chosen, t]], before)
            ended = np.flatnonzero(lengths == t + 1)
            found[ended] = before.hidden[:, place[ended, t]].T
        return found

    def _numbers(self, words: Iterable[str]) -> list[int]:
        """Return the rows of the vectors of words, after working out those of new ones."""
        words = list(words)
        new = [word for word in dict.fromkeys(words) if word not in self._rows]
        if new and len(self._rows) + len(new) > KEPT_WORDS:
            self._rows.clear()
            new = list(dict.fromkeys(words))
        if new:
            start, end = len(self._rows), len(self._rows) + len(new)
            vectors = self._recurrent.vectors_of(new)
            if end > len(self._vectors):  # by half as much again: it grows with every thousand
                grown = np.zeros((end + end // 2, vectors.shape[1]), np.float32)
                grown[:start] = self._vectors[:start] if start else 0
                self._vectors = grown
            self._vectors[start:end] = vectors
            self._rows.update(zip(new, range(start, end), strict=True))
        return [self._rows[word] for word in words]
