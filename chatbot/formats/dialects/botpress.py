"""Botpress (up to version 12): one file per intent, and the entries of its QnA module."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from chatbot.formats.annotations import plain
from chatbot.formats.documents import Document
from chatbot.formats.format import Format, objects, size, string, strings
from chatbot.formats.gathering import Gathering


def _recognises(document: Document) -> bool:
    return next(_items(document), None) is not None


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
    found = [(document, item) for document in documents for item in _items(document)]
    texts: Counter[str] = Counter()
    for _, item in found:
        texts.update({name: len(texts) for name, texts in _by_language(item).items()})
    language = into.language(texts) or ""
    for document, item in found:
        examples = [plain(text, into) for text in _by_language(item).get(language, [])]
        into.note("slots were left out", size(item.get("slots")))
        contexts = [name for name in strings(item.get("contexts")) if name != "global"]
        into.note("contexts were left out", len(contexts))
        data = item.get("data")
        answers = data.get("answers") if isinstance(data, dict) else None
        replies = strings(answers.get(language)) if isinstance(answers, dict) else []
        if isinstance(data, dict) and data.get("enabled") is False:
            into.note("intents that are switched off were left out")
            continue
        name = string(item.get("name")) or string(item.get("id")) or document.path.stem
        into.add(name, examples, replies)


FORMAT = Format("Botpress", _recognises, _read)
