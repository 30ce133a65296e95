"""Texts in the JSON of other programs, however they are wrapped: objects, lists, numbers, null."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from chatbot.formats.format import names_in, size
from chatbot.formats.gathering import Gathering

_TEXT_KEYS = ("text", "texts", "utterance", "value", "values", "speech", "content", "message",
              "answer", "question", "default")  # fmt: skip
"""The keys under which an object in a list of examples or replies may have its text."""

MOST_LEVELS = 8
_MOST_NAMES = 5
"""Of what is in a value that holds no text, in a note."""

_LANGUAGE = re.compile(
    r"(?:ar|bg|bn|ca|cs|da|de|el|en|es|et|fa|fi|fr|gu|he|hi|hr|hu|id|it|ja|ko|lt|lv|mr|ms|nb|nl|no|"
    r"pl|pt|ro|ru|sk|sl|sr|sv|sw|ta|te|th|tr|uk|ur|vi|zh)(?:[-_][A-Za-z]{2,4})?"
)


class StrangeError(Exception):
    """A value that is not a text and holds none."""


def texts_in(
    value: Any, note: str = "", into: Gathering | None = None, language: str | None = None
) -> list[str]:
    """Return the texts in a value, in their order; other keys of its objects are noted.

    Of an object of languages the given one is read. Raises StrangeError.
    """
    return list(_texts(value, note, into, language, 0))


def _texts(
    value: Any, note: str, into: Gathering | None, language: str | None, level: int
) -> Iterable[str]:
    if level > MOST_LEVELS:
        raise StrangeError
    if isinstance(value, str):
        return [value]
    if value is None:
        return []
    if isinstance(value, int | float) and not isinstance(value, bool):
        return [str(value)]
    if isinstance(value, list):
        return [t for item in value for t in _texts(item, note, into, language, level + 1)]
    if isinstance(value, dict) and is_by_language(value):
        return _texts(value.get(language or ""), note, into, language, level + 1)
    key = next((k for k in _TEXT_KEYS if isinstance(value, dict) and k in value), None)
    if key is None and into is not None and isinstance(value, dict) and "type" in value:
        into.note(note, 1, [str(value["type"])])  # a picture, a button: it says nothing
        return []
    if key is None:
        raise StrangeError
    if into is not None:
        others = value.keys() - {key, "type", "@type", "entities"}
        into.note(note, len(others), sorted(others))
        into.note(
            "entity annotations became plain text",
            size(value.get("entities")),
            names_in(value.get("entities")),
        )
    return _texts(value[key], note, into, language, level + 1)


def is_by_language(value: dict[str, Any]) -> bool:
    """Tell whether an object holds texts by language: `{"en": […], "de": […]}`."""
    return (
        (len(value) > 1 or "en" in value)
        and all(_LANGUAGE.fullmatch(key) for key in value)
        and all(isinstance(item, str | list | None) for item in value.values())
    )


def languages_in(data: Any) -> Counter[str]:
    """Return how many texts there are of each language, in objects of languages at any depth."""
    found: Counter[str] = Counter()
    pending = [data]  # not recursion: data may be deep
    while pending:
        value = pending.pop()
        if isinstance(value, dict) and is_by_language(value):
            for name, texts in value.items():
                found[name] += size(texts) if isinstance(texts, list) else texts is not None
        elif isinstance(value, dict | list):
            pending += value.values() if isinstance(value, dict) else value
    return found


def is_text_like(value: Any) -> bool:
    """Tell whether a value is a text or a number, or holds texts in lists or objects."""
    if isinstance(value, dict) and is_by_language(value):
        return True
    try:
        return bool(texts_in(value))
    except StrangeError:
        return False


def says_something(value: Any, level: int = 0) -> bool:
    """Tell whether a value is not empty; many files write `[""]` for no context."""
    if isinstance(value, dict | list) and level <= MOST_LEVELS:
        inner = value.values() if isinstance(value, dict) else value
        return any(says_something(item, level + 1) for item in inner)
    return bool(value.strip()) if isinstance(value, str) else bool(value)


def shown(value: Any) -> list[str]:
    """Return a value as the example in a note: its text or number, or what is in it."""
    if isinstance(value, bool):
        return [str(value).lower()]
    try:
        return texts_in(value)[:1]
    except StrangeError:
        names = [name for name in names_in(value) if name.strip()]
        return [", ".join(names[:_MOST_NAMES])] if names else []
