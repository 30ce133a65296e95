"""Rasa's JSON: `{"rasa_nlu_data": {"common_examples": [{"text", "intent", "entities"}]}}`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatbot.formats.documents import Document
from chatbot.formats.entity_marks import marks_in
from chatbot.formats.format import objects, string, strings
from chatbot.formats.gathering import Gathering

if TYPE_CHECKING:
    from chatbot.formats.dialects.rasa import Project


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
            if intent and text:
                # A bracket here is a bracket: unlike in YAML, it marks no entity.
                marks = marks_in(example.get("entities"), "start", "end", into, text)
                project.marked.setdefault(intent, []).append(into.entities.marked(text, marks))
            else:
                into.note("examples without an intent were left out", 1, [text or intent])
    for each in objects(data.get("entity_synonyms")):
        project.synonyms.setdefault(string(each.get("value")), []).extend(
            strings(each.get("synonyms"))
        )
    for each in objects(data.get("regex_features")):
        name, expression = string(each.get("name")), string(each.get("pattern"))
        project.expressions.setdefault(name, []).append(expression)
    for each in objects(data.get("lookup_tables")):
        values = project.lookups.setdefault(string(each.get("name")), [])
        if isinstance(each.get("elements"), list):
            values += strings(each["elements"])
