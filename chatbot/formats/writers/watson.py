"""Writes a skill of Watson Assistant: intents, a dialog node per intent with its replies, and
counterexamples for what is out of scope.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from chatbot.formats.naming import unique
from chatbot.formats.writers.slots import entity_names, note_losses, with_references
from chatbot.formats.writers.writing import (
    LANGUAGE,
    Written,
    as_json,
    losses,
    note_language,
    note_slots,
    parts_of,
    written,
)
from chatbot.intents import Intent, Intents, Slot, SlotKind

_NO_NAME = re.compile(r"[^\w.-]+")
"""What the name of an intent may not have."""
_BREAKS = re.compile(r"[\n\r\t]+")
_NO_ENTITY = re.compile(r"[^\w-]+")
_KINDS: dict[SlotKind, str] = {
    "number": "sys-number", "date": "sys-date", "time": "sys-time", "money": "sys-currency",
}  # fmt: skip
_MOST_NAME = 128
_MOST_EXAMPLE = 1_024


def write(intents: Intents) -> Written:
    """Return the intents as a skill; the fallback's replies are those of `anything_else`.

    An intent without patterns is left out, unless it is the fallback.
    """
    notes = losses(intents, slots=False)
    note_language(notes)
    entities = entity_names(intents.slots, _NO_ENTITY)
    note_losses(intents, entities, notes)
    own = {slot.name for slot in intents.slots if slot.kind is not None}
    notes["slots of a kind are Watson's own, such as @sys-date"] += len(own)
    names: set[str] = set()
    items: list[dict[str, Any]] = []
    nodes: list[dict[str, Any]] = []
    kept = {slot: name for slot, name in entities.items() if slot not in own}
    for intent in intents.intents:
        note_slots(intent.responses, notes)
        if intent is intents.fallback:
            continue
        if not intent.patterns:
            notes["intents without patterns were left out"] += 1
            continue
        name = unique(_NO_NAME.sub("_", intent.tag)[:_MOST_NAME], names)
        names.add(name)
        notes["tags were changed: Watson takes letters, digits, _ . and -"] += name != intent.tag
        items.append({"intent": name, "examples": _examples(intent, kept, notes)})
        said = tuple(with_references(reply, kept, "@%") for reply in intent.responses)
        _add_node(f"#{name}", said, nodes)
    if intents.fallback is not None:
        _add_node("anything_else", intents.fallback.responses, nodes)
    data = {
        "name": "Chatbot",
        "language": LANGUAGE,
        "learning_opt_out": False,
        "intents": items,
        "entities": [_entity(slot, entities[slot.name]) for slot in intents.slots],
        "counterexamples": _examples(Intent("", intents.out_of_scope), {}, notes),
        "dialog_nodes": nodes,
    }
    return written(as_json(data), notes, program="Watson", most=f"{_MOST_EXAMPLE:,}")


def _examples(
    intent: Intent, entities: Mapping[str, str], notes: Counter[str]
) -> list[dict[str, Any]]:
    """Return patterns as examples: of one line, and not longer than Watson takes.

    `entities` are the slots that they mention, with their names there.
    """
    examples: list[dict[str, Any]] = []
    for pattern in intent.patterns:
        text = _BREAKS.sub(" ", pattern)
        notes["line breaks and tabs in patterns became blanks"] += text != pattern
        if len(text) > _MOST_EXAMPLE:
            notes["patterns of more than {most} characters were left out"] += 1
            continue
        example: dict[str, Any] = {"text": text}
        mentions, written = [], ""
        for part, span in parts_of(intent, pattern):
            start, written = len(written), _BREAKS.sub(" ", written + part)
            if span is not None and span.slot in entities:
                location = [start, len(written)]
                mentions.append({"entity": entities[span.slot], "location": location})
        examples.append({**example, "mentions": mentions} if mentions else example)
    return examples


def _entity(slot: Slot, name: str) -> dict[str, Any]:
    """Return a slot as an entity; one of a kind is Watson's own, if it has it."""
    if slot.kind is not None:
        return {"entity": _KINDS.get(slot.kind, name), "values": []}
    values: list[dict[str, Any]] = [
        {"type": "synonyms", "value": each.value, "synonyms": list(each.synonyms)}
        for each in slot.values
    ]
    if slot.regex and not slot.values:
        values = [{"type": "patterns", "value": name, "patterns": [slot.regex]}]
    return {"entity": name, "values": values, "fuzzy_match": True}


def _add_node(condition: str, replies: tuple[str, ...], nodes: list[dict[str, Any]]) -> None:
    """Add a node that says one of these replies, after the nodes before it."""
    if not replies:
        return
    values = [{"text": reply} for reply in replies]
    said = {"response_type": "text", "values": values, "selection_policy": "random"}
    node: dict[str, Any] = {
        "type": "standard",
        "dialog_node": f"node_{len(nodes) + 1}",
        "conditions": condition,
        "output": {"generic": [said]},
    }
    if nodes:
        node["previous_sibling"] = nodes[-1]["dialog_node"]
    nodes.append(node)
