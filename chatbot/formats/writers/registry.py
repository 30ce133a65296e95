"""All formats that can be written."""

from __future__ import annotations

from collections.abc import Callable

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

WRITERS: dict[str, Callable[[Intents], Written]] = {
    "classic": own.write,
    "rasa": rasa.write,
    "csv": tables.write,
    "nlpjs": nlpjs.write,
    "snips": snips.write,
    "dialogflow": dialogflow.write,
    "watson": watson.write,
    "lu": bot_framework.write,
}
"""By the name that `chatbot convert --to` takes."""
