"""Writes a corpus of nlp.js: utterances and answers; its intent None has what is out of scope."""

from __future__ import annotations

from chatbot.formats.dialects import NLPJS_ENTITY
from chatbot.formats.writers.writing import (
    LANGUAGE,
    Written,
    as_json,
    losses,
    note_language,
    note_slots,
    written,
)
from chatbot.intents import Intents

_NONE = "None"


def write(intents: Intents) -> Written:
    """Return the intents as a corpus; the fallback's replies are the answers of None."""
    notes = losses(intents)
    note_language("nlp.js", notes)
    data = []
    for intent in intents.intents:
        note_slots(intent.responses, "nlp.js", notes)
        marked = sum(NLPJS_ENTITY.search(pattern) is not None for pattern in intent.patterns)
        notes["patterns contain %this%, @this or {{this}}, which nlp.js reads as an entity"] += (
            marked
        )
        if intent is not intents.fallback:
            data.append(_item(intent.tag, intent.patterns, intent.responses))
    replies = intents.fallback.responses if intents.fallback is not None else ()
    if replies or intents.out_of_scope:
        data.append(_item(_NONE, intents.out_of_scope, replies))
    return written(as_json({"name": "Chatbot", "locale": LANGUAGE, "data": data}), notes)


def _item(tag: str, patterns: tuple[str, ...], replies: tuple[str, ...]) -> dict[str, object]:
    item: dict[str, object] = {"intent": tag, "utterances": list(patterns)}
    return {**item, "answers": list(replies)} if replies else item
