"""Writes an intents file of our own, laid out like the default bot's."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from chatbot.formats.writers.writing import Written, as_json
from chatbot.intents import Intent, Intents, conditions


def write(intents: Intents) -> Written:
    """Return the JSON of an intents file; nothing is lost."""
    data: dict[str, Any] = {"intents": [_item(intent) for intent in intents.intents]}
    if intents.tests:
        data["tests"] = [asdict(test) for test in intents.tests]
    if intents.out_of_scope:
        data["out_of_scope"] = list(intents.out_of_scope)
    if intents.silenced:
        data["silenced"] = list(intents.silenced)
    return Written(as_json(data))


def _item(intent: Intent) -> dict[str, Any]:
    """Return an intent as it stands in the file: the keys of contexts only where it has some."""
    item: dict[str, Any] = {
        "tag": intent.tag,
        "patterns": list(intent.patterns),
        "responses": [*intent.responses, *map(conditions.as_json, intent.conditional)],
    }
    if intent.context_set:
        item["context_set"] = {context.name: context.turns for context in intent.context_set}
    if intent.context_filter:
        item["context_filter"] = list(intent.context_filter)
    if intent.action:
        item["action"] = intent.action
    return item
