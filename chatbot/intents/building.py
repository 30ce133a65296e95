"""The intents in data that passed the check; slots in their patterns become plain text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from chatbot.intents.annotated import parts_of, tagged, values_to_fill
from chatbot.intents.check_action import action_of
from chatbot.intents.check_entries import entries_of
from chatbot.intents.conditions import conditional_replies
from chatbot.intents.contexts import contexts_needed, contexts_set
from chatbot.intents.json_intent import texts_of
from chatbot.intents.slot_types import Slot, Tagged
from chatbot.intents.slots import declared, uses
from chatbot.intents.types import Intent


def built(data: dict[str, Any]) -> tuple[tuple[Intent, ...], tuple[Slot, ...]]:
    """Return the intents and the slots of a file; blank patterns and replies are left out."""
    slots = declared(data)
    names = {slot.name for slot in slots}
    lists = {slot.name for slot in slots if slot.entry}
    plain = tuple(
        Intent(
            item["tag"].strip(),
            tuple(text for _, text in texts_of(item, "patterns")),
            tuple(text for _, text in texts_of(item, "responses")),
            contexts_set(item),
            contexts_needed(item),
            tuple(use for use in uses(item) if use.name in names),
            action=action_of(item),
            entries=tuple(each for each in entries_of(item) if each[0] in lists),
            conditional=conditional_replies(item),
        )
        for item in data["intents"]
    )
    return with_slots(plain, slots), slots


def with_slots(intents: Sequence[Intent], slots: Sequence[Slot]) -> tuple[Intent, ...]:
    """Return intents whose patterns, as written in a file with these slots, are plain texts."""
    if not slots:
        return tuple(intents)
    names = {slot.name for slot in slots}
    fill = values_to_fill(slots, [text for intent in intents for text in intent.patterns])
    return tuple(_unmarked(intent, names, fill) for intent in intents)


def _unmarked(intent: Intent, names: set[str], fill: Mapping[str, Sequence[str]]) -> Intent:
    patterns: dict[str, None] = {}
    found: dict[str, Tagged] = {}
    for written in intent.patterns:
        if not any(part.slot for part in parts_of(written, names)):
            patterns[written] = None
            continue
        for text in tagged(written, names, fill):
            patterns[text.text] = None
            found.setdefault(text.text, text)
    if not found:
        return intent
    return replace(
        intent,
        patterns=tuple(patterns),
        written=intent.patterns,
        tagged=tuple(found.values()),
    )
