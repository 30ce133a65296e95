"""What a writer returns: the text of a file, and notes of what it could not hold."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from chatbot.formats.gathering import Note
from chatbot.intents import Intents

TESTS = "tests that must always hold were left out"
"""The note of formats that have no place for tests."""

OUT_OF_SCOPE = "out_of_scope"
"""The intent of out-of-scope examples in formats that have no place of their own for them; when
such a file is read again, they are out of scope."""


@dataclass(frozen=True, slots=True)
class Written:
    """Intents as the text of a file, and what it could not hold."""

    text: str
    notes: tuple[Note, ...] = ()


def written(text: str, notes: Counter[str]) -> Written:
    """Return a text with the notes whose count is not zero."""
    return Written(text, tuple(Note(what, count) for what, count in notes.items() if count))


def outsiders(intents: Intents, notes: Counter[str]) -> tuple[str, ...]:
    """Return the examples to write as the intent OUT_OF_SCOPE, if no other has that tag."""
    if intents.by_tag(OUT_OF_SCOPE) is None:
        return intents.out_of_scope
    notes["out-of-scope examples were left out: an intent has that tag"] += len(
        intents.out_of_scope
    )
    return ()
