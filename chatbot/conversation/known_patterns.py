"""The patterns of an intents file, by their words: a message that is one needs no network."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from chatbot.intents import Intents
from chatbot.words import bare, spoken, words

Words = tuple[str, ...]


class Known(NamedTuple):
    """What the intents file says of a message."""

    intent: str | None
    """The tag of the intent that it is a pattern of; None where it is an example of what is out of
    scope."""


class KnownPatterns:
    """Finds whose pattern a message is, but for case, width, spacing, punctuation and diacritics.

    A pattern of two intents is certain of neither, nor one that is an out-of-scope example too.
    Words as they are written come first: "mà" and "ma" may be of two intents, and then "ma" is only
    what it says. Takes 10 µs per pattern.
    """

    def __init__(self, intents: Intents) -> None:
        patterns = [
            (spoken(words(pattern)), Known(intent.tag))
            for intent in intents.trainable
            for pattern in intent.patterns
        ]
        patterns += [(spoken(words(text)), Known(None)) for text in intents.out_of_scope]
        self._as_written = _unambiguous(patterns)
        self._bare = _unambiguous((_bare(read), known) for read, known in patterns)
        self.lengths = frozenset(len(read) for read, _ in patterns)
        """Words that patterns have."""
        self.longest = max(self.lengths, default=0)

    def known(self, read: Words) -> Known | None:
        """Return whose these words, without punctuation, are; None where the network decides."""
        if len(read) not in self.lengths:
            return None
        if read in self._as_written:
            return self._as_written[read]
        return self._bare.get(_bare(read))


def _bare(read: Sequence[str]) -> Words:
    return tuple(bare(word) for word in read)


def _unambiguous(patterns: Iterable[tuple[Words, Known]]) -> dict[Words, Known | None]:
    """Return whose every pattern is, None where it belongs to two."""
    found: dict[Words, Known | None] = {}
    for read, known in patterns:
        if read:
            found[read] = known if found.get(read, known) == known else None
    return found
