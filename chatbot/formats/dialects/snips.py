"""Snips NLU: the dataset in JSON, or the YAML that it is made from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from chatbot.formats.documents import Document
from chatbot.formats.format import Format, objects, string, strings, yaml_texts
from chatbot.formats.gathering import Gathering
from chatbot.formats.signatures import kind_of_text
from chatbot.formats.templates import fill, has_slot, is_only_slots
from chatbot.formats.yaml_text import YamlObject

_OWN = "snips/"
"""How the names of Snips' own entities begin."""
_YAML = re.compile(r"^type[ \t]*:[ \t]*[\"']?(intent|entity)\b", re.MULTILINE)
_SLOT = re.compile(r"\[([^\[\]():\n]{1,200})(?::([^\[\]()\n]{1,200}))?\](?:\(([^()\n]{1,500})\))?")
"""`[city:location](Paris)`, `[city](Paris)`; without a text, any value of the entity."""


def _recognises(document: Document) -> bool:
    if document.looks_like_json:
        intents = document.object.get("intents")
        if _is_benchmark(document.object):
            return True
        return isinstance(intents, dict) and any(
            isinstance(intent, dict) and isinstance(intent.get("utterances"), list)
            for intent in intents.values()
        )
    if not _YAML.search(document.text) or kind_of_text(document.text) is not None:
        return False
    if document.is_broken_yaml:
        return "utterances:" in document.text or "values:" in document.text
    described = [item for item in document.yaml if isinstance(item, YamlObject)]
    return any(item.get("type") in ("intent", "entity") for item in described)


def _is_benchmark(data: dict[str, Any]) -> bool:
    """Tell whether intents are lists of utterances by themselves, as in Snips' public data sets."""
    return bool(data) and all(
        isinstance(items, list)
        and len(objects(items)) == len(items) > 0
        and all(objects(item.get("data")) for item in items)
        for items in data.values()
    )


def _read(documents: Sequence[Document], into: Gathering) -> None:
    described: list[dict[str, Any]] = []
    for document in documents:
        if document.looks_like_json:
            document.refuse_repeated_keys()
            dataset = document.object
            if _is_benchmark(dataset):
                dataset = {"intents": {k: {"utterances": v} for k, v in dataset.items()}}
            _read_json(dataset, into)
        else:
            described += [item for item in document.readable_yaml() if isinstance(item, YamlObject)]
    values = {
        string(item.get("name")): _values(item)
        for item in described
        if item.get("type") == "entity"
    }
    for item in described:
        if item.get("type") == "entity":
            into.entities.declare(string(item.get("name")), _synonyms(item))
    left = [name for name, some in values.items() if not some]
    into.note("entities were left out", len(left), left)
    for item in described:
        if item.get("type") == "intent":
            kinds = {
                string(slot.get("name")): string(slot.get("entity"))
                for slot in objects(item.get("slots"))
            }
            utterances = yaml_texts(item.get("utterances"))
            plain = (_plain(u, kinds, values, i, into) for i, u in enumerate(utterances))
            into.add(string(item.get("name")), [text for text in plain if text])


def _read_json(dataset: dict[str, Any], into: Gathering) -> None:
    entities = dataset.get("entities")
    for name, entity in entities.items() if isinstance(entities, dict) else ():
        data = objects(entity.get("data") if isinstance(entity, dict) else None)
        listed = {string(each.get("value")): strings(each.get("synonyms")) for each in data}
        if not name.startswith(_OWN):  # the slots of those have names of their own
            into.entities.declare(name, listed)
    for name, intent in dataset["intents"].items():
        utterances = objects(intent.get("utterances") if isinstance(intent, dict) else None)
        texts = []
        for utterance in utterances:
            chunks = objects(utterance.get("data"))
            texts.append("".join(_chunk(chunk, into) for chunk in chunks))
        into.add(name, texts)
    names = entities.keys() if isinstance(entities, dict) else ()
    left = [n for n in names if not n.startswith(_OWN) and not into.entities.has(n)]
    into.note("entities were left out", len(left), left)


def _chunk(chunk: dict[str, Any], into: Gathering) -> str:
    """Return a part of an utterance: text, or a value that is marked."""
    text, entity = string(chunk.get("text")), string(chunk.get("entity"))
    if not entity:
        return text
    slot = into.entities.slot_of(string(chunk.get("slot_name")), entity)
    return into.entities.mark(text, slot)


def _synonyms(entity: dict[str, Any]) -> dict[str, list[str]]:
    """Return an entity's values with their synonyms."""
    values = entity.get("values")
    groups = map(strings, values) if isinstance(values, list) else ()
    return {group[0]: group[1:] for group in groups if group}


def _values(entity: dict[str, Any]) -> list[str]:
    """Return an entity's values, without synonyms: the first of each group is the value itself."""
    values = entity.get("values")
    first = [strings(value)[:1] for value in values] if isinstance(values, list) else []
    return [value for group in first for value in group]


def _plain(
    text: str,
    kinds: Mapping[str, str],
    values: Mapping[str, Sequence[str]],
    turn: int,
    into: Gathering,
) -> str:
    """Return an utterance as people would say it; empty if it is only a slot."""

    def without_markup(slot: re.Match[str]) -> str:
        kind = slot[2] or kinds.get(slot[1], "") or slot[1]
        if slot[3] is not None:
            return into.entities.mark(slot[3], kind)
        return "{" + slot[1] + "}"

    plain = _SLOT.sub(without_markup, text)
    if not has_slot(plain):
        return plain
    if is_only_slots(plain):
        into.note("patterns that are only a placeholder were left out", 1, [text])
        return ""
    into.note("placeholders in patterns were filled with a value or their name", 1, [text])
    named = {slot[1]: slot[2] or kinds.get(slot[1], "") for slot in _SLOT.finditer(text)}
    return fill(
        plain,
        {slot: values.get(kind, ()) for slot, kind in named.items()},
        turn,
        lambda value, slot: into.entities.mark(value, named.get(slot) or slot),
    )


FORMAT = Format("Snips NLU", _recognises, _read)
