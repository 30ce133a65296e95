"""Lines as people type them: without diacritics or punctuation, with typing errors.

The teachers see the clean line; the network must come to the same view from what is typed. A line
is a row of word numbers, so a variant of it is made by looking up other numbers.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from chatbot.learning.data import Indices
from chatbot.words import bare, is_punctuation

SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "å": "aa", "ø": "oe"})
"""How Germanic letters are typed on other keyboards."""

NEIGHBOURS = dict(
    zip("qwertyuiopasdfghjklzxcvbnm", "wertyuioioasdfghjkxcvbnbnk", strict=False)
)  # fmt: skip
"""For a letter, one that lies beside it on the keyboard."""


@dataclass(frozen=True, slots=True)
class Rates:
    """Shares of the lines that are changed in each way."""

    bare: float = 0.12
    """Without diacritics; Chinese in traditional characters, German in ae, oe, ue half of these."""
    typing_errors: float = 0.08
    """With an error in a fifth of the words of four letters and more."""
    bare_end: float = 0.3
    """Without the punctuation mark at the end."""
    unpunctuated: float = 0.08
    """Without any punctuation mark."""


class Variants:
    """For every word of a vocabulary, the numbers of its other spellings."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        numbers = {word: number for number, word in enumerate(vocabulary)}
        chance = random.Random(0)
        traditional = _traditional()
        columns: list[list[int]] = []
        for word in vocabulary:
            spellings = (
                bare(word),
                traditional(word) if not word.isascii() else word,
                bare(word.translate(SPELLED_OUT)),
                mistyped(word, chance),
                mistyped(word, chance),
            )
            columns.append([numbers.setdefault(spelling, len(numbers)) for spelling in spellings])
        self.vocabulary = tuple(numbers)
        """The words given, then their other spellings."""
        self._other = np.array(columns, dtype=np.int64).T
        """(5, words): bare, traditional, spelled out, two typing errors"""
        self._punctuation = np.array([bool(w) and is_punctuation(w) for w in vocabulary])
        self._other[1] = np.where(self._other[1] != np.arange(len(columns)), self._other[1], -1)

    def traditional(self, occurrences: Indices) -> Iterator[tuple[str, int]]:
        """Yield every traditional character, and how often the simplified ones occur."""
        for number in np.flatnonzero(self._other[1] >= 0).tolist():
            yield self.vocabulary[self._other[1, number]], int(occurrences[number])

    def typed(
        self, words: Indices, lengths: Indices, rates: Rates, rng: np.random.Generator
    ) -> tuple[Indices, Indices]:
        """Return lines (lines, longest) and their lengths (lines,), changed as by people."""
        bare_words, traditional, spelled, *errors = (column[words] for column in self._other)
        lines = len(words)
        chosen = rng.random(lines) < rates.bare
        spelled_out = chosen & (rng.random(lines) < 0.5)
        changed = np.where(chosen[:, None], bare_words, words)
        changed = np.where(spelled_out[:, None], spelled, changed)
        # Characters that have a traditional form: these lines are Chinese (or nearly).
        changed = np.where(chosen[:, None] & (traditional >= 0), traditional, changed)
        wrong = (rng.random(lines) < rates.typing_errors)[:, None] & ~chosen[:, None]
        wrong = wrong & (rng.random(words.shape) < 0.2)
        error = np.where(rng.random(words.shape) < 0.5, errors[0], errors[1])
        changed = np.where(wrong, error, changed)
        marks = self._punctuation[words] & (np.arange(words.shape[1]) < lengths[:, None])
        last = np.arange(words.shape[1]) == lengths[:, None] - 1
        gone = marks & (rng.random(lines) < rates.unpunctuated)[:, None]
        gone |= marks & last & (rng.random(lines) < rates.bare_end)[:, None]
        gone[gone.sum(1) == lengths] = False  # a line of nothing but marks stays
        order = np.argsort(gone, axis=1, kind="stable")
        return np.take_along_axis(changed, order, 1), lengths - gone.sum(1)


def mistyped(word: str, chance: random.Random) -> str:
    """Return a word with one typing error; a short word, or one that is no word, as it is."""
    if len(word) < 4 or not word.isalpha():
        return word
    i = chance.randrange(len(word) - 1)
    kind = chance.randrange(4)
    if kind == 0:
        return word[:i] + word[i + 1] + word[i] + word[i + 2 :]
    if kind == 1:
        return word[: i + 1] + word[i:]
    if kind == 2:
        return word[:i] + NEIGHBOURS.get(word[i], word[i]) + word[i + 1 :]
    return word[:i] + word[i + 1 :]


def _traditional() -> Callable[[str], str]:
    """Return the function that writes simplified Chinese in traditional characters."""
    try:
        from opencc import OpenCC
    except ImportError:  # without it the base learns no traditional characters, and nothing else
        return lambda word: word
    convert: Callable[[str], str] = OpenCC("s2t").convert
    return convert
