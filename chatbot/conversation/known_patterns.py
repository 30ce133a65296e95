"""The patterns of an intents file, by their words: a message that is one needs no network."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from chatbot.intents import Intent, Intents
from chatbot.words import bare, is_punctuation, letters, letters_of_beginnings, spoken, words

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


class _Holder(NamedTuple):
    """Texts that say the same of a message that has the words of one of them."""

    texts: Sequence[str]
    known: Known
    rank: int


class KnownPatterns:
    """Finds whose pattern a message is, but for case, width, spacing, punctuation and diacritics.

    A pattern of two intents is certain of neither, nor one that is an out-of-scope example too. But
    of two that need different contexts, which are all active, the one that needs more is meant.
    Words as they are written come first: "mà" and "ma" may be of two intents, and then "ma" is only
    what it says.

    Only the letters of the patterns are looked at beforehand (`words.letters`), and 16 bytes kept
    of each; the words of those that have a message's letters, when it comes.
    """

    def __init__(self, intents: Intents, beyond: Sequence[Intent] = ()) -> None:
        """Take an intents file, and what cannot be meant now: its patterns get the fallback."""
        every = [
            *(_Holder(i.patterns, Known(i.tag), len(i.context_filter)) for i in intents.trainable),
            _Holder(intents.out_of_scope, Known(None), 0),
            *(_Holder(i.patterns, Known(None, i.tag), BEYOND) for i in beyond),
        ]
        self._holders = [holder for holder in every if holder.texts]
        sizes = [len(holder.texts) for holder in self._holders]
        self._starts = np.cumsum([0, *sizes])
        """Number of the first text of each, and of all texts."""
        lengths: set[int] = set()

        def hashed() -> Iterable[int]:
            for holder in self._holders:
                found = letters(holder.texts)
                lengths.update(map(len, found))
                yield from map(hash, found)

        hashes = np.fromiter(hashed(), np.int64, int(self._starts[-1]))
        self._numbers = np.argsort(hashes, kind="stable")
        self._hashes = hashes[self._numbers]
        self._lengths = frozenset(lengths)
        self._longest = max(lengths, default=0)

    def known(self, read: Words) -> Known | None:
        """Return whose these words, without punctuation, are; None where the network decides."""
        together = next(letters_of_beginnings(read, len(read)), "")
        return self._known(read, together) if read else None

    def prefixes(self, read: Sequence[str]) -> list[Known | None]:
        """Return `known` of each prefix of the words, (words,); punctuation may be among them.

        Only prefixes of as many letters as some pattern are looked up: all together they have at
        most as many letters as the patterns, so that a long message costs no more than a short one.
        """
        found: list[Known | None] = []
        said = spoken(read)
        beginnings = enumerate(letters_of_beginnings(said), 1)
        for word in read:
            if is_punctuation(word):
                found.append(found[-1] if found else None)
                continue
            count, together = next(beginnings)
            if len(together) > self._longest:
                break
            found.append(self._known(said[:count], together))
        return found + [None] * (len(read) - len(found))

    def _known(self, read: Words, together: str) -> Known | None:
        if len(together) not in self._lengths:
            return None
        key = hash(together)
        start = int(self._hashes.searchsorted(key))
        if start == len(self._hashes) or self._hashes[start] != key:
            return None
        end = int(self._hashes.searchsorted(key, "right"))
        numbers = self._numbers[start:end]
        places = self._starts.searchsorted(numbers, "right") - 1
        same: list[tuple[Words, Known, int]] = []
        spoken_of: dict[str, Words] = {}
        for number, place in zip(numbers.tolist(), places.tolist(), strict=True):
            holder = self._holders[place]
            text = holder.texts[number - int(self._starts[place])]
            if text not in spoken_of:
                spoken_of[text] = spoken(words(text))
            same.append((spoken_of[text], holder.known, holder.rank))
        as_written = [each for each in same if each[0] == read]
        if as_written:
            return _unambiguous(as_written)
        plain = _bare(read)
        return _unambiguous([each for each in same if _bare(each[0]) == plain])


def _bare(read: Sequence[str]) -> Words:
    return tuple(bare(word) for word in read)


def _unambiguous(same: Iterable[tuple[Words, Known, int]]) -> Known | None:
    """Return whose patterns of the same words are; None where two of the same rank claim them."""
    best, found = BEYOND - 1, None
    for _, known, rank in same:
        if rank > best:
            best, found = rank, known
        elif rank == best and rank != BEYOND and found != known:
            found = None
    return found
