"""Where in a text the words of a search are: what a list of hits highlights."""

from __future__ import annotations

from typing import NamedTuple

from chatbot.archive.terms import Term, terms
from chatbot.common import as_far_as_read
from chatbot.words import as_read, bare, is_punctuation, spans


class Span(NamedTuple):
    """A part of a text."""

    start: int
    end: int


class Marked(NamedTuple):
    """A text as it is read, and the parts of it that a search is about."""

    text: str
    spans: tuple[Span, ...]
    """From left to right; none overlaps another."""


def marked(text: str, query: str) -> Marked:
    """Return the text as far as it is read, with the places of all words that the query names."""
    text = as_far_as_read(text)
    found = [word for word in spans(text) if not is_punctuation(word.text)]
    words = tuple(bare(word.text) for word in found)
    places: list[Span] = []
    end = 0
    looked_for = terms(query)
    at = 0
    while at < len(words):
        longest = max((len(t.words) for t in looked_for if _is_at(t, words, at)), default=0)
        if longest:
            start, end = max(found[at].start, end), found[at + longest - 1].end
            places.append(Span(start, end))
        at += max(longest, 1)
    return Marked(as_read(text), tuple(places))


def _is_at(term: Term, words: tuple[str, ...], at: int) -> bool:
    """Return whether the words of a term stand side by side, from a place on."""
    there = words[at : at + len(term.words)]
    if len(there) < len(term.words):
        return False
    *firsts, last = term.words
    return list(there[:-1]) == firsts and (
        there[-1].startswith(last) if term.is_prefix else there[-1] == last
    )
