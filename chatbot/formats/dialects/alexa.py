"""Alexa interaction models, and Jovo's language models: samples of intents, by language.

Alexa: `{"interactionModel": {"languageModel": {"intents": [{"name", "samples", "slots"}]}}}`.
Jovo: `{"invocation", "intents": …}` with `phrases`, as a list (2, 3) or by name (4). Both fill
`{slot}` with the values of its type.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from chatbot.formats.documents import Document
from chatbot.formats.format import Copies, Format, objects, size, string, strings
from chatbot.formats.gathering import Gathering
from chatbot.formats.languages import named_in
from chatbot.formats.slotted import filled

_JOVO_MARKS = {"invocation", "inputTypes", "entityTypes", "alexa", "googleAssistant", "dialogflow"}


def _recognises(document: Document) -> bool:
    return _alexa_model(document.object) is not None or _is_jovo(document.object)


def _alexa_model(data: dict[str, Any]) -> dict[str, Any] | None:
    """Return the language model of an interaction model; None if it is none."""
    for key in ("interactionModel", "languageModel"):
        inner = data.get(key)
        if isinstance(inner, dict):
            model = inner.get("languageModel", inner)
            return model if isinstance(model, dict) else {}
    items = objects(data.get("intents"))
    if any("tag" in item or "patterns" in item for item in items):
        return None
    return data if any("slots" in item or "samples" in item for item in items) else None


def _is_jovo(data: dict[str, Any]) -> bool:
    return bool(_JOVO_MARKS & data.keys()) and any(
        "phrases" in intent for _, intent in _named(data.get("intents"))
    )


def _named(value: Any) -> list[tuple[str, dict[str, Any]]]:
    """Return intents or types with their names, from a list of objects or an object by name."""
    if isinstance(value, dict):
        return [(name, item) for name, item in value.items() if isinstance(item, dict)]
    return [(string(item.get("name") or item.get("intent")), item) for item in objects(value)]


def _read(documents: Sequence[Document], into: Gathering) -> None:
    texts: Counter[str] = Counter()
    for document in documents:
        document.refuse_repeated_keys()
        for _, intent in _named(_model(document).get("intents")):
            texts[named_in(document.path)] += size(_samples(intent))
    language = into.language(texts) if any(texts) else ""
    for document in documents:
        if named_in(document.path) == language:
            _read_model(_model(document), into)
            _note_prompts(document.object.get("interactionModel"), into)


def _note_prompts(model: Any, into: Gathering) -> None:
    """Note the questions of an Alexa skill's dialogs."""
    prompts = objects(model.get("prompts")) if isinstance(model, dict) else []
    texts = [string(v.get("value")) for p in prompts for v in objects(p.get("variations"))]
    into.note("questions of dialogs were left out", len(texts), texts)


def _model(document: Document) -> dict[str, Any]:
    model = _alexa_model(document.object)
    return document.object if model is None else model


def _read_model(model: dict[str, Any], into: Gathering) -> None:
    types = {
        name: list(_values(kind.get("values")))
        for key in ("types", "inputTypes", "entityTypes")
        for name, kind in _named(model.get(key))
    }
    synonyms = {
        name: dict(_synonyms(kind.get("values")))
        for key in ("types", "inputTypes", "entityTypes")
        for name, kind in _named(model.get(key))
    }
    for name, intent in _named(model.get("intents")):
        samples = [text for text in _samples(intent) if text.strip()]
        slots = [
            slot for key in ("slots", "inputs", "entities") for slot in _named(intent.get(key))
        ]
        prompts = [text for _, slot in slots for text in strings(slot.get("samples"))]
        what = "samples of the dialogs that ask for slots were left out"
        into.note(what, len(prompts), prompts)
        if not samples:
            into.note("intents without samples were left out", 1, [name])
            continue
        values = {slot: types.get(_type(kind), []) for slot, kind in slots}
        left = [slot for slot, kind in slots if not _declare(slot, kind, synonyms, into)]
        into.note("slots were left out", len(left), left)
        into.add(name, filled(samples, values, into))


def _declare(
    slot: str, kind: dict[str, Any], types: dict[str, dict[str, list[str]]], into: Gathering
) -> bool:
    """Add a slot with the values of its type; say whether anything is known of it."""
    type_ = _type(kind)
    known = into.entities.declare(slot, types.get(type_, {}))
    return into.entities.declare(type_, called=slot) or known


def _synonyms(values: Any) -> Iterable[tuple[str, list[str]]]:
    """Yield the values of a type with their synonyms."""
    for value in values if isinstance(values, list) else ():
        name = value.get("name", value) if isinstance(value, dict) else value
        described = name if isinstance(name, dict) else value if isinstance(value, dict) else {}
        for text in _values([value]):
            yield text, strings(described.get("synonyms"))


def _samples(intent: dict[str, Any]) -> list[str]:
    return strings(intent.get("samples", intent.get("phrases")))


def _type(slot: dict[str, Any]) -> str:
    """Return the name of a slot's type; Jovo may have one per platform."""
    kind = slot.get("type")
    if isinstance(kind, dict):
        kind = next(iter(kind.values()), "")
    return string(kind)


def _values(values: Any) -> Iterable[str]:
    """Yield the values of a type, without their synonyms."""
    for value in values if isinstance(values, list) else ():
        name = value.get("name", value) if isinstance(value, dict) else value
        text = string(name.get("value")) if isinstance(name, dict) else string(name)
        if text.strip():
            yield text


FORMAT = Format(
    "Alexa or Jovo",
    _recognises,
    _read,
    "Its examples are the samples or phrases of the intents: name the file that has them",
    copies=Copies.BY_NAME,
)
