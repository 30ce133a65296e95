"""Writes a dataset of Snips NLU: utterances by intent. It has no place for replies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from chatbot.formats.writers.slots import note_losses
from chatbot.formats.writers.writing import (
    LANGUAGE,
    OUT_OF_SCOPE,
    Written,
    as_json,
    losses,
    note_language,
    outsiders,
    parts_of,
    written,
)
from chatbot.intents import Intent, Intents, Slot, SlotKind

_KINDS: dict[SlotKind, str] = {
    "number": "snips/number", "date": "snips/datetime", "duration": "snips/duration",
    "money": "snips/amountOfMoney",
}  # fmt: skip
"""Snips' own entities."""


def write(intents: Intents) -> Written:
    """Return the patterns as a dataset."""
    notes = losses(intents, slots=False)
    note_language(notes)
    note_losses(intents, {slot.name: slot.name for slot in intents.slots}, notes)
    types = {
        slot.name: slot.name if slot.kind is None else _KINDS.get(slot.kind, slot.name)
        for slot in intents.slots
    }
    by_tag = {}
    for intent in intents.intents:
        notes["replies were left out: Snips has no place for them"] += len(intent.responses)
        if intent.patterns:
            by_tag[intent.tag] = _utterances(intent, intent.patterns, types)
        else:
            notes["intents without patterns were left out"] += 1
    if examples := outsiders(intents, notes):
        by_tag[OUT_OF_SCOPE] = _utterances(Intent(OUT_OF_SCOPE), examples, types)
    entities = {types[slot.name]: _entity(slot, notes) for slot in intents.slots}
    data = {"language": LANGUAGE, "intents": by_tag, "entities": entities}
    return written(as_json(data), notes, program="Snips")


def _utterances(
    intent: Intent, texts: tuple[str, ...], types: Mapping[str, str]
) -> dict[str, object]:
    return {"utterances": [{"data": _chunks(intent, text, types)} for text in texts]}


def _chunks(intent: Intent, text: str, types: Mapping[str, str]) -> list[dict[str, str]]:
    """Return the parts of a pattern, values with their slot."""
    return [
        {"text": part}
        if span is None
        else {"text": part, "entity": types[span.slot], "slot_name": span.slot}
        for part, span in parts_of(intent, text)
    ]


def _entity(slot: Slot, notes: Counter[str]) -> dict[str, object]:
    """Return an entity with the values of a slot."""
    if slot.kind in _KINDS:
        return {}
    notes["expressions and kinds of slots were left out"] += bool(slot.regex or slot.kind)
    values = [{"value": each.value, "synonyms": list(each.synonyms)} for each in slot.values]
    return {
        "data": values,
        "use_synonyms": True,
        "automatically_extensible": not slot.closed,
        "matching_strictness": 1.0,
    }
