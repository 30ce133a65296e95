"""Slots for other programs: what their entities cannot hold, and their names there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from chatbot.formats.naming import unique
from chatbot.intents import Intent, Intents, Slot

_MOST_NAME = 30
"""Characters of an entity's name: Dialogflow takes 30, the others more."""


def entity_names(slots: Iterable[Slot], no_name: re.Pattern[str]) -> dict[str, str]:
    """Return what each slot is called there; `no_name` is what a name may not have."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for slot in slots:
        name = unique(no_name.sub("_", slot.name)[:_MOST_NAME].strip("_"), taken)
        names[slot.name] = name
        taken.add(name)
    return names


def note_losses(intents: Intents, names: Mapping[str, str], notes: Counter[str]) -> None:
    """Note what entities lose: their names, what ours alone say, and what marked values mean."""
    for slot in intents.slots:
        notes["names of slots were changed: letters, digits, _ and -"] += (
            names[slot.name] != slot.name
        )
        notes["slots with values alone, closed to others, are open"] += slot.closed
        notes["values of slots where nobody has said one were left out"] += bool(slot.default)
        notes["expressions of slots that have values were left out"] += bool(
            slot.values and slot.regex
        )
    means = {s.name: {t: v.value for v in s.values for t in v.texts} for s in intents.slots}
    for intent in intents.intents:
        for each in intent.tagged:
            for span in each.spans:
                text = each.text[span.start : span.end]
                known = means.get(span.slot, {}).get(text, text)
                notes["what marked values mean was left out"] += span.value not in (text, known)


def used(intent: Intent, slots: Iterable[Slot]) -> list[Slot]:
    """Return the slots that an intent has to do with, in the order of the file."""
    said = " ".join(intent.responses)
    return [s for s in slots if s.name in intent.slot_names or "{" + s.name + "}" in said]


def with_references(reply: str, names: Mapping[str, str], sign: str) -> str:
    """Return a reply with `{city}` as the other program refers to it; `sign` holds `%` for it."""
    for slot, name in names.items():
        reply = reply.replace("{" + slot + "}", sign.replace("%", name))
    return reply
