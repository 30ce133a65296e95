"""The patterns of a file with their embeddings, by the pretrained base or by a model."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from chatbot.intents import Intents
from chatbot.model import pretrained
from chatbot.network import Floats, ModelError, Recurrent, SideBySide, embeddings
from chatbot.words import words

if TYPE_CHECKING:
    from chatbot.conversation import Reader

CACHED = 12_000
"""Patterns whose embedding is kept, 4 kB each: the editor asks again at every pause."""

Words = tuple[str, ...]


class Pattern(NamedTuple):
    """A pattern that holds a word."""

    tag: str
    text: str
    """As it stands in the file, with the marks of slots."""
    words: Words


def patterns_of(intents: Intents) -> list[Pattern]:
    """Return the patterns that hold a word, in the order of the file."""
    same: dict[str, str] = {}  # a word that occurs ten thousand times is kept once
    return [
        Pattern(intent.tag, line, tuple([same.setdefault(word, word) for word in read]))
        for intent in intents.trainable
        for text, line in zip(intent.patterns, intent.lines_of(intent.patterns), strict=True)
        if (read := words(text))
    ]


class EmbeddedPatterns:
    """Patterns, and what the networks make of them; each is asked when it is first needed."""

    def __init__(self, patterns: Sequence[Pattern], reader: Reader | None = None) -> None:
        """Take patterns, and the model, if there is one."""
        self.patterns = patterns
        self._reader = reader
        self._read = [pattern.words for pattern in patterns]
        """Repeated ones among them: read side by side they cost next to nothing, and a second array
        of all the embeddings would cost more."""
        self._by_base: Floats | None = None

    def by_model(self) -> Floats:
        """Return the embeddings (patterns, embedding) of the model, to be read only."""
        assert self._reader is not None, "there is a model"
        return self._of_model(self._reader)

    def by_base_or_model(self, chosen: Sequence[int]) -> Floats | None:
        """Return those of some patterns by the base, (chosen, embedding), to be read only.

        By the model where the base does not know the words; None where there is no model then.
        """
        if not self.patterns:
            return None
        own = self._reader is not None and not self._reader.weights.has_base
        try:
            if not own and _known_share(set(self._read)) >= pretrained.FAMILIAR_WORDS:
                return _taken(self._of_base(), chosen)
        except ModelError:
            pass  # training reports that the base is damaged
        if self._reader is None:
            return None
        return _taken(self._of_model(self._reader), chosen)

    def _of_base(self) -> Floats:
        if self._by_base is None:
            self._by_base = embedded_by_base(self._read)
        return self._by_base

    def _of_model(self, reader: Reader) -> Floats:
        weights = reader.weights
        if weights.has_base and not len(weights.own.hashes):
            return self._of_base()  # its layer alone is its own
        return embeddings(weights, reader.recurrent.final_states(self._read))


def _taken(embedded: Floats, rows: Sequence[int]) -> Floats:
    """Return these rows; where they are all in their order, without a copy: of many it is large."""
    return embedded if np.array_equal(rows, np.arange(len(embedded))) else embedded[rows]


def _known_share(read: Iterable[Words]) -> float:
    """Return the share of the words whose features the base mostly knows."""
    counts: dict[str, int] = {}
    for each in read:
        for word in each:
            counts[word] = counts.get(word, 0) + 1
    reader = _side_by_side()[0]
    known = sum(count for word, count in counts.items() if reader.known(word) > 0.5)
    return known / sum(counts.values())


@lru_cache(maxsize=1)
def _side_by_side() -> tuple[Recurrent, SideBySide]:
    reader = Recurrent(pretrained.load().weights)
    return reader, SideBySide(reader)


_kept: tuple[dict[Words, int], Floats] = {}, np.zeros((0, 0), np.float32)
"""Rows and embeddings of the patterns that were asked for last. Replaced as a whole: threads share
it."""


def embedded_by_base(read: Sequence[Words]) -> Floats:
    """Return the base's embeddings (patterns, embedding) of patterns.

    New ones are read side by side. Raises ModelError when the base is damaged.
    """
    global _kept
    rows, kept = _kept
    reader, together = _side_by_side()
    new = [each for each in read if each not in rows]
    if len(new) == len(read):
        found = embeddings(reader.weights, together.final_states(new))
    else:
        found = np.zeros((len(read), reader.weights.embedding_size), np.float32)
        is_new = np.array([each not in rows for each in read], dtype=bool)
        if new:
            found[is_new] = embeddings(reader.weights, together.final_states(new))
        found[~is_new] = kept[[rows[each] for each in read if each in rows]]
    _kept = {each: row for row, each in enumerate(read[:CACHED])}, found[:CACHED].copy()
    return found
