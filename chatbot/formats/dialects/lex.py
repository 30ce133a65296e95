"""Amazon Lex: a bot's export, one JSON file (V1) or a folder or zip with one per intent (V2).

V1: `{"metadata", "resource": {"intents": [{"name", "sampleUtterances", "slots"}]}}`. V2:
`BotLocales/en_US/Intents/NAME/Intent.json`. The closing response is the reply.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from chatbot.formats.documents import Document
from chatbot.formats.entities import slot_name
from chatbot.formats.format import Copies, Format, objects, string, strings
from chatbot.formats.gathering import MOST_EXAMPLES, Gathering
from chatbot.formats.slotted import filled
from chatbot.intents import SlotUse

_FALLBACK = "AMAZON.FallbackIntent"
_LOCALES, _SLOTS = "BotLocales", "Slots"


def _recognises(document: Document) -> bool:
    data = document.object
    if isinstance(data.get("resource"), dict) and isinstance(data.get("metadata"), dict):
        return "intents" in data["resource"] or "sampleUtterances" in data["resource"]
    return _LOCALES in document.path.parts[:-1] or "sampleUtterances" in data


def _read(documents: Sequence[Document], into: Gathering) -> None:
    for document in documents:
        document.refuse_repeated_keys()
    texts: Counter[str] = Counter()
    examples: dict[str, list[str]] = {}
    for document in documents:
        for intent in _intents(document):
            said = list(_utterances(intent))
            texts[_locale(document)] += len(said)
            examples.setdefault(_locale(document), []).extend(said[:MOST_EXAMPLES])
    language = into.language(texts, None, examples) if any(texts) else ""
    chosen = [document for document in documents if _locale(document) == language]
    values = {
        string(kind.get("name")): dict(_values(kind))
        for document in chosen
        for kind in _slot_types(document)
    }
    slots: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for document in chosen:
        parts = document.path.parts
        if _SLOTS in parts[:-1]:  # a file for each slot of an intent, below it
            slots[parts[: parts.index(_SLOTS)]].append(document.object)
    for document in chosen:
        for intent in _intents(document):
            _read_intent(intent, slots[document.path.parts[:-1]], values, into)
        resource = document.object.get("resource")
        if isinstance(resource, dict):
            into.add_fallback(_said(resource.get("clarificationPrompt")))


def _locale(document: Document) -> str:
    parts = document.path.parts
    if _LOCALES in parts[:-2]:
        return parts[parts.index(_LOCALES) + 1]
    resource = document.object.get("resource")
    return string(resource.get("locale")) if isinstance(resource, dict) else ""


def _intents(document: Document) -> list[dict[str, Any]]:
    data = document.object
    resource = data.get("resource")
    if isinstance(resource, dict):
        return objects(resource.get("intents")) or [resource]
    return [data] if "sampleUtterances" in data and "slotTypeName" not in data else []


def _slot_types(document: Document) -> list[dict[str, Any]]:
    resource = document.object.get("resource")
    if isinstance(resource, dict):
        return objects(resource.get("slotTypes"))
    return [document.object] if "slotTypeValues" in document.object else []


def _utterances(intent: dict[str, Any]) -> Iterator[str]:
    for item in intent.get("sampleUtterances") or []:
        yield string(item.get("utterance")) if isinstance(item, dict) else string(item)


def _values(kind: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Yield the values of a slot type with their synonyms."""
    for each in objects(kind.get("enumerationValues")):
        yield string(each.get("value")), strings(each.get("synonyms"))
    for each in objects(kind.get("slotTypeValues")):
        sample = each.get("sampleValue")
        value = string(sample.get("value")) if isinstance(sample, dict) else ""
        yield value, [string(synonym.get("value")) for synonym in objects(each.get("synonyms"))]


def _read_intent(
    intent: dict[str, Any],
    slots: Sequence[dict[str, Any]],
    values: Mapping[str, Mapping[str, list[str]]],
    into: Gathering,
) -> None:
    name = string(intent.get("name"))
    closing = intent.get("intentClosingSetting")
    closing = closing.get("closingResponse") if isinstance(closing, dict) else None
    replies = [*_said(intent.get("conclusionStatement")), *_said(closing)]
    if string(intent.get("parentIntentSignature")) == _FALLBACK:
        into.add_fallback(replies)
        return
    fills: dict[str, list[str]] = {}
    for slot in [*objects(intent.get("slots")), *slots]:
        _read_slot(name, slot, values, fills, into)
    said = [text for text in _utterances(intent) if text.strip()]
    into.note("intents without examples were left out", not said, [name])
    if said:
        into.add(name, filled(said, fills, into), replies)
    acts = [k for k in ("fulfillmentActivity", "dialogCodeHook") if _acts(intent.get(k))]
    into.note("code of intents (Lambda) was left out", len(acts), [name])


def _acts(hook: Any) -> bool:
    """Tell whether an intent runs code."""
    return isinstance(hook, dict) and ("codeHook" in hook or hook.get("enabled") is True)


def _read_slot(
    intent: str,
    slot: dict[str, Any],
    values: Mapping[str, Mapping[str, list[str]]],
    fills: dict[str, list[str]],
    into: Gathering,
) -> None:
    """Add a slot of an intent, and the question for it where it is required."""
    name, kind = string(slot.get("name")), string(slot.get("slotType") or slot.get("slotTypeName"))
    listed = values.get(kind, {})
    kept = into.entities.declare(name, listed)
    kept |= into.entities.declare(kind, called=name)
    into.note("slots were left out", not kept, [name])
    fills[name] = list(listed)
    setting = slot.get("valueElicitationSetting")
    setting = setting if isinstance(setting, dict) else {}
    asked = _said(slot.get("valueElicitationPrompt")) + _said(setting.get("promptSpecification"))
    required = "Required" in (slot.get("slotConstraint"), setting.get("slotConstraint"))
    if kept and required:
        into.add_uses(intent, [SlotUse(slot_name(name), tuple(filter(str.strip, asked)))])
    else:
        into.note("questions for slots were left out", len(asked), asked)


def _said(statement: Any) -> list[str]:
    """Return the texts of a statement or a prompt, in the shapes of V1 and V2."""
    if not isinstance(statement, dict):
        return []
    found = [string(m.get("content")) for m in objects(statement.get("messages"))]
    groups = statement.get("messageGroupsList") or statement.get("messageGroups")
    for group in objects(groups):
        for message in [group.get("message"), *objects(group.get("variations"))]:
            plain = message.get("plainTextMessage") if isinstance(message, dict) else None
            found.append(string(plain.get("value")) if isinstance(plain, dict) else "")
    return [text for text in found if text.strip()]


FORMAT = Format(
    "Amazon Lex",
    _recognises,
    _read,
    "Its examples are the sample utterances of the intents: name the bot's folder or zip",
    copies=Copies.NONE,
)
