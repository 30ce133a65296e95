"""All formats that can be written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from chatbot.formats.gathering import Note
from chatbot.formats.writers import (
    bot_framework,
    dialogflow,
    nlpjs,
    own,
    rasa,
    snips,
    tables,
    watson,
)
from chatbot.formats.writers.writing import Written
from chatbot.intents import Intents


def _without_lists(write: Callable[[Intents], Written]) -> Callable[[Intents], Written]:
    """Return a writer of a format in which no slot is a list that answers add to."""

    def written(intents: Intents) -> Written:
        plain = tuple(slot for slot in intents.slots if not slot.entry)
        if count := len(intents.slots) - len(plain):
            found = write(replace(intents, slots=plain))
            note = Note("lists that answers add to were left out", count)
            return replace(found, notes=(*found.notes, note))
        return write(intents)

    return written


WRITERS: dict[str, Callable[[Intents], Written]] = {
    "classic": own.write,
    "rasa": _without_lists(rasa.write),
    "csv": _without_lists(tables.write),
    "nlpjs": _without_lists(nlpjs.write),
    "snips": _without_lists(snips.write),
    "dialogflow": _without_lists(dialogflow.write),
    "watson": _without_lists(watson.write),
    "lu": _without_lists(bot_framework.write),
}
"""By the name that `chatbot convert --to` takes."""
