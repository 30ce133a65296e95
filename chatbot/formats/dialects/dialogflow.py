"""Dialogflow ES: an agent's export, with `X.json` and `X_usersays_en.json` per intent."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from chatbot.formats.documents import Document
from chatbot.formats.format import Copies, Format, names_in, objects, size, string, strings
from chatbot.formats.gathering import Gathering

_PHRASES = re.compile(r"(.+)_usersays_([A-Za-z-]+)$")
_ENTRIES = re.compile(r"(.+)_entries_[A-Za-z-]+$")
_TYPED = re.compile(r"@[\w.-]+:(\w[\w-]*)|@(?:sys\.)?([\w-]+)")
"""In a template phrase: `@sys.geo-city:city`, or `@city`."""


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
    for document in documents:
        if found := _PHRASES.match(document.path.stem):
            items = objects(document.json)
            phrases.setdefault(found[1], {})[found[2]] = items
            texts[found[2]] += len(items)
        elif (entries := _ENTRIES.match(document.path.stem)) and isinstance(document.json, list):
            values = {
                string(each.get("value")): strings(each.get("synonyms"))
                for each in objects(document.json)
            }
            into.entities.declare(entries[1], values)
    language = into.language(texts, default) or default
    for document in documents:
        if _is_intent(document):
            own = phrases.get(document.path.stem, {}).get(language or "", [])
            _read_intent(document.object, own, language, default, into)


def _read_intent(
    intent: dict[str, Any],
    phrases: list[dict[str, Any]],
    language: str | None,
    default: str | None,
    into: Gathering,
) -> None:
    embedded = objects(intent.get("userSays"))  # exports of 2016 and 2017
    examples = [text for phrase in [*phrases, *embedded] if (text := _phrase(phrase, into))]
    replies = list(_replies(intent, language, default, into))
    into.note(
        "contexts were left out", size(intent.get("contexts")), names_in(intent.get("contexts"))
    )
    into.note("events were left out", size(intent.get("events")), names_in(intent.get("events")))
    into.note(
        "webhook calls were left out",
        intent.get("webhookUsed") is True,
        [string(intent.get("name"))],
    )
    into.note(
        "follow-up intents no longer wait for the intent they follow", bool(intent.get("parentId"))
    )
    if intent.get("fallbackIntent") is True and size(intent.get("contexts")):
        # Said to everybody, "How many pizzas, please?" would answer any message.
        what = "fallback intents that wait for a context were left out"
        into.note(what, 1, [string(intent.get("name"))])
    elif intent.get("fallbackIntent") is True:
        into.add_fallback(replies, examples)
    else:
        into.add(string(intent.get("name")), examples, replies)


def _phrase(phrase: dict[str, Any], into: Gathering) -> str:
    """Join the parts of a phrase; in a template, an entity's name replaces its value."""
    parts = objects(phrase.get("data"))
    text = "".join(string(part.get("text")) for part in parts)
    marked = [part for part in parts if part.get("meta") not in (None, "", "@sys.ignore")]
    if phrase.get("isTemplate") is not True:
        return "".join(
            into.entities.mark(string(part.get("text")), string(part.get("meta")))
            if part in marked
            else string(part.get("text"))
            for part in parts
        )
    plain, found = _TYPED.subn(lambda m: (m[1] or m[2]).replace("-", " "), text)
    if found and not _TYPED.sub("", text).strip():
        into.note("patterns that are only a placeholder were left out", 1, [text])
        return ""
    into.note("placeholders in patterns became their names", found, [text])
    return plain


def _replies(
    intent: dict[str, Any], language: str | None, default: str | None, into: Gathering
) -> Iterator[str]:
    for response in objects(intent.get("responses")):
        into.note(
            "contexts were left out",
            size(response.get("affectedContexts")),
            names_in(response.get("affectedContexts")),
        )
        into.note(
            "parameters were left out",
            size(response.get("parameters")),
            names_in(response.get("parameters")),
        )
        action = string(response.get("action"))
        into.note("actions were left out", bool(action), [action])
        yield from strings(response.get("speech"))  # exports of 2016
        messages = response.get("messages")
        for message in objects(messages):
            if (message.get("lang") or default or language) != language:
                into.note("replies in another language were left out")
            elif "speech" in message:
                for text in strings(message["speech"]):
                    into.note("parameters in replies ($name) stay as written", "$" in text, [text])
                    yield text
            else:
                into.note("cards, buttons and the like in replies were left out")


FORMAT = Format(
    "Dialogflow ES",
    _recognises,
    _read,
    "Its examples are in files named …_usersays_en.json: name the agent's folder or zip",
    copies=Copies.NONE,
)
