"""Values of lists: their words are looked up in a tree, with one typing error at most.

Words are compared without case and diacritics. A word of four letters or more may have one letter
too many, too few, wrong or swapped with the next (Damerau 1964); which words of the lists are that
near is looked up by what is left when a letter goes (Garbe 2012, SymSpell), so that the time does
not grow with the lists.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

import regex

from chatbot.intents import Slot
from chatbot.slots.values import How, SlotValue
from chatbot.words import Word, bare, is_punctuation, spoken, words

LEAST_LETTERS = 4
"""Of a word with a typing error, and of what it is meant to be: "Hua" may be Hue, or any name."""

MOST_TYPED = 24
"""Letters of the longest word in which an error is looked for."""

_HANGUL = regex.compile(r"[\uac00-\ud7a3]{3,}")


@dataclass(slots=True)
class _Node:
    """A place in the tree: what may come next, and the values that end here."""

    next: dict[str, _Node] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    """By slot."""


class Lists:
    """The values of all lists of a file."""

    def __init__(self, slots: Sequence[Slot], other_words: Collection[str] = ()) -> None:
        """Take the slots; a word of `other_words` (bare) is no slip of the pen."""
        self._root = _Node()
        self._joined: dict[str, dict[str, str]] = defaultdict(dict)
        """Values of several words as one: "danang". By slot."""
        for slot in slots:
            for listed in slot.values:
                for text in listed.texts:
                    self._add(slot.name, listed.value, text)
        self._vocabulary = set(_vocabulary(self._root)).union(self._joined)
        self._others = frozenset(other_words)
        self._without_a_letter: dict[str, list[str]] = defaultdict(list)
        for word in self._vocabulary:
            if LEAST_LETTERS <= len(word) <= MOST_TYPED and word.isalpha():
                for shorter in {word, *_shortened(word)}:
                    self._without_a_letter[shorter].append(word)

    def _add(self, slot: str, value: str, text: str) -> None:
        read = [bare(word) for word in words(text)]
        plain = [word for word in read if not is_punctuation(word)]
        several = len(plain) > 1
        for form in (read, plain) if several or len(read) == len(plain) else (read,):
            node = self._root
            for word in form:
                node = node.next.setdefault(word, _Node())
            if form:
                node.values.setdefault(slot, value)
        if several and all(len(word) > 1 for word in plain):
            self._joined["".join(plain)].setdefault(slot, value)

    def find(self, message: Sequence[Word], text: str) -> Iterator[SlotValue]:
        """Yield all values in the words of a message, `text` as read; they may overlap."""
        if not self._vocabulary:
            return
        read = [bare(word.text) for word in message]
        near = [self._near(word) for word in read]
        for first in range(len(read)):
            for after, values, errors, part in self._from(self._root, first, read, near, 0):
                start, end = message[first].start, message[after - 1].end
                if part:  # a part of the last word: "서울" in "서울에"
                    end = message[after - 1].start + part
                for slot, value in values.items():
                    yield SlotValue(
                        slot, value, text[start:end], start, end, first, after, How.LIST, errors
                    )
            for word, errors, part in near[first]:
                for slot, value in self._joined.get(word, {}).items():
                    start, end = message[first].start, message[first].end
                    end = start + part if part else end
                    yield SlotValue(
                        slot, value, text[start:end], start, end, first, first + 1, How.LIST, errors
                    )

    def _from(
        self,
        node: _Node,
        place: int,
        read: Sequence[str],
        near: Sequence[Sequence[tuple[str, int, int]]],
        errors: int,
    ) -> Iterator[tuple[int, dict[str, str], int, int]]:
        """Yield where a value may end that goes on from a node of the tree with this word."""
        if place == len(read):
            return
        for word, wrong, part in near[place]:
            following = node.next.get(word)
            if following is None or errors + wrong > 1:
                continue
            if following.values:
                yield place + 1, following.values, errors + wrong, part
            if following.next and not part:
                yield from self._from(following, place + 1, read, near, errors + wrong)
        if node is not self._root and is_punctuation(read[place]):
            yield from self._from(node, place + 1, read, near, errors)

    def _near(self, word: str) -> list[tuple[str, int, int]]:
        """Return the words of the lists that a word may be: the errors, and where it ends.

        0 means at its end. A Turkish or Finnish name is followed by an apostrophe and an ending, a
        Korean one by an ending.
        """
        found = [(word, 0, 0)] if word in self._vocabulary else []
        stem = word.partition("'")[0]
        if stem != word and stem in self._vocabulary:
            found.append((stem, 0, len(stem)))
        if _HANGUL.fullmatch(word):
            stems = (word[:length] for length in range(len(word) - 1, 1, -1))
            found += [(stem, 0, len(stem)) for stem in stems if stem in self._vocabulary]
        if (
            not found
            and LEAST_LETTERS <= len(word) <= MOST_TYPED
            and word not in self._others
            and word.isalpha()
        ):
            meant = {
                other
                for shorter in (word, *_shortened(word))
                for other in self._without_a_letter.get(shorter, ())
            }
            found += [(other, 1, 0) for other in sorted(meant) if is_slip(word, other)]
        return found


def _vocabulary(root: _Node) -> Iterator[str]:
    pending = [root]
    while pending:
        node = pending.pop()
        yield from node.next
        pending += node.next.values()


def _shortened(word: str) -> Iterator[str]:
    """Yield a word without each of its letters."""
    return (word[:i] + word[i + 1 :] for i in range(len(word)))


def is_slip(typed: str, meant: str) -> bool:
    """Return whether one letter too many, too few, wrong or swapped makes a word another.

    Its first letter must be right, or swapped with the second: people look at what they begin.
    """
    if typed[0] != meant[0] and typed[:2] != meant[1::-1]:
        return False
    begin = 0
    while begin < min(len(typed), len(meant)) and typed[begin] == meant[begin]:
        begin += 1
    rest, other = typed[begin:], meant[begin:]
    return (
        rest[1:] == other[1:]
        or rest[1:] == other
        or rest == other[1:]
        or (rest[:2] == other[1::-1] and rest[2:] == other[2:])
    )


def words_of(texts: Collection[str]) -> frozenset[str]:
    """Return the bare words of texts, without punctuation."""
    return frozenset(bare(word) for text in texts for word in spoken(words(text)))
