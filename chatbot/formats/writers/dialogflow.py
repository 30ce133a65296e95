"""Writes an agent of Dialogflow ES: files of intents, their phrases, and entities."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from chatbot.formats.naming import unique
from chatbot.formats.writers.slots import entity_names, note_losses, used, with_references
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

_FALLBACK = "Default Fallback Intent"
_NO_FILE = re.compile(r"[^\w ()+,-]+|_(?=usersays_|entries_)")
"""What a file's name may not have on some system, or what would make it another kind of file."""
_NO_ENTITY = re.compile(r"[^\w-]+")
_KINDS: dict[SlotKind, str] = {
    "number": "@sys.number", "date": "@sys.date", "time": "@sys.time", "email": "@sys.email",
    "duration": "@sys.duration", "money": "@sys.unit-currency", "url": "@sys.url",
    "phone": "@sys.phone-number",
}  # fmt: skip
_MOST_FILE_NAME = 80
_MOST_INTENTS = 2_000


def write(intents: Intents) -> Written:
    """Return the intents as the files of an agent."""
    notes = losses(intents, contexts=False, slots=False, needs=False)
    note_language(notes)
    writer = _Writer(intents)
    note_losses(intents, writer.entities, notes)
    notes["slots that answers use without asking for them were left out"] += sum(
        not use.required for intent in intents.intents for use in intent.slots
    )
    agent = {"description": "", "language": LANGUAGE, "supportedLanguages": []}
    files = [("agent.json", as_json(agent)), ("package.json", as_json({"version": "1.0.0"}))]
    for intent in intents.intents:
        note_slots(intent.responses, notes)
        marked = sum("$" in reply for reply in intent.responses)
        notes["replies contain $, which Dialogflow reads as a parameter"] += marked
        if intent is not intents.fallback:
            files += writer.intent(intent)
    replies = intents.fallback.responses if intents.fallback is not None else ()
    if replies or intents.out_of_scope:
        fallback = Intent(_FALLBACK, intents.out_of_scope, replies)
        files += writer.intent(fallback, is_fallback=True)
    notes["Dialogflow takes at most {most} intents"] += max(0, len(intents.intents) - _MOST_INTENTS)
    files += writer.entity_files()
    most = f"{_MOST_INTENTS:,}"
    return written("", notes, tuple(files), program="Dialogflow", most=most)


class _Writer:
    """Writes the files of intents and entities."""

    def __init__(self, intents: Intents) -> None:
        self.entities = entity_names(intents.slots, _NO_ENTITY)
        """By slot."""
        self._slots = intents.slots
        self._files: set[str] = set()

    def intent(self, intent: Intent, *, is_fallback: bool = False) -> list[tuple[str, str]]:
        """Return the files of an intent."""
        name = intent.tag
        # In lower case: some systems do not tell A.json from a.json.
        file = unique(_NO_FILE.sub("-", name.casefold())[:_MOST_FILE_NAME].strip(), self._files)
        self._files.add(file)
        speech = [with_references(reply, self.entities, "$%") for reply in intent.responses]
        message = {"type": "0", "lang": LANGUAGE, "speech": speech}
        affected = [{"name": each.name, "lifespan": each.turns} for each in intent.context_set]
        response = {
            "affectedContexts": affected,
            "parameters": [self._parameter(slot, intent) for slot in used(intent, self._slots)],
            "messages": [message],
        }
        data: dict[str, Any] = {
            "id": _id(name),
            "name": name,
            "auto": True,
            "contexts": list(intent.context_filter),
            "responses": [response],
            "priority": 500_000,
            "webhookUsed": False,
            "fallbackIntent": is_fallback,
            "events": [],
        }
        said = [
            {"id": _id(name, text), "data": self._parts(intent, text), "isTemplate": False}
            for text in intent.patterns
        ]
        files = [(f"intents/{file}.json", as_json(data))]
        if said:
            files.append((f"intents/{file}_usersays_{LANGUAGE}.json", as_json(said)))
        return files

    def entity_files(self) -> Iterator[tuple[str, str]]:
        """Yield the files of the entities; those of a kind are Dialogflow's own."""
        for slot in self._slots:
            if slot.kind is not None:
                continue
            name, is_regex = self.entities[slot.name], bool(slot.regex and not slot.values)
            entity = {
                "id": _id("entity", name),
                "name": name,
                "isOverridable": True,
                "isEnum": False,
                "isRegexp": is_regex,
                "automatedExpansion": not slot.closed,
            }
            entries = [
                {"value": each.value, "synonyms": list(each.texts)} for each in slot.values
            ] or [{"value": slot.regex, "synonyms": [slot.regex]}] * is_regex
            yield f"entities/{name}.json", as_json(entity)
            if entries:
                yield f"entities/{name}_entries_{LANGUAGE}.json", as_json(entries)

    def _parts(self, intent: Intent, text: str) -> list[dict[str, Any]]:
        slots = {slot.name: slot for slot in self._slots}
        return [
            {"text": part, "userDefined": False}
            if span is None
            else {
                "text": part,
                "alias": self.entities[span.slot],
                "meta": self._type(slots[span.slot]),
                "userDefined": True,
            }
            for part, span in parts_of(intent, text)
        ]

    def _type(self, slot: Slot) -> str:
        return _KINDS[slot.kind] if slot.kind is not None else f"@{self.entities[slot.name]}"

    def _parameter(self, slot: Slot, intent: Intent) -> dict[str, Any]:
        name = self.entities[slot.name]
        use = next((use for use in intent.slots if use.name == slot.name), None)
        asked = use.ask if use is not None else ()
        prompts = [with_references(text, self.entities, "$%") for text in asked]
        return {
            "id": _id(intent.tag, name),
            "name": name,
            "required": use is not None and use.required,
            "dataType": self._type(slot),
            "value": f"${name}",
            "prompts": [{"lang": LANGUAGE, "value": text} for text in prompts],
            "isList": False,
        }


def _id(*parts: str) -> str:
    """Return an ID that is the same each time."""
    return str(uuid5(NAMESPACE_URL, "\n".join(parts)))
