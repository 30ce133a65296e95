"""Wit.ai: an app's export, either today's folder or zip or the single file from before 2020."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from chatbot.formats.documents import Document
from chatbot.formats.entity_marks import marks_in
from chatbot.formats.format import Format, names_in, objects, size, string, strings
from chatbot.formats.gathering import Gathering


def _recognises(document: Document) -> bool:
    if any("text" in item and _is_wit(item) for item in _items(document)):
        return True
    return bool(document.inside) and (_is_about(document.object) or _entity(document) is not None)


def _is_about(data: dict[str, Any]) -> bool:
    """Tell whether this is the app.json of an export."""
    return "zip-command" in data


def _entity(document: Document) -> dict[str, Any] | None:
    """Return an entity of an export, today's or that from before 2020; None for anything else."""
    data = document.object.get("data", document.object)
    if document.path.parent.name != "entities" or not isinstance(data, dict):
        return None
    is_one = data.keys() & {"keywords", "lookups", "values", "roles"} and "name" in data
    return data if is_one else None


def _is_wit(item: dict[str, Any]) -> bool:
    """Tell whether an utterance is Wit's: it has traits, an intent, or an entity called intent."""
    return "traits" in item or "intent" in item or _intent_entity(item) is not None


def _items(document: Document) -> list[dict[str, Any]]:
    if "luis_schema_version" in document.object:
        return []
    return objects(document.object.get("utterances")) or objects(document.object.get("data"))


def _read(documents: Sequence[Document], into: Gathering) -> None:
    for document in documents:
        document.refuse_repeated_keys()
        if (entity := _entity(document)) is not None:
            into.entities.declare(string(entity["name"]), dict(_values(entity)))
    for document in documents:
        for item in _items(document):
            entities = objects(item.get("entities"))
            intent = item.get("intent")
            name = string(intent.get("name") if isinstance(intent, dict) else intent)
            old = _intent_entity(item)
            text = string(item.get("text"))
            own = [
                {**each, "entity": string(each.get("entity")).partition(":")[0]}
                for each in entities
                if each.get("entity") != "intent"
            ]
            marks = marks_in(own, "start", "end", into, text)
            into.note(
                "traits were left out", size(item.get("traits")), names_in(item.get("traits"))
            )
            name = name or string(old).strip('"')
            if name:
                into.add(name, [into.entities.marked(text, marks)])
            else:
                into.note("examples without an intent were left out", 1, [text])


def _values(entity: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Yield the values of an entity with their synonyms."""
    for key, name, others in (
        ("keywords", "keyword", "synonyms"), ("values", "value", "expressions"),
    ):  # fmt: skip
        for each in objects(entity.get(key)):
            yield string(each.get(name)), strings(each.get(others))


def _intent_entity(item: dict[str, Any]) -> str | None:
    """Return the value of the entity called intent, as Wit wrote it until 2020."""
    for entity in objects(item.get("entities")):
        if entity.get("entity") == "intent":
            return string(entity.get("value"))
    return None


FORMAT = Format("Wit.ai", _recognises, _read)
