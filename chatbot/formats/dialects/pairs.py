"""Pairs of text and intent in JSON: CLINC150's `{"train": [["text", "intent"]]}`, or a bare list.

Of a data set with several parts only `train` is read: the others are kept for testing. Pairs of
question and answer are read by `questions`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chatbot.formats.answers import are_answers
from chatbot.formats.documents import Document
from chatbot.formats.format import Format, names_in, size
from chatbot.formats.gathering import Gathering
from chatbot.formats.values import says_something, shown
from chatbot.intents import best

_TRAIN = "train"


def _recognises(document: Document) -> bool:
    if document.object:
        return _are_pairs(document.object.get(_TRAIN))
    return _are_pairs(document.json)


def _are_pairs(items: Any) -> bool:
    if not isinstance(items, list) or not items:
        return False
    pairs = [pair for pair in map(_pair, items) if pair is not None]
    return len(pairs) == len(items) and not (
        all(isinstance(item, list) for item in items) and are_answers(pairs)
    )


def _pair(item: Any) -> tuple[str, str] | None:
    """Return the text and intent of an item: a list of two, or an object with both."""
    if isinstance(item, list) and len(item) == 2 and all(isinstance(part, str) for part in item):
        return item[0], item[1]
    if isinstance(item, dict) and best(item, "responses") is None:
        text, intent = (item.get(best(item, role) or "") for role in ("patterns", "tag"))
        if isinstance(intent, int) and not isinstance(intent, bool):
            intent = str(intent)
        return (text, intent) if isinstance(text, str) and isinstance(intent, str) else None
    return None


def _read(documents: Sequence[Document], into: Gathering) -> None:
    for document in documents:
        document.refuse_repeated_keys()
        for part, items in document.object.items():
            if part != _TRAIN:
                into.note(
                    "the part “{part}” was left out: only train is read",
                    size(items),
                    names_in(items),
                    part=part,
                )
        for item in document.object.get(_TRAIN, document.json):
            pair = _pair(item)
            assert pair is not None  # the file was recognised because every item is a pair
            into.add(pair[1], [pair[0]])
            if isinstance(item, dict):
                for key in item.keys() - {best(item, "patterns"), best(item, "tag")}:
                    if says_something(item[key]):
                        what = "the key “{key}” was left out"
                        into.note(what, 1, shown(item[key]), key=key)


FORMAT = Format("CLINC-style JSON", _recognises, _read, is_project=False)
