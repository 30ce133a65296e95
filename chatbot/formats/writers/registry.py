"""All formats that can be written."""

from __future__ import annotations

from collections.abc import Callable

from chatbot.formats.writers import own, rasa, tables
from chatbot.formats.writers.writing import Written
from chatbot.intents import Intents

WRITERS: dict[str, Callable[[Intents], Written]] = {
    "classic": own.write,
    "rasa": rasa.write,
    "csv": tables.write,
}
"""By the name that `chatbot convert --to` takes."""
