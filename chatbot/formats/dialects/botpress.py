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
from chatbot.formats.format import Format, names_in, objects, size, string, strings
from chatbot.formats.gathering import Gathering

_GENERATED = "__qna__"
_RANDOM = re.compile(r"^(?=[a-z]*\d|[a-z]{10}_)[a-z0-9]{3,12}_(?=\w)")
"""The random beginning of an entry's ID: `k3x9_hours`."""
_CONTENT = "#!"
"""A reply that names an element of the content manager instead of saying something."""


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
    found = [(_name(document, item), item) for document in documents for item in _items(document)]
    entries = {f"{_GENERATED}{name}" for name, item in found if _answers(item) is not None}
    twins = [name for name, _ in found if name in entries]
    into.note("intents generated from entries that were read were left out", len(twins), twins)
    found = [(name, item) for name, item in found if name not in entries]
    texts: Counter[str] = Counter()
    for _, item in found:
        texts.update({name: len(texts) for name, texts in _by_language(item).items()})
    language = into.language(texts) or ""
    tags = _tags([name for name, _ in found])
    for name, item in found:
        examples = [marked(text, into) for text in _by_language(item).get(language, [])]
        into.note("slots were left out", size(item.get("slots")), names_in(item.get("slots")))
        contexts = [name for name in strings(item.get("contexts")) if name != "global"]
        into.note("contexts were left out", len(contexts), contexts)
        data = item.get("data")
        if isinstance(data, dict) and data.get("enabled") is False:
            into.note("intents that are switched off were left out", 1, [name])
            continue
        replies = strings((_answers(item) or {}).get(language))
        said = [reply for reply in replies if not reply.startswith(_CONTENT)]
        what = "replies that are elements of another file were left out"
        into.note(what, len(replies) - len(said), [r for r in replies if r not in said])
        into.add(tags[name], examples, said)


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
