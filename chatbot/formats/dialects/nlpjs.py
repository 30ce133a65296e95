"""nlp.js: a corpus `{"name", "locale", "data": [{"intent", "utterances", "answers"}]}`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from chatbot.formats.documents import Document
from chatbot.formats.entity_finding import Finder
from chatbot.formats.format import Format, names_in, objects, size, string, strings
from chatbot.formats.gathering import Gathering

NLPJS_ENTITY = re.compile(r"%(\w+)%|(?<!\S)@(\w+)|\{\{\s*(\w+)\s*\}\}")
"""`%hero%`, `@hero` or `{{ hero }}` in an utterance."""
_DELIMITED = re.compile(r"^/(.*)/[a-z]{0,8}$", re.DOTALL)
_IN_REPLY = re.compile(r"\{\{[ ]{0,9}(\w{1,100})[ ]{0,9}\}\}")


def _recognises(document: Document) -> bool:
    items = objects(document.object.get("data"))
    return any("intent" in item and "utterances" in item for item in items)


def _read(documents: Sequence[Document], into: Gathering) -> None:
    texts: Counter[str] = Counter()
    for document in documents:
        document.refuse_repeated_keys()
        items = objects(document.object.get("data"))
        texts[_locale(document)] += sum(size(item.get("utterances")) for item in items)
    language = into.language(texts)
    for document in documents:
        if _locale(document) == language:
            _read_corpus(document, into)


def _locale(document: Document) -> str:
    return string(document.object.get("locale")) or "unnamed"


def _read_corpus(document: Document, into: Gathering) -> None:
    corpus = document.object
    entities = corpus.get("entities")
    values: dict[str, list[str]] = {}
    texts: dict[str, str] = {}
    for name, entity in entities.items() if isinstance(entities, dict) else ():
        listed, regex = _described(entity)
        into.note("entities were left out", not into.entities.declare(name, listed, regex), [name])
        others = sorted(entity.keys() - {"options", "regex"}) if isinstance(entity, dict) else []
        into.note("rules of entities were left out", len(others), [f"{name}: {k}" for k in others])
        values[name] = list(listed)
        for value, synonyms in listed.items():
            for text in (value, *synonyms):
                texts[text.casefold()] = name
    finder = Finder(texts)
    contexts = corpus.get("contextData")
    named = names_in(contexts) or [string(contexts)]
    into.note("contexts were left out", size(contexts) or bool(contexts), named)
    for item in objects(corpus.get("data")):
        into.note(
            "slot filling was left out",
            size(item.get("slotFilling")),
            names_in(item.get("slotFilling")),
        )
        into.note("actions were left out", size(item.get("actions")), names_in(item.get("actions")))
        answers = item.get("answers")
        replies = strings(answers)
        for answer in objects(answers):
            said = string(answer.get("answer"))
            into.note("conditional replies are now always given", bool(answer.get("opts")), [said])
            replies.append(said)
        asked = strings(item.get("utterances"))
        utterances = [_plain(text, values, turn, finder, into) for turn, text in enumerate(asked)]
        filled = [_with_slots(reply, into) for reply in replies]
        into.add(string(item.get("intent")), [text for text in utterances if text], filled)


def _described(entity: Any) -> tuple[dict[str, list[str]], str]:
    """Return an entity's values with their synonyms, and its expression, without `/…/gi`."""
    described = entity if isinstance(entity, dict) else {}
    options = described.get("options")
    listed = {k: strings(v) for k, v in options.items()} if isinstance(options, dict) else {}
    regex = _DELIMITED.sub(r"\1", string(described.get("regex")).strip())
    return listed, regex


def _with_slots(reply: str, into: Gathering) -> str:
    """Return a reply with our slots in place of entities."""
    return _IN_REPLY.sub(
        lambda found: "{" + found[1] + "}" if into.entities.has(found[1]) else found[0], reply
    )


def _plain(
    text: str, values: Mapping[str, Sequence[str]], turn: int, finder: Finder, into: Gathering
) -> str:
    """Return an utterance with its entities marked; empty if it is only one without a value.

    A named one gets a value, or its name; values are found as nlp.js does.
    """
    if NLPJS_ENTITY.search(text) is None:
        return into.entities.marked(text, finder.marks(text))
    named = 0

    def value(match: re.Match[str]) -> str:
        nonlocal named
        name = next(name for name in match.groups() if name)
        known = values.get(name)
        named += not known
        return into.entities.mark(known[turn % len(known)], name) if known else name

    plain, found = NLPJS_ENTITY.subn(value, text)
    if found and not any(c.isalnum() for c in NLPJS_ENTITY.sub("", text)):
        into.note("patterns that are only a placeholder were left out", 1, [text])
        return ""
    into.note("placeholders in patterns became their names", named, [text])
    return plain


FORMAT = Format("nlp.js", _recognises, _read)
