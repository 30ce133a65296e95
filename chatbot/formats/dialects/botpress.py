"""Botpress (up to version 12): one file per intent, and the entries of its QnA module.

Of each entry `qna/ID.json` it generates an intent `__qna__ID` with the same questions; that is no
intent of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from chatbot.formats.annotations import marked
from chatbot.formats.documents import Document
from chatbot.formats.format import Format, objects, string, strings
from chatbot.formats.gathering import MOST_EXAMPLES, Gathering

_GENERATED = "__qna__"
_RANDOM = re.compile(r"^(?=[a-z]*\d|[a-z]{10}_)[a-z0-9]{3,12}_(?=\w)")
"""The random beginning of an entry's ID: `k3x9_hours`."""
_CONTENT = "#!"
"""A reply that names an element of the content manager instead of saying something."""


def _recognises(document: Document) -> bool:
    return next(_items(document), None) is not None or bool(
        document.inside and (_is_entity(document.object) or next(_elements(document), None))
    )


def _is_entity(data: dict[str, Any]) -> bool:
    return data.get("type") in ("list", "pattern") and ("occurrences" in data or "pattern" in data)


def _elements(document: Document) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the texts of the content manager by their ID."""
    if "content-elements" in document.path.parts[:-1]:
        for each in objects(document.json):
            form = each.get("formData")
            if string(each.get("id")) and isinstance(form, dict):
                yield string(each["id"]), form


def _items(document: Document) -> Iterator[dict[str, Any]]:
    """Yield intents and QnA entries: a file holds one, or a list of them."""
    data = document.json
    items = objects(data if isinstance(data, list) else [data])
    for item in [*items, *objects(document.object.get("qnas"))]:
        if _by_language(item):
            yield item


def _by_language(item: dict[str, Any]) -> dict[str, list[str]]:
    """Return the examples of an intent or QnA entry by language; none for anything else."""
    data = item.get("data")
    found = item.get("utterances")
    if isinstance(data, dict) and "answers" in data:
        found = data.get("questions")
    if not isinstance(found, dict) or not all(isinstance(v, list) for v in found.values()):
        return {}
    return {language: strings(texts) for language, texts in found.items()}


def _read(documents: Sequence[Document], into: Gathering) -> None:
    for document in documents:
        document.refuse_repeated_keys()
    found = [(_name(document, item), item) for document in documents for item in _items(document)]
    entries = {f"{_GENERATED}{name}" for name, item in found if _answers(item) is not None}
    twins = [name for name, _ in found if name in entries]
    into.note("intents generated from entries that were read were left out", len(twins), twins)
    found = [(name, item) for name, item in found if name not in entries]
    texts: Counter[str] = Counter()
    shown: dict[str, list[str]] = {}
    for _, item in found:
        for name, said in _by_language(item).items():
            texts[name] += len(said)
            shown.setdefault(name, []).extend(said[:MOST_EXAMPLES])
    language = into.language(texts, None, shown) or ""
    elements = dict(element for document in documents for element in _elements(document))
    entities = {
        string(document.object.get("name") or document.object.get("id")): document.object
        for document in documents
        if _is_entity(document.object)
    }
    slots = (slot for _, item in found for slot in objects(item.get("slots")))
    used = {entity for slot in slots for entity in strings(slot.get("entities"))}
    unused = [name for name in entities if name not in used]
    into.note("entities that no slot has were left out", len(unused), unused)
    tags = _tags([name for name, _ in found])
    for name, item in found:
        examples = [marked(text, into) for text in _by_language(item).get(language, [])]
        own = objects(item.get("slots"))
        left = [string(slot.get("name")) for slot in own if not _declare(slot, entities, into)]
        into.note("slots were left out", len(left), left)
        contexts = [name for name in strings(item.get("contexts")) if name != "global"]
        into.note("contexts were left out", len(contexts), contexts)
        data = item.get("data")
        if isinstance(data, dict) and data.get("enabled") is False:
            into.note("intents that are switched off were left out", 1, [name])
            continue
        replies = strings((_answers(item) or {}).get(language))
        said = [t for reply in replies for t in _said(reply, elements, language, into)]
        leads = isinstance(data, dict) and bool(data.get("redirectFlow"))
        into.note("answers that lead to a flow were left out", leads, [name])
        into.add(tags[name], examples, said)


def _said(
    reply: str, elements: dict[str, dict[str, Any]], language: str, into: Gathering
) -> list[str]:
    """Return the texts of a reply: itself, or those of the element that it names."""
    if not reply.startswith(_CONTENT):
        return [reply]
    form = elements.get(reply.removeprefix(_CONTENT), {})
    texts = [t for key in ("text", "variations") for t in strings(form.get(f"{key}${language}"))]
    what = "replies that are elements of another file were left out"
    into.note(what, not texts, [reply])
    return texts


def _declare(slot: dict[str, Any], entities: dict[str, dict[str, Any]], into: Gathering) -> bool:
    """Add a slot with the values of its entities; say whether anything is known of it."""
    name = string(slot.get("name"))
    for entity in strings(slot.get("entities")):
        described = entities.get(entity, {})
        listed = {
            string(each.get("name")): strings(each.get("synonyms"))
            for each in objects(described.get("occurrences"))
        }
        into.entities.declare(name, listed, string(described.get("pattern")))
        into.entities.declare(entity, called=name)
    return into.entities.has(name)


def _name(document: Document, item: dict[str, Any]) -> str:
    return string(item.get("name")) or string(item.get("id")) or document.path.stem


def _answers(item: dict[str, Any]) -> dict[str, Any] | None:
    """Return the answers of a QnA entry by language; None for anything else."""
    data = item.get("data")
    answers = data.get("answers") if isinstance(data, dict) else None
    return answers if isinstance(answers, dict) else None


def _tags(names: Sequence[str]) -> dict[str, str]:
    """Return a tag for each name: without the random letters before it, if that is unique."""
    short = {name: _RANDOM.sub("", name.removeprefix(_GENERATED)) or name for name in names}
    counts = Counter(short.values())
    return {name: tag if counts[tag] == 1 else name for name, tag in short.items()}


FORMAT = Format("Botpress", _recognises, _read)
