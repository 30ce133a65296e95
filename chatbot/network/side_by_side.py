"""Many messages read side by side: a beginning that several of them share is read once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from chatbot.common import in_threads, number_of_threads
from chatbot.network.rows import Floats

if TYPE_CHECKING:
    from chatbot.network.recurrent import Recurrent

AT_ONCE = 1_024
"""Messages that are read side by side."""

KEPT_WORDS = 16_384
"""Words of which what the cell reads is kept for the next messages: 4.6 kB each at 384 units."""

LONGEST = 64
"""Words of a message from which on it is read by itself: a table of all would be mostly empty."""


Counts = NDArray[np.intp]

Put = Callable[[list[int], Counts, int, Floats, Counts], None]
"""Takes the indices of messages that were read together, and what `_together` gives."""


class SideBySide:
    """Reads many messages with a trained network; gates are not kept."""

    def __init__(self, recurrent: Recurrent) -> None:
        self._recurrent = recurrent
        self._rows: dict[str, int] = {}
        """By the word, its row in the following."""
        self._from_words: Floats = np.zeros((0, 0), np.float32)
        """(words, blocks · hidden) W x + b of words"""

    def final_states(self, messages: Sequence[Sequence[str]]) -> Floats:
        """Return the last hidden states of messages, (messages, hidden).

        What `Recurrent.read` finds one after the other, to rounding, in a tenth of the time. The
        state of a message without words is the initial one.
        """
        found = np.zeros((len(messages), self._recurrent.weights.hidden_size), np.float32)

        def put(chosen: list[int], lengths: Counts, t: int, states: Floats, rows: Counts) -> None:
            ended = np.flatnonzero(lengths == t + 1)
            found[np.array(chosen)[ended]] = states[rows[ended]]

        self._read(messages, put)
        return found

    def states(self, messages: Sequence[Sequence[str]]) -> list[Floats]:
        """Return the hidden states of each message after each of its words, (words, hidden)."""
        size = self._recurrent.weights.hidden_size
        found: list[Floats] = [np.zeros((len(read), size), np.float32) for read in messages]

        def put(chosen: list[int], lengths: Counts, t: int, states: Floats, rows: Counts) -> None:
            for place in np.flatnonzero(lengths > t):
                found[chosen[place]][t] = states[rows[place]]

        self._read(messages, put)
        return found

    def pass_over(self, messages: Sequence[Sequence[str]]) -> None:
        """Know the words of messages as if they had been read.

        Products of matrices are rounded in another way when they have other rows: only so do the
        messages that follow have the same states to the last bit.
        """
        for chosen in _groups(messages):
            self._from(list(_numbered([messages[i] for i in chosen])))

    def _read(self, messages: Sequence[Sequence[str]], put: Put) -> None:
        """Read messages in groups, in as many threads as there are cores."""

        def read(chosen: list[int], numbers: dict[str, int], from_words: Floats) -> None:
            group = [messages[i] for i in chosen]
            self._together(group, numbers, from_words, partial(put, chosen))

        groups = _groups(messages)
        at_once = number_of_threads() if len(groups) > 1 else 1
        for first in range(0, len(groups), at_once):
            pieces = []
            for chosen in groups[first : first + at_once]:
                numbers = _numbered([messages[i] for i in chosen])
                pieces.append((chosen, numbers, self._from(list(numbers))))
            if len(pieces) == 1:
                read(*pieces[0])
            else:
                in_threads(lambda piece: read(*piece), pieces)

    def _together(
        self,
        messages: Sequence[Sequence[str]],
        numbers: dict[str, int],
        from_words: Floats,
        put: Callable[[Counts, int, Floats, Counts], None],
    ) -> None:
        """Read messages in alphabetical order; `put` gets what is known after each word.

        `from_words` is W x + b of their words, whose `numbers` are its rows. `put` takes the number
        of words of each message, that of the word, from 0, the states of all different beginnings
        up to it and the row of each message in these.
        """
        lengths = np.array([len(message) for message in messages])
        if not lengths.any():
            return
        table = np.full((len(messages), lengths.max()), -1)
        table[np.arange(table.shape[1]) < lengths[:, None]] = [
            numbers[word] for message in messages for word in message
        ]
        # Whether the first 1, 2, … words of a message differ from those of the one before it.
        is_new = np.ones(table.shape, dtype=bool)
        np.logical_or.accumulate(table[1:] != table[:-1], axis=1, out=is_new[1:])
        is_new &= table >= 0
        place = is_new.cumsum(axis=0) - 1
        """Index of each beginning among the different ones of as many words."""
        hidden: Floats = np.zeros((1, self._recurrent.weights.hidden_size), np.float32)
        cell: Floats | None = hidden
        for t in range(lengths.max()):
            chosen = np.flatnonzero(is_new[:, t])
            before = place[chosen, t - 1] if t else np.zeros(len(chosen), dtype=np.intp)
            step = self._recurrent.step_rows(
                from_words[table[chosen, t]],
                hidden[before],
                None if cell is None else cell[before],
            )
            hidden, cell = step.hidden.T, None if step.cell is None else step.cell.T
            put(lengths, t, hidden, place[:, t])

    def _from(self, words: Sequence[str]) -> Floats:
        """Return W x + b, (words, blocks · hidden), of different words; of new ones it is kept."""
        new = [word for word in words if word not in self._rows]
        if new and len(self._rows) + len(new) > KEPT_WORDS:
            self._rows.clear()
            new = list(words)
        if new:
            start, end = len(self._rows), len(self._rows) + len(new)
            found = self._recurrent.projected(self._recurrent.vectors_of(new))
            if end > len(self._from_words):  # by half as much again: it grows with every thousand
                grown = np.zeros((end + end // 2, found.shape[1]), np.float32)
                grown[:start] = self._from_words[:start] if start else 0
                self._from_words = grown
            self._from_words[start:end] = found
            self._rows.update(zip(new, range(start, end), strict=True))
        return self._from_words[[self._rows[word] for word in words]]


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
