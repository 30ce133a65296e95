"""nlp.js: a corpus `{"name", "locale", "data": [{"intent", "utterances", "answers"}]}`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from chatbot.formats.documents import Document
from chatbot.formats.format import Format, names_in, objects, size, string, strings
from chatbot.formats.gathering import Gathering

NLPJS_ENTITY = re.compile(r"%(\w+)%|(?<!\S)@(\w+)|\{\{\s*(\w+)\s*\}\}")
"""`%hero%`, `@hero` or `{{ hero }}` in an utterance."""


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
    values = {}
    for name, entity in entities.items() if isinstance(entities, dict) else ():
        options = entity.get("options") if isinstance(entity, dict) else None
        listed = {k: strings(v) for k, v in options.items()} if isinstance(options, dict) else {}
        into.note("entities were left out", not into.entities.declare(name, listed), [name])
        values[name] = list(listed)
    into.note(
        "contexts were left out",
        size(corpus.get("contextData")),
        names_in(corpus.get("contextData")),
    )
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
        utterances = [_plain(text, values, turn, into) for turn, text in enumerate(asked)]
        into.add(string(item.get("intent")), [text for text in utterances if text], replies)


def _plain(text: str, values: Mapping[str, Sequence[str]], turn: int, into: Gathering) -> str:
    """Return an utterance with a value of its entities, or their names; empty if it is only one."""
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
