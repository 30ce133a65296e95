"""Pairs of text and intent in JSON: CLINC150's `{"train": [["text", "intent"]]}`, or a bare list.

Of a data set with several parts only `train` is read: the others are kept for testing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chatbot.formats.documents import Document
from chatbot.formats.format import Format, size
from chatbot.formats.gathering import Gathering
from chatbot.intents import LOOKALIKES

_INTENT_KEYS = ("intent", "label", "category", "tag")
_REPLY_KEYS = ("responses", *LOOKALIKES["responses"])
"""An object with one of these is an intent of its own, not an example."""
_TEXT_KEYS = ("text", "utterance", "query", "sentence")


def _recognises(document: Document) -> bool:
    if document.object:
        return _are_pairs(document.object.get("train"))
    return _are_pairs(document.json)


def _are_pairs(items: Any) -> bool:
    return isinstance(items, list) and bool(items) and None not in map(_pair, items)


def _pair(item: Any) -> tuple[str, str] | None:
    """Return the text and intent of an item: a list of two, or an object with both."""
    if isinstance(item, list) and len(item) == 2 and all(isinstance(part, str) for part in item):
        return item[0], item[1]
    if isinstance(item, dict) and not any(key in item for key in _REPLY_KEYS):
        text, intent = (
            next((item[key] for key in keys if isinstance(item.get(key), str)), None)
            for keys in (_TEXT_KEYS, _INTENT_KEYS)
        )
        if text is not None and intent is not None:
            return text, intent
    return None


def _read(documents: Sequence[Document], into: Gathering) -> None:
    for document in documents:
        document.refuse_repeated_keys()
        for part, items in document.object.items():
            if part != "train":
                into.note(f"the part “{part}” was left out: only train is read", size(items))
        for item in document.object.get("train", document.json):
            pair = _pair(item)
            assert pair is not None  # the file was recognised because every item is a pair
            into.add(pair[1], [pair[0]])


FORMAT = Format("CLINC-style JSON", _recognises, _read, is_project=False)
