"""LUIS, and its successor CLU: an app's export in JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chatbot.formats.documents import Document
from chatbot.formats.entity_marks import marks_in
from chatbot.formats.format import Format, names_in, objects, string, strings
from chatbot.formats.gathering import Gathering
from chatbot.formats.slotted import expanded

_NOT_CARRIED = {
    "entities": "entities were left out",
    "closedLists": "entities were left out",
    "composites": "entities were left out",
    "hierarchicals": "entities were left out",
    "prebuiltEntities": "entities were left out",
    "patternAnyEntities": "entities were left out",
    "regex_features": "regular expressions were left out",
    "model_features": "phrase lists were left out",
    "phraselists": "phrase lists were left out",
}


def _recognises(document: Document) -> bool:
    app = document.object
    return "luis_schema_version" in app or (
        "projectFileVersion" in app and isinstance(app.get("assets"), dict)
    )


def _read(documents: Sequence[Document], into: Gathering) -> None:
    for document in documents:
        document.refuse_repeated_keys()
        app = document.object
        assets = app.get("assets")
        if isinstance(assets, dict):  # CLU
            app = assets
        _read_app(app, into)


def _read_app(app: dict[str, Any], into: Gathering) -> None:
    for utterance in objects(app.get("utterances")):
        text = string(utterance.get("text"))
        entities = utterance.get("entities")
        is_clu = any("offset" in entity for entity in objects(entities))
        marks = (
            marks_in(entities, "offset", "length", into, text)
            if is_clu
            else marks_in(entities, "startPos", "endPos", into, text, inclusive=True)
        )
        into.add(string(utterance.get("intent")), [into.entities.marked(text, marks)])
    values = {
        string(each.get("name")): _declared(each, into) for each in objects(app.get("closedLists"))
    }
    for each in objects(app.get("regex_entities")):
        name = string(each.get("name"))
        kept = into.entities.declare(name, regex=string(each.get("regexPattern")))
        into.note("regular expressions were left out", not kept, [name])
    for pattern in objects(app.get("patterns")):
        texts = expanded(string(pattern.get("pattern")), values, into)
        into.add(string(pattern.get("intent")), texts)
    for key, what in _NOT_CARRIED.items():
        left = [name for name in names_in(app.get(key)) if not into.entities.has(name)]
        into.note(what, len(left), left)


def _declared(entity: dict[str, Any], into: Gathering) -> list[str]:
    """Add a list of values with their synonyms; return the values."""
    lists = objects(entity.get("subLists"))
    values = {string(each.get("canonicalForm")): strings(each.get("list")) for each in lists}
    into.entities.declare(string(entity.get("name")), values)
    return [value for value in values if value.strip()]


FORMAT = Format("LUIS", _recognises, _read)
