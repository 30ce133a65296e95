"""Finds a text in another, whatever the case, the width and the diacritics: for Ctrl+F.

Unlike a search among all conversations, which compares words, it also finds a part of one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from chatbot.words import bare

REMEMBERED = 8_192
"""Characters whose plain form is remembered: more than the messages of one person have."""


class Folded:
    """A text in which "MẤY" and "may" are the same."""

    __slots__ = ("_source", "text")

    def __init__(self, source: str) -> None:
        """Fold a text; where its characters come from is worked out when it is asked."""
        self._source = source
        self.text = source.lower() if source.isascii() else source.translate(_PLAIN)

    @property
    def origins(self) -> Sequence[int]:
        """Of each character of `text`, the index in the text as it was."""
        if self._source.isascii():
            return range(len(self._source))
        return [index for index, c in enumerate(self._source) for _ in _PLAIN[ord(c)]]


def occurrences(within: Folded, sought: Folded) -> Iterator[tuple[int, int]]:
    """Yield start and end, in the text as it was, of every place that holds what is sought.

    Blanks alone are nowhere: nobody looks for them.
    """
    if not number_of_occurrences(within, sought):
        return
    origins, at = within.origins, within.text.find(sought.text)
    while at >= 0:
        end = at + len(sought.text)
        yield origins[at], origins[end - 1] + 1
        at = within.text.find(sought.text, end)


def number_of_occurrences(within: Folded, sought: Folded) -> int:
    """Return how many `occurrences` there are, which takes a hundredth of the time."""
    return within.text.count(sought.text) if sought.text.strip() else 0


class _Plain(dict[int, str]):
    """Of each character, by its number, the plain form; `str.translate` asks for it."""

    def __missing__(self, number: int) -> str:
        if len(self) >= REMEMBERED:
            self.clear()
        plain = self[number] = _plain(chr(number))
        return plain


_PLAIN = _Plain()


def _plain(character: str) -> str:
    normal = unicodedata.normalize("NFKC", character).lower()
    if unicodedata.combining(character) and bare(f"a{character}") == "a":
        return ""  # a mark that people leave out, on a letter that has no form with it
    return bare(normal)
