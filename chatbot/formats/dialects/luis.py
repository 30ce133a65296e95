"""LUIS, and its successor CLU: an app's export in JSON."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from chatbot.formats.documents import Document
from chatbot.formats.entity_marks import marks_in
from chatbot.formats.format import Format, objects, string, strings
from chatbot.formats.gathering import Gathering
from chatbot.formats.slotted import expanded

_ROLE = re.compile(r"\{([^{}:]{1,200}):[^{}]{1,200}\}")
"""`{city:to}` in a pattern."""
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
            metadata = app.get("metadata")
            default = metadata.get("language") if isinstance(metadata, dict) else None
            app = _in_one_language(assets, string(default), into)
        _read_app(app, into)


def _in_one_language(assets: dict[str, Any], default: str, into: Gathering) -> dict[str, Any]:
    """Return what a CLU project holds, with the utterances of one language."""
    found = objects(assets.get("utterances"))
    named = [string(item.get("language")) or default for item in found]
    examples: dict[str, list[str]] = {}
    for name, item in zip(named, found, strict=True):
        examples.setdefault(name, []).append(string(item.get("text")))
    language = into.language(Counter(named), default or None, examples) if any(named) else ""
    kept = [item for name, item in zip(named, found, strict=True) if name == language]
    return {**assets, "utterances": kept}


def _read_app(app: dict[str, Any], into: Gathering) -> None:
    utterances = objects(app.get("utterances"))
    tests = [string(u.get("text")) for u in utterances if u.get("dataset") == "Test"]
    into.note("utterances for testing were left out", len(tests), tests)
    used = {string(item.get("intent")) for item in [*utterances, *objects(app.get("patterns"))]}
    empty = [name for name in _names(app.get("intents")) if name not in used and name != "None"]
    into.note("intents without examples were left out", len(empty), empty)
    for utterance in utterances:
        if utterance.get("dataset") == "Test":
            continue
        roles = [string(e["role"]) for e in objects(utterance.get("entities")) if e.get("role")]
        into.note("roles and groups of entities were left out", len(roles), roles)
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
    for entity in objects(app.get("entities")):
        _declare_clu(entity, into)
    for entity in objects(app.get("prebuiltEntities")):
        into.entities.declare(f"builtin.{string(entity.get('name'))}")
    for pattern in objects(app.get("patterns")):
        without_roles = _ROLE.sub(r"{\1}", string(pattern.get("pattern")))
        texts = expanded(without_roles, values, into)
        into.add(string(pattern.get("intent")), texts)
    for key, what in _NOT_CARRIED.items():
        left = [name for name in _names(app.get(key)) if not into.entities.has(name)]
        into.note(what, len(left), left)


def _names(items: Any) -> list[str]:
    """Return the names of intents or entities; CLU calls them categories."""
    return [n for e in objects(items) if (n := string(e.get("name")) or string(e.get("category")))]


def _declare_clu(entity: dict[str, Any], into: Gathering) -> None:
    """Add what CLU says of an entity: lists, expressions, prebuilt ones."""
    name, listed, regex = string(entity.get("category")), entity.get("list"), entity.get("regex")
    values: dict[str, list[str]] = {}
    for each in objects(listed.get("sublists") if isinstance(listed, dict) else None):
        texts = [t for s in objects(each.get("synonyms")) for t in strings(s.get("values"))]
        values.setdefault(string(each.get("listKey")), []).extend(texts)
    expressions = [
        string(each.get("regexPattern"))
        for each in objects(regex.get("expressions") if isinstance(regex, dict) else None)
    ]
    if name and (values or expressions):
        into.entities.declare(name, values, "|".join(f"(?:{each})" for each in expressions))
    for each in objects(entity.get("prebuilts")):
        kind = f"prebuilt.{string(each.get('category'))}"
        if name and not values and not expressions:
            into.entities.declare(kind, called=name)


def _declared(entity: dict[str, Any], into: Gathering) -> list[str]:
    """Add a list of values with their synonyms; return the values."""
    lists = objects(entity.get("subLists"))
    values = {string(each.get("canonicalForm")): strings(each.get("list")) for each in lists}
    into.entities.declare(string(entity.get("name")), values)
    return [value for value in values if value.strip()]


FORMAT = Format("LUIS", _recognises, _read)
