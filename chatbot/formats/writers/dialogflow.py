"""Writes an agent of Dialogflow ES: a file per intent, and one with its phrases."""

from __future__ import annotations

import re
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from chatbot.formats.naming import unique
from chatbot.formats.writers.writing import (
    LANGUAGE,
    Written,
    as_json,
    losses,
    note_language,
    note_slots,
    written,
)
from chatbot.intents import Intent, Intents

_FALLBACK = "Default Fallback Intent"
_NO_FILE = re.compile(r"[^\w ()+,-]+|_(?=usersays_|entries_)")
"""What a file's name may not have on some system, or what would make it another kind of file."""
_MOST_FILE_NAME = 80
_MOST_INTENTS = 2_000


def write(intents: Intents) -> Written:
    """Return the intents as the files of an agent."""
    notes = losses(intents, contexts=False)
    note_language("Dialogflow", notes)
    agent = {"description": "", "language": LANGUAGE, "supportedLanguages": []}
    files = [("agent.json", as_json(agent)), ("package.json", as_json({"version": "1.0.0"}))]
    names: set[str] = set()
    for intent in intents.intents:
        note_slots(intent.responses, "Dialogflow", notes)
        marked = sum("$" in reply for reply in intent.responses)
        notes["replies contain $, which Dialogflow reads as a parameter"] += marked
        if intent is not intents.fallback:
            files += _intent(intent, names)
    replies = intents.fallback.responses if intents.fallback is not None else ()
    if replies or intents.out_of_scope:
        fallback = Intent(_FALLBACK, intents.out_of_scope, replies)
        files += _intent(fallback, names, is_fallback=True)
    notes[f"Dialogflow takes at most {_MOST_INTENTS:,} intents"] += max(
        0, len(intents.intents) - _MOST_INTENTS
    )
    return written("", notes, tuple(files))


def _intent(intent: Intent, names: set[str], *, is_fallback: bool = False) -> list[tuple[str, str]]:
    """Return the files of an intent."""
    name = intent.tag
    # In lower case: some systems do not tell A.json from a.json.
    file = unique(_NO_FILE.sub("-", name.casefold())[:_MOST_FILE_NAME].strip(), names)
    names.add(file)
    message = {"type": "0", "lang": LANGUAGE, "speech": list(intent.responses)}
    affected = [{"name": each.name, "lifespan": each.turns} for each in intent.context_set]
    data: dict[str, Any] = {
        "id": _id(name),
        "name": name,
        "auto": True,
        "contexts": list(intent.context_filter),
        "responses": [{"affectedContexts": affected, "parameters": [], "messages": [message]}],
        "priority": 500_000,
        "webhookUsed": False,
        "fallbackIntent": is_fallback,
        "events": [],
    }
    said = [
        {"id": _id(name, text), "data": [{"text": text, "userDefined": False}], "isTemplate": False}
        for text in intent.patterns
    ]
    files = [(f"intents/{file}.json", as_json(data))]
    return [*files, (f"intents/{file}_usersays_{LANGUAGE}.json", as_json(said))] if said else files


def _id(*parts: str) -> str:
    """Return an ID that is the same each time."""
    return str(uuid5(NAMESPACE_URL, "\n".join(parts)))
