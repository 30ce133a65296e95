"""Dialogflow ES: an agent's export, with `X.json` and `X_usersays_en.json` per intent."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from chatbot.formats.documents import Document
from chatbot.formats.entities import slot_name
from chatbot.formats.format import Copies, Format, names_in, objects, size, string, strings
from chatbot.formats.gathering import MOST_EXAMPLES, Gathering
from chatbot.intents import Context, SlotUse

_PHRASES = re.compile(r"(.+)_usersays_([A-Za-z-]+)$")
_ENTRIES = re.compile(r"(.+)_entries_([A-Za-z-]+)$")
_TYPED = re.compile(r"@[\w.-]+:(\w[\w-]*)|@(?:sys\.)?([\w-]+)")
"""In a template phrase: `@sys.geo-city:city`, or `@city`."""
_PARAMETER = re.compile(r"(?:\$|#[\w-]+\.)([^\W\d][\w-]*)(?:\.original)?")
"""In a reply: `$city`, `#order.city`, `$city.original`."""
TURNS = 5
"""Messages that a context lasts where nothing is said."""
MOST_TURNS = 1_000
"""The most that ours last."""


def _recognises(document: Document) -> bool:
    return (
        _is_agent(document) or _is_intent(document) or _is_entity(document) or _is_phrases(document)
    )


def _is_agent(document: Document) -> bool:
    agent = document.object
    return "supportedLanguages" in agent or {"defaultMinConfidence", "language"} <= agent.keys()


def _is_intent(document: Document) -> bool:
    intent = document.object
    return "name" in intent and (
        "fallbackIntent" in intent
        or "webhookUsed" in intent
        or any("affectedContexts" in response for response in objects(intent.get("responses")))
    )


def _is_entity(document: Document) -> bool:
    return "isEnum" in document.object or (
        _ENTRIES.match(document.path.stem) is not None and isinstance(document.json, list)
    )


def _is_phrases(document: Document) -> bool:
    return _PHRASES.match(document.path.stem) is not None and isinstance(document.json, list)


def _read(documents: Sequence[Document], into: Gathering) -> None:
    for document in documents:
        document.refuse_repeated_keys()
    agent = next((d.object for d in documents if _is_agent(d)), {})
    default = string(agent.get("language")) or None
    phrases: dict[str, dict[str, list[dict[str, Any]]]] = {}
    texts: Counter[str] = Counter()
    examples: dict[str, list[str]] = {}
    for document in documents:
        if found := _PHRASES.match(document.path.stem):
            items = objects(document.json)
            phrases.setdefault(found[1], {})[found[2]] = items
            texts[found[2]] += len(items)
            examples.setdefault(found[2], []).extend(map(_text, items[:MOST_EXAMPLES]))
    language = into.language(texts, default, examples) or default
    _declare(documents, language, into)
    reader = _Reader(language, default, dict(_parameters(documents, into)), into)
    for document in filter(_is_intent, documents):
        own = phrases.get(document.path.stem, {}).get(language or "", [])
        reader.read(document.object, own)


def _declare(documents: Sequence[Document], language: str | None, into: Gathering) -> None:
    """Add the values of the entities: in this language where there are several."""
    expressions = {
        string(document.object.get("name"))
        for document in documents
        if document.object.get("isRegexp") is True
    }
    listed: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for document in documents:
        if (found := _ENTRIES.match(document.path.stem)) and isinstance(document.json, list):
            listed.setdefault(found[1], {})[found[2]] = objects(document.json)
    for name, by_language in listed.items():
        entries = by_language.get(language or "") or next(iter(by_language.values()))
        if name in expressions:
            regex = "|".join(string(entry.get("value")) for entry in entries)
            kept = into.entities.declare(name, regex=regex)
            into.note("regular expressions were left out", not kept, [regex])
        else:
            values = {string(e.get("value")): strings(e.get("synonyms")) for e in entries}
            into.note("entities were left out", not into.entities.declare(name, values), [name])


def _parameters(documents: Sequence[Document], into: Gathering) -> Iterator[tuple[str, str]]:
    """Yield the parameters of all intents with the slots that their entities are."""
    own = {slot_name(string(d.object.get("name"))) for d in documents if _is_entity(d)}
    for document in filter(_is_intent, documents):
        for response in objects(document.object.get("responses")):
            for each in objects(response.get("parameters")):
                name, entity = string(each.get("name")), string(each.get("dataType"))
                slot = into.entities.slot_of(name, entity)
                if name and (slot in own or into.entities.has(slot)):
                    yield name, slot


def _text(phrase: dict[str, Any]) -> str:
    return "".join(string(part.get("text")) for part in objects(phrase.get("data")))


def _contexts_set(response: dict[str, Any]) -> Iterator[Context]:
    for each in objects(response.get("affectedContexts")):
        turns = each.get("lifespan", TURNS)
        whole = turns if isinstance(turns, int) else TURNS
        yield Context(string(each.get("name")), min(max(whole, 0), MOST_TURNS))


class _Reader:
    """Reads intents in one language."""

    def __init__(
        self, language: str | None, default: str | None, slots: dict[str, str], into: Gathering
    ) -> None:
        self._language, self._default, self._into = language, default, into
        self._slots = slots
        """What becomes of the parameters, by name."""

    def read(self, intent: dict[str, Any], phrases: list[dict[str, Any]]) -> None:
        """Add an intent with its phrases."""
        into, name = self._into, string(intent.get("name"))
        embedded = objects(intent.get("userSays"))  # exports of 2016 and 2017
        examples = [text for each in [*phrases, *embedded] if (text := self._phrase(each))]
        replies = list(self._replies(intent))
        needed = strings(intent.get("contexts"))
        responses = objects(intent.get("responses"))
        events = intent.get("events")
        into.note("events were left out", size(events), names_in(events))
        into.note("webhook calls were left out", intent.get("webhookUsed") is True, [name])
        if intent.get("fallbackIntent") is True and needed:
            # Said to everybody, "How many pizzas, please?" would answer any message.
            into.note("fallback intents that wait for a context were left out", 1, [name])
        elif intent.get("fallbackIntent") is True:
            into.add_fallback(replies, examples)
        else:
            into.add(name, examples, replies)
            into.add_contexts(name, (c for r in responses for c in _contexts_set(r)), needed)
            into.add_uses(name, (use for r in responses for use in self._uses(r)))

    def _phrase(self, phrase: dict[str, Any]) -> str:
        """Join the parts of a phrase; in a template, an entity's name replaces its value."""
        into, parts, text = self._into, objects(phrase.get("data")), _text(phrase)
        if phrase.get("isTemplate") is not True:
            return "".join(map(self._part, parts))
        plain, found = _TYPED.subn(lambda m: (m[1] or m[2]).replace("-", " "), text)
        if found and not _TYPED.sub("", text).strip():
            into.note("patterns that are only a placeholder were left out", 1, [text])
            return ""
        into.note("placeholders in patterns became their names", found, [text])
        return plain

    def _part(self, part: dict[str, Any]) -> str:
        text, entity = string(part.get("text")), string(part.get("meta"))
        if entity in ("", "@sys.ignore"):
            return text
        slot = self._into.entities.slot_of(string(part.get("alias")), entity)
        return self._into.entities.mark(text, slot)

    def _uses(self, response: dict[str, Any]) -> Iterator[SlotUse]:
        """Yield the slots of required parameters, with the prompts for them."""
        for each in objects(response.get("parameters")):
            slot = self._slots.get(string(each.get("name")))
            if slot is None:
                self._into.note("parameters were left out", 1, names_in([each]))
            elif each.get("required") is True:
                asked = [
                    self._with_slots(string(prompt.get("value")))
                    for prompt in objects(each.get("prompts"))
                    if (prompt.get("lang") or self._language) == self._language
                ]
                yield SlotUse(slot, tuple(filter(str.strip, asked)))

    def _replies(self, intent: dict[str, Any]) -> Iterator[str]:
        into = self._into
        for response in objects(intent.get("responses")):
            action = string(response.get("action"))
            into.note("actions were left out", bool(action), [action])
            yield from strings(response.get("speech"))  # exports of 2016
            for message in objects(response.get("messages")):
                said = strings(message.get("speech"))
                if (message.get("lang") or self._default or self._language) != self._language:
                    into.note("replies in another language were left out", 1, said)
                elif "speech" in message:
                    yield from map(self._with_slots, said)
                else:
                    what = "cards, buttons and the like in replies were left out"
                    into.note(what, 1, names_in([message]) or names_in(message))

    def _with_slots(self, text: str) -> str:
        """Return a reply with the slots in place of parameters."""

        def slot(found: re.Match[str]) -> str:
            name = self._slots.get(found[1])
            return found[0] if name is None else "{" + name + "}"

        said = _PARAMETER.sub(slot, text)
        left = any(found[1] not in self._slots for found in _PARAMETER.finditer(text))
        self._into.note("parameters in replies ($name) stay as written", left, [text])
        return said


FORMAT = Format(
    "Dialogflow ES",
    _recognises,
    _read,
    "Its examples are in files named …_usersays_en.json: name the agent's folder or zip",
    copies=Copies.NONE,
)
