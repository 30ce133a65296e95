"""Dialogflow CX: an agent's export as a package of JSON files.

`intents/X/X.json` names an intent, `intents/X/trainingPhrases/en.json` has its phrases. A route
of a flow that asks for an intent and nothing else has its replies.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from chatbot.formats.documents import Document
from chatbot.formats.entities import slot_name
from chatbot.formats.format import Copies, Format, objects, string, strings
from chatbot.formats.gathering import MOST_EXAMPLES, Gathering

_PHRASES, _ENTITIES = "trainingPhrases", "entities"
_NO_MATCH = re.compile(r"sys\.no-match.*")
_PARAMETER = re.compile(r"\$(?:session\.params|page\.params|intent\.params)\.([\w-]+)(?:\.\w+)?")
_FALLBACKS = {"default negative intent", "default fallback intent"}


def _recognises(document: Document) -> bool:
    data = document.object
    if _PHRASES in data:
        return _is_phrases(data)
    if "displayName" not in data and not _is_entries(document):
        return False
    folders = document.path.parts[:-1]
    return (
        "startFlow" in data
        or _is_entries(document)
        or any(name in folders for name in ("intents", "entityTypes", "flows"))
    )


def _is_phrases(data: dict[str, Any]) -> bool:
    return any("parts" in phrase for phrase in objects(data.get(_PHRASES)))


def _is_entries(document: Document) -> bool:
    return "entityTypes" in document.path.parts[:-2] and _ENTITIES in document.object


def _owner(document: Document) -> str:
    """Return the folder of what a file of texts by language belongs to."""
    return document.path.parent.parent.as_posix()


def _read(documents: Sequence[Document], into: Gathering) -> None:
    for document in documents:
        document.refuse_repeated_keys()
    agents = (d.object for d in documents if "startFlow" in d.object)
    default = string(next(agents, {}).get("defaultLanguageCode")) or None
    names = {
        document.path.parent.as_posix(): string(document.object.get("displayName"))
        for document in documents
        if "displayName" in document.object
    }
    texts: Counter[str] = Counter()
    examples: dict[str, list[str]] = {}
    for document in documents:
        if _PHRASES in document.object:
            phrases = objects(document.object[_PHRASES])
            texts[document.path.stem] += len(phrases)
            said = examples.setdefault(document.path.stem, [])
            said += ["".join(_texts(phrase)) for phrase in phrases[:MOST_EXAMPLES]]
    language = into.language(texts, default, examples) or default or ""
    _declare(documents, names, language, into)
    parameters = dict(_parameters(documents, into))
    names_of_slots = {name: slot for found in parameters.values() for name, slot in found.items()}
    replies = _Replies(language, names_of_slots, into)
    for document in documents:
        replies.read(document)
    for document in documents:
        place = _owner(document)
        if _PHRASES not in document.object or document.path.stem != language:
            continue
        name = names.get(place) or document.path.parent.parent.name
        slots = parameters.get(place, {})
        said = [
            "".join(_part(part, slots, into) for part in objects(phrase.get("parts")))
            for phrase in objects(document.object[_PHRASES])
        ]
        if name.casefold() in _FALLBACKS:
            into.add_fallback((), said)
        else:
            into.add(name, said, replies.by_intent.pop(name, []))
    into.add_fallback(replies.fallback)
    left = [text for texts in replies.by_intent.values() for text in texts]
    into.note("replies to intents without phrases were left out", len(left), left)


def _texts(phrase: dict[str, Any]) -> Iterator[str]:
    for part in objects(phrase.get("parts")):
        yield string(part.get("text"))


def _declare(
    documents: Sequence[Document], names: dict[str, str], language: str, into: Gathering
) -> None:
    """Add the entities: lists, or expressions."""
    kinds = {
        document.path.parent.as_posix(): string(document.object.get("kind"))
        for document in documents
        if "kind" in document.object
    }
    for document in documents:
        if not _is_entries(document) or document.path.stem != language:
            continue
        place = _owner(document)
        entries = objects(document.object[_ENTITIES])
        name = names.get(place) or document.path.parent.parent.name
        if kinds.get(place) == "KIND_REGEXP":
            expressions = [f"(?:{string(entry.get('value'))})" for entry in entries]
            kept = into.entities.declare(name, regex="|".join(expressions))
        else:
            listed = {string(e.get("value")): strings(e.get("synonyms")) for e in entries}
            kept = into.entities.declare(name, listed)
        into.note("entities were left out", not kept, [name])


def _parameters(
    documents: Sequence[Document], into: Gathering
) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the slots of the parameters of each intent, by its folder."""
    for document in documents:
        described = objects(document.object.get("parameters"))
        if described and "intents" in document.path.parts:
            found = ((string(each.get("id")), string(each.get("entityType"))) for each in described)
            slots = {name: into.entities.slot_of(name, entity) for name, entity in found}
            yield document.path.parent.as_posix(), slots


def _part(part: dict[str, Any], slots: dict[str, str], into: Gathering) -> str:
    text, parameter = string(part.get("text")), string(part.get("parameterId"))
    return into.entities.mark(text, slots.get(parameter, parameter)) if parameter else text


class _Replies:
    """Collects what routes say: those that ask for an intent alone, and those of no match."""

    def __init__(self, language: str, slots: dict[str, str], into: Gathering) -> None:
        self.by_intent: dict[str, list[str]] = defaultdict(list)
        self.fallback: list[str] = []
        self._language, self._slots, self._into = language, slots, into

    def read(self, document: Document) -> None:
        """Read the routes of a flow, a page or a group."""
        data = document.object
        is_start = document.path.stem == "Default Start Flow" or "flows" not in document.path.parts
        for route in objects(data.get("transitionRoutes")):
            said = list(self._said(route))
            intent = string(route.get("intent"))
            if not said:
                continue
            if "pages" in document.path.parts:
                what = "replies of pages, said only there, were left out"
                self._into.note(what, len(said), said)
            elif intent and not string(route.get("condition")).strip():
                self.by_intent[intent] += [t for t in said if t not in self.by_intent[intent]]
            else:
                self._into.note("replies with conditions were left out", len(said), said)
        for handler in objects(data.get("eventHandlers")):
            said = list(self._said(handler))
            if is_start and not self.fallback and _NO_MATCH.fullmatch(string(handler.get("event"))):
                self.fallback = said
            else:
                self._into.note("replies to other events were left out", len(said), said)

    def _said(self, route: dict[str, Any]) -> Iterator[str]:
        fulfilment = route.get("triggerFulfillment")
        for message in objects(
            fulfilment.get("messages") if isinstance(fulfilment, dict) else None
        ):
            text = message.get("text")
            said = strings(text.get("text") if isinstance(text, dict) else None)
            if string(message.get("languageCode")) not in ("", self._language):
                self._into.note("replies in another language were left out", len(said), said)
            elif said:
                yield from map(self._with_slots, said)
            else:
                what = "cards, buttons and the like in replies were left out"
                self._into.note(what, 1, [key for key in message if key != "languageCode"])

    def _with_slots(self, text: str) -> str:
        return _PARAMETER.sub(
            lambda found: "{" + self._slots.get(found[1], slot_name(found[1])) + "}", text
        )


FORMAT = Format(
    "Dialogflow CX",
    _recognises,
    _read,
    "Its examples are in intents/NAME/trainingPhrases: name the agent's folder or zip",
    copies=Copies.NONE,
)
