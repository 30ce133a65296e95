"""LUIS, and its successor CLU: an app's export in JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chatbot.formats.documents import Document
from chatbot.formats.format import Format, names_in, objects, size, string
from chatbot.formats.gathering import Gathering
from chatbot.formats.slotted import expanded

_NOT_CARRIED = {
    "entities": "entities were left out",
    "closedLists": "entities were left out",
    "composites": "entities were left out",
    "hierarchicals": "entities were left out",
    "prebuiltEntities": "entities were left out",
    "patternAnyEntities": "entities were left out",
    "regex_entities": "regular expressions were left out",
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
        into.note(
            "entity annotations became plain text",
            size(utterance.get("entities")),
            names_in(utterance.get("entities")),
        )
        into.add(string(utterance.get("intent")), [string(utterance.get("text"))])
    for pattern in objects(app.get("patterns")):
        texts = expanded(string(pattern.get("pattern")), {}, into)
        into.add(string(pattern.get("intent")), texts)
    for key, what in _NOT_CARRIED.items():
        into.note(what, size(app.get(key)), names_in(app.get(key)))


FORMAT = Format("LUIS", _recognises, _read)
