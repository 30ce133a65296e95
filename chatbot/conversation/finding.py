"""Finds a text in another, whatever the case, the width and the diacritics: for Ctrl+F.

Unlike a search among all conversations, which compares words, it also finds a part of one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from chatbot.words import bare


class Folded(NamedTuple):
    """A text in which "MẤY" and "may" are the same, and where its characters come from."""

    text: str
    origins: Sequence[int]
    """Of each character, the index in the text as it was."""


def folded(text: str) -> Folded:
    """Return a text as texts are compared."""
    if text.isascii():
        return Folded(text.lower(), range(len(text)))
    pieces = [_folded_character(character) for character in text]
    origins = [index for index, piece in enumerate(pieces) for _ in piece]
    return Folded("".join(pieces), origins)


def occurrences(within: Folded, sought: str) -> Iterator[tuple[int, int]]:
    """Yield start and end, in the text as it was, of every place that holds what is sought.

    Blanks alone are nowhere: nobody looks for them.
    """
    looked_for = folded(sought).text
    if not looked_for.strip():
        return
    at = within.text.find(looked_for)
    while at >= 0:
        end = at + len(looked_for)
        yield within.origins[at], within.origins[end - 1] + 1
        at = within.text.find(looked_for, end)


@lru_cache(maxsize=8_192)
def _folded_character(character: str) -> str:
    plain = unicodedata.normalize("NFKC", character).lower()
    if unicodedata.combining(character) and bare(f"a{character}") == "a":
        return ""  # a mark that people leave out, on a letter that has no form with it
    return bare(plain)
