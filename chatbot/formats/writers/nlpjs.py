"""Writes a corpus of nlp.js: utterances and answers; its intent None has what is out of scope."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from chatbot.formats.dialects import NLPJS_ENTITY
from chatbot.formats.writers.slots import entity_names, note_losses, with_references
from chatbot.formats.writers.writing import (
    LANGUAGE,
    Written,
    as_json,
    losses,
    note_language,
    note_slots,
    written,
)
from chatbot.intents import Intents, Slot

_NONE = "None"
_NO_ENTITY = re.compile(r"\W+")


def write(intents: Intents) -> Written:
    """Return the intents as a corpus; the fallback's replies are the answers of None."""
    notes = losses(intents, slots=False)
    note_language(notes)
    names = entity_names(intents.slots, _NO_ENTITY)
    note_losses(intents, names, notes)
    _note_unlisted(intents, notes)
    data = []
    for intent in intents.intents:
        note_slots(intent.responses, notes)
        marked = sum(NLPJS_ENTITY.search(pattern) is not None for pattern in intent.patterns)
        notes["patterns contain %this%, @this or {{this}}, which nlp.js reads as an entity"] += (
            marked
        )
        if intent is not intents.fallback:
            said = tuple(with_references(text, names, "{{ % }}") for text in intent.responses)
            data.append(_item(intent.tag, intent.patterns, said))
    replies = intents.fallback.responses if intents.fallback is not None else ()
    if replies or intents.out_of_scope:
        data.append(_item(_NONE, intents.out_of_scope, replies))
    corpus: dict[str, Any] = {"name": "Chatbot", "locale": LANGUAGE, "data": data}
    entities = {names[slot.name]: _entity(slot) for slot in intents.slots if _is_told(slot)}
    text = as_json(corpus | ({"entities": entities} if entities else {}))
    return written(text, notes, program="nlp.js")


def _is_told(slot: Slot) -> bool:
    return bool(slot.values or slot.regex)


def _note_unlisted(intents: Intents, notes: Counter[str]) -> None:
    """Note the values that nlp.js does not find in utterances by its lists: it has no marks."""
    listed = {s.name: {t.casefold() for v in s.values for t in v.texts} for s in intents.slots}
    for intent in intents.intents:
        for each in intent.tagged:
            for span in each.spans:
                said = each.text[span.start : span.end].casefold()
                lost = said not in listed[span.slot]
                notes["values of slots that no list has became plain text"] += lost
    told = sum(not _is_told(slot) for slot in intents.slots)
    notes["slots without a list or an expression were left out"] += told


def _entity(slot: Slot) -> dict[str, Any]:
    """Return a slot as an entity; nlp.js finds its values in utterances by itself."""
    if slot.values:
        return {"options": {each.value: list(each.texts) for each in slot.values}}
    return {"regex": f"/{slot.regex}/gi"}


def _item(tag: str, patterns: tuple[str, ...], replies: tuple[str, ...]) -> dict[str, object]:
    item: dict[str, object] = {"intent": tag, "utterances": list(patterns)}
    return {**item, "answers": list(replies)} if replies else item
