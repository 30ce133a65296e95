"""The formats that can be written, and what a writer returns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from chatbot.formats.gathering import Note
from chatbot.intents import Intents


@dataclass(frozen=True, slots=True)
class Written:
    """Intents as the text of a file, and what it could not hold."""

    text: str
    notes: tuple[Note, ...] = ()


def written(text: str, notes: Counter[str]) -> Written:
    """Return a text with the notes whose count is not zero."""
    return Written(text, tuple(Note(what, count) for what, count in notes.items() if count))


def _classic(intents: Intents) -> Written:
    from chatbot.formats.writers.own import write

    return write(intents)


def _rasa(intents: Intents) -> Written:
    from chatbot.formats.writers.rasa import write

    return write(intents)


def _csv(intents: Intents) -> Written:
    from chatbot.formats.writers.tables import write

    return write(intents)


TESTS = "tests were left out"
"""Noted by formats that have no place for them."""

WRITERS: dict[str, Callable[[Intents], Written]] = {
    "classic": _classic,
    "rasa": _rasa,
    "csv": _csv,
}
"""By the name that `chatbot convert --to` takes."""
