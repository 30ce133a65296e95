"""What a writer returns: the text of a file, and notes of what it could not hold."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from chatbot.formats.gathering import Note

TESTS = "tests that must always hold were left out"
"""The note of formats that have no place for tests."""


@dataclass(frozen=True, slots=True)
class Written:
    """Intents as the text of a file, and what it could not hold."""

    text: str
    notes: tuple[Note, ...] = ()


def written(text: str, notes: Counter[str]) -> Written:
    """Return a text with the notes whose count is not zero."""
    return Written(text, tuple(Note(what, count) for what, count in notes.items() if count))
