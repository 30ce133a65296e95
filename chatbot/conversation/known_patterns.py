"""The patterns of an intents file, by their words: a message that is one needs no network."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from chatbot.intents import Intent, Intents
from chatbot.words import bare, spoken, words

Words = tuple[str, ...]

BEYOND = -1
"""The rank of a pattern that cannot be meant; that of others is how many contexts they need."""


class Known(NamedTuple):
    """What the intents file says of a message."""

    intent: str | None
    """The tag of the intent that it is a pattern of; None where it is an example of what is out of
    scope, or of what cannot be meant now."""
    needs: str = ""
    """The tag of the intent that it would be a pattern of if another context were active."""


class KnownPatterns:
    """Finds whose pattern a message is, but for case, width, spacing, punctuation and diacritics.

    A pattern of two intents is certain of neither, nor one that is an out-of-scope example too. But
    of two that need different contexts, which are all active, the one that needs more is meant.
    Words as they are written come first: "mà" and "ma" may be of two intents, and then "ma" is only
    what it says. Takes 10 µs per pattern.
    """

    def __init__(self, intents: Intents, beyond: Sequence[Intent] = ()) -> None:
        """Take an intents file, and what cannot be meant now: its patterns get the fallback."""
        patterns = [
            (spoken(words(pattern)), Known(intent.tag), len(intent.context_filter))
            for intent in intents.trainable
            for pattern in intent.patterns
        ]
        patterns += [(spoken(words(text)), Known(None), 0) for text in intents.out_of_scope]
        # What can be meant comes first: "yes" is a pattern of several, of which one can be.
        patterns += [
            (spoken(words(pattern)), Known(None, intent.tag), BEYOND)
            for intent in beyond
            for pattern in intent.patterns
        ]
        self._as_written = _unambiguous(patterns)
        self._bare = _unambiguous((_bare(read), known, rank) for read, known, rank in patterns)
        self.lengths = frozenset(len(read) for read, _, _ in patterns)
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


def _unambiguous(patterns: Iterable[tuple[Words, Known, int]]) -> dict[Words, Known | None]:
    """Return whose every pattern is, None where it belongs to two of the same rank."""
    found: dict[Words, tuple[int, Known | None]] = {}
    for read, known, rank in patterns:
        best, there = found.get(read, (rank - 1, None))
        if rank > best:
            found[read] = rank, known
        elif rank == best and rank != BEYOND and there != known:
            found[read] = rank, None
    found.pop((), None)
    return {read: known for read, (_, known) in found.items()}
