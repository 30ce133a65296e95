"""Writes an intents file of our own, laid out like the default bot's."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from chatbot.formats.writers.writing import Written, as_json
from chatbot.intents import SLOTS_KEY, Intent, Intents, IntentTest, Slot, SlotUse, conditions


def write(intents: Intents) -> Written:
    """Return the JSON of an intents file; nothing is lost."""
    data: dict[str, Any] = {"intents": [_item(intent) for intent in intents.intents]}
    if intents.tests:
        data["tests"] = [_test(test) for test in intents.tests]
    if intents.out_of_scope:
        data["out_of_scope"] = list(intents.out_of_scope)
    if intents.slots:
        data[SLOTS_KEY] = {slot.name: _slot(slot) for slot in intents.slots}
    if intents.silenced:
        data["silenced"] = list(intents.silenced)
    return Written(as_json(data))


def _test(test: IntentTest) -> dict[str, Any]:
    """Return a test as it stands in the file, without what it does not say."""
    written = asdict(test)
    return {key: value for key, value in written.items() if value != ()}


def _item(intent: Intent) -> dict[str, Any]:
    """Return an intent as it stands in the file: the keys of contexts only where it has some."""
    item: dict[str, Any] = {
        "tag": intent.tag,
        "patterns": list(intent.lines),
        "responses": [*intent.responses, *map(conditions.as_json, intent.conditional)],
    }
    if intent.context_set:
        item["context_set"] = {context.name: context.turns for context in intent.context_set}
    if intent.context_filter:
        item["context_filter"] = list(intent.context_filter)
    if intent.slots:
        plain = not any(use.ask or not use.required for use in intent.slots)
        item[SLOTS_KEY] = (
            [use.name for use in intent.slots]
            if plain
            else {use.name: _use(use) for use in intent.slots}
        )
    if intent.action:
        item["action"] = intent.action
    if intent.entries:
        item["entries"] = {name: str(action) for name, action in intent.entries}
    return item


def _slot(slot: Slot) -> dict[str, Any]:
    """Return a slot as it is declared: only the keys that say something."""
    item: dict[str, Any] = {}
    if slot.values:
        with_synonyms = any(listed.synonyms for listed in slot.values)
        item["values"] = (
            {listed.value: list(listed.synonyms) for listed in slot.values}
            if with_synonyms
            else [listed.value for listed in slot.values]
        )
    others = {
        "regex": slot.regex,
        "kind": slot.kind,
        "closed": slot.closed,
        "entry": slot.entry,
    }
    item |= {key: value for key, value in others.items() if value}
    item |= {"default": slot.default} if slot.default else {}
    return item if slot.remember else {**item, "remember": False}


def _use(use: SlotUse) -> dict[str, Any]:
    item: dict[str, Any] = {"ask": list(use.ask)} if use.ask else {}
    return item if use.required else {**item, "required": False}
