"""The JSON Schema of the intents file, generated from its types, for editors to check and help.

`python -m chatbot.intents.schema` writes it beside this module; a test compares the two.
"""

from __future__ import annotations

import json
from dataclasses import MISSING, Field, fields
from pathlib import Path
from typing import Any

from chatbot.common import write_atomically
from chatbot.intents.conditions import DAYS
from chatbot.intents.contexts import MOST_TURNS
from chatbot.intents.slot_types import KINDS, EntryAction, Slot
from chatbot.intents.types import Intent, IntentTest

SCHEMA_FILE = Path(__file__).with_name("intents.schema.json")

_TYPES: dict[str, dict[str, Any]] = {
    "str": {"type": "string", "pattern": r"\S"},
    "str | None": {"type": ["string", "null"]},
    "tuple[str, ...]": {"type": "array", "items": {"type": "string"}},
    "bool": {"type": ["boolean", "null"]},
}
_NAMES: dict[str, Any] = {"type": ["string", "array", "null"], "items": {"type": "string"}}
_TURNS: dict[str, Any] = {
    "type": ["string", "array", "object", "null"],
    "items": {"type": "string"},
    "additionalProperties": {"type": "integer", "minimum": 0, "maximum": MOST_TURNS},
}
_TEXTS: dict[str, Any] = {"type": ["string", "array"], "items": {"type": "string"}}
_WHEN: dict[str, Any] = {
    "description": "What must hold for the reply to be given, all of it.",
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "slots": {
            "description": "By name of the slot: the values that it may have; or true where it "
            "must be known, false where it must not.",
            "type": "object",
            "additionalProperties": {"type": ["string", "array", "boolean"]},
        },
        "context": {"description": "Contexts that are active.", **_TEXTS},
        "hour": {
            "description": 'Hours of the day, such as "6-11"; "22-5" goes over midnight.',
            "type": ["string", "integer", "array"],
            "items": {"type": ["string", "integer"]},
        },
        "day": {"description": f"{', '.join(DAYS)}, weekday or weekend.", **_TEXTS},
        "language": {"description": "Codes of the interface's language, such as en.", **_TEXTS},
    },
}
_REPLIES: dict[str, Any] = {
    "type": "array",
    "items": {
        "anyOf": [
            {"type": "string"},
            {
                "type": "object",
                "required": ["text"],
                "additionalProperties": False,
                "properties": {
                    "text": {"description": "One message, or a list of several.", **_TEXTS},
                    "when": _WHEN,
                },
            },
        ]
    },
}
_QUESTIONS: dict[str, Any] = {"type": ["string", "array", "null"], "items": {"type": "string"}}
_USES: dict[str, Any] = {
    "type": ["string", "array", "object", "null"],
    "items": {"type": "string"},
    "additionalProperties": {
        "type": ["string", "array", "object", "null"],
        "items": {"type": "string"},
        "properties": {
            "ask": {"description": "Questions, of which one is asked.", **_QUESTIONS},
            "required": {
                "description": "Whether it is asked for where it is not known; true by default.",
                "type": ["boolean", "null"],
            },
        },
    },
}
_VALUES: dict[str, Any] = {
    "type": ["array", "object", "null"],
    "items": {"type": "string"},
    "additionalProperties": _QUESTIONS,
}
_ENTRIES: dict[str, Any] = {
    "type": ["object", "null"],
    "additionalProperties": {"enum": [action.value for action in EntryAction]},
}
_WRITTEN: dict[str, dict[str, Any]] = {
    "after": _NAMES,
    "context": _NAMES,
    "context_filter": _NAMES,
    "entries": _ENTRIES,
    "context_set": _TURNS,
    "responses": _REPLIES,
    "slots": _USES,
    "values": _VALUES,
    "kind": {"enum": [*KINDS, None]},
}
"""Fields that files write in more than one way."""

"""The JSON of each type that a field may have; a tag must hold more than blanks."""


def schema() -> dict[str, Any]:
    """Return the schema (draft 2020-12). Unknown keys are allowed: files in the wild have them."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Intents of a chatbot",
        "description": "What people may want, how they say it, and what the bot answers.",
        "type": "object",
        "required": ["intents"],
        "properties": {
            "intents": {
                "type": "array",
                "minItems": 1,
                "items": _object(Intent),
            },
            "tests": {
                "description": "Messages whose answers must always hold; asked of every model.",
                "type": "array",
                "items": _object(IntentTest),
            },
            "out_of_scope": {
                "description": "Messages that the bot cannot answer: they, and what is alike, get "
                "the fallback reply. None are needed.",
                **_TYPES["tuple[str, ...]"],
            },
            "slots": {
                "description": "What messages name, a city or a date, by name. In patterns {city} "
                "stands for any of its values, and [Hanoi](city) marks one.",
                "type": ["object", "null"],
                "additionalProperties": _slot(),
            },
            "silenced": {
                "description": "Findings of the check that are not shown again; the editor writes "
                "them.",
                **_TYPES["tuple[str, ...]"],
            },
        },
    }


def _slot() -> dict[str, Any]:
    """Return the schema of a declared slot: an object, or null where patterns say it all."""
    described = _object(Slot)
    del described["required"]  # its name is the key
    return {**described, "type": ["object", "null"]}


def _object(kind: type[Intent] | type[IntentTest] | type[Slot]) -> dict[str, Any]:
    """Return the schema of an object with the fields of a class."""
    properties = {
        field.name: {"description": field.metadata["description"], **_json_of(field)}
        for field in fields(kind)
        if "description" in field.metadata  # the others are not in the file
    }
    required = [field.name for field in fields(kind) if field.default is MISSING]
    return {"type": "object", "required": required, "properties": properties}


def _json_of(field: Field[Any]) -> dict[str, Any]:
    return _WRITTEN.get(field.name) or _TYPES[str(field.type)]


def main() -> None:
    """Write the schema file."""
    text = json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"
    write_atomically(SCHEMA_FILE, text.encode())


if __name__ == "__main__":
    main()
