"""Rasa's JSON: `{"rasa_nlu_data": {"common_examples": [{"text", "intent", "entities"}]}}`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatbot.formats.documents import Document
from chatbot.formats.format import names_in, objects, size, string
from chatbot.formats.gathering import Gathering

if TYPE_CHECKING:
    from chatbot.formats.dialects.rasa import Project

_NOT_CARRIED = {
    "entity_synonyms": "entity synonyms were left out",
    "regex_features": "regular expressions were left out",
    "lookup_tables": "lookup tables were left out",
}


def recognises(document: Document) -> bool:
    """Tell whether this is Rasa's JSON."""
    return "rasa_nlu_data" in document.object


def read(document: Document, project: Project, into: Gathering) -> None:
    """Add the examples to a project; entities are listed beside the text, not marked in it."""
    document.refuse_repeated_keys()
    data = document.object["rasa_nlu_data"]
    data = data if isinstance(data, dict) else {}
    for key in ("common_examples", "intent_examples"):
        for example in objects(data.get(key)):
            intent, text = string(example.get("intent")), string(example.get("text"))
            into.note(
                "entity annotations became plain text",
                size(example.get("entities")),
                names_in(example.get("entities")),
            )
            if intent and text:
                # A bracket here is a bracket: unlike in YAML, it marks no entity.
                project.examples.setdefault(intent, []).append(text)
            else:
                into.note("examples without an intent were left out")
    for key, what in _NOT_CARRIED.items():
        into.note(what, size(data.get(key)), names_in(data.get(key)))
