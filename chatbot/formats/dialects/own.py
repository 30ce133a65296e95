"""intents.json: our own format, and its relatives with other keys, nesting or a bare list.

A file that passes our own check is taken as it is. One that does not is read leniently only if it
is foreign: a key has another name, or a text takes the place of a list. A file in our own format
that is simply wrong gets the errors of the check, with their positions.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from chatbot.formats.documents import Document
from chatbot.formats.format import Format, size, string
from chatbot.formats.gathering import Gathering
from chatbot.formats.templates import is_only_slots
from chatbot.intents import LOOKALIKES, Intents, IntentsError, check_text, kind_of_json

_TEXT_KEYS = ("text", "texts", "utterance", "value", "speech", "content", "message", "answer")
"""The keys under which an object in a list of examples or replies may have its text."""

_CONTEXTS = frozenset({"context", "contexts", "context_set", "context_filter", "affectedContexts"})
_OURS = {"tag", "patterns", "responses"}
_PLACEHOLDERS = (
    (re.compile(r"<HUMAN>|%%HUMAN%%|<USER>|\$\{user(?:Full)?[nN]ame\}"), "{user}"),
    (re.compile(r"%%TIME%%|<TIME>"), "{time}"),
    (re.compile(r"%%DATE%%|<DATE>"), "{date}"),
    (re.compile(r"###"), "\n"),
)
"""What others write for the slots of our replies; ### separates the bubbles of one reply."""

_MOST_LEVELS = 8


class _StrangeError(Exception):
    """A value that is not a text and holds none."""


def _recognises(document: Document) -> bool:
    if document.object and kind_of_json(document.object) is not None:
        return False
    items = _items(document.json)
    return items is not None and any(isinstance(item, dict) for item in items)


def _items(data: Any) -> list[Any] | None:
    """Return the intents, whatever holds them; None if there are none."""
    if isinstance(data, list):
        return data if any(_is_intent(item) for item in data) else None
    if not isinstance(data, dict):
        return None
    intents = data.get("intents")
    if isinstance(intents, list):
        return intents
    for value in (intents, data):
        if isinstance(value, dict) and value and all(map(_has_examples, value.values())):
            return [{"tag": name, **item} for name, item in value.items()]
    return next((v for v in data.values() if isinstance(v, list) and any(map(_is_intent, v))), None)


def _is_intent(item: Any) -> bool:
    return _has_examples(item) and any(name in item for name in ("tag", *LOOKALIKES["tag"]))


def _has_examples(item: Any) -> bool:
    return isinstance(item, dict) and any(
        name in item for name in ("patterns", *LOOKALIKES["patterns"])
    )


def _read(documents: Sequence[Document], into: Gathering) -> None:
    (document,) = documents
    report = check_text(document.json_source)
    items = _items(document.json) or []
    if report.intents is not None and not report.renamed:
        _take(report.intents, items, into)
        return
    reader = _Reader(into)
    try:
        reader.read(document.json, items)
        understood = reader.is_foreign
    except _StrangeError:
        understood = False
    if not understood:
        if report.intents is None:
            raise IntentsError(document.source, report.errors, document.name)
        _take(report.intents, items, into)


def _take(intents: Intents, items: list[Any], into: Gathering) -> None:
    into.take(intents)
    only = sum(is_only_slots(p) for intent in intents.intents for p in intent.patterns)
    into.note("patterns that are only a placeholder stay as they are", only)
    for item in items:
        _note_others(item, _OURS, into)


class _Reader:
    """Reads intents whose keys may have any of the known names."""

    def __init__(self, into: Gathering) -> None:
        self.is_foreign = False
        """Whether anything was found that a file of ours would not have."""
        self._into = into

    def read(self, data: Any, items: list[Any]) -> None:
        """Add the intents. Raises _StrangeError for a value that cannot be an intent."""
        into = self._into
        own_list = isinstance(data, dict) and data.get("intents") is items
        self.is_foreign = not own_list
        named = [item for item in items if isinstance(item, dict) and "language" in item]
        texts = Counter(string(item["language"]) for item in named)
        default = string(data.get("language")) or None if isinstance(data, dict) else None
        language = into.language(texts, default) if texts else None
        for item in items:
            if not isinstance(item, dict):
                raise _StrangeError
            if "language" in item and string(item["language"]) != language:
                continue
            if item.get("enabled") is False:
                into.note("intents that are switched off were left out")
                continue
            self._read_intent(item)

    def _read_intent(self, item: dict[str, Any]) -> None:
        into = self._into
        name_key = self._key(item, "tag")
        name = item.get(name_key)
        if isinstance(name, int) and not isinstance(name, bool):
            name = str(name)
        if not isinstance(name, str) or not name.strip():
            raise _StrangeError
        pattern_key, reply_key = self._key(item, "patterns"), self._key(item, "responses")
        patterns = self._texts(item.get(pattern_key), "extra fields of examples were left out")
        if pattern_key == "question":
            patterns = [line for text in patterns for line in text.split("\n")]
        replies = self._texts(item.get(reply_key), "buttons and the like in replies were left out")
        usable = [pattern for pattern in patterns if not is_only_slots(pattern)]
        into.note("patterns that are only a placeholder were left out", len(patterns) - len(usable))
        into.add(name, usable, map(self._with_our_slots, replies))
        _note_others(item, {name_key, pattern_key, reply_key, "enabled", "language"}, into)

    def _key(self, item: dict[str, Any], ours: str) -> str:
        """Return the key that an intent uses for one of ours."""
        if ours in item:
            return ours
        other = next((name for name in LOOKALIKES[ours] if name in item), None)
        self.is_foreign |= other is not None
        return other or ours

    def _texts(self, value: Any, note: str, level: int = 0) -> list[str]:
        """Return the texts in a value; other keys of its objects are noted."""
        if value is None and level == 0:
            return []
        if isinstance(value, list) and level == 0:
            return [text for item in value for text in self._texts(item, note, 1)]
        if isinstance(value, str):
            self.is_foreign |= level == 0
            return [value]
        self.is_foreign = True
        if level > _MOST_LEVELS:
            raise _StrangeError
        if isinstance(value, list):
            return [text for item in value for text in self._texts(item, note, level + 1)]
        key = next((k for k in _TEXT_KEYS if isinstance(value, dict) and k in value), None)
        if key is None:
            raise _StrangeError
        self._into.note(note, len(value.keys() - {key, "type", "entities"}))
        self._into.note("entity annotations became plain text", size(value.get("entities")))
        return self._texts(value[key], note, level + 1)

    def _with_our_slots(self, reply: str) -> str:
        for pattern, ours in _PLACEHOLDERS:
            reply = pattern.sub(lambda _, ours=ours: ours, reply)  # type: ignore[misc]
        return reply


def _note_others(item: Any, known: set[str], into: Gathering) -> None:
    """Note the keys of an intent that are not empty and were not read."""
    for key, value in item.items() if isinstance(item, dict) else ():
        if key in known or not _says_something(value):
            continue
        if key in _CONTEXTS:
            into.note("contexts were left out")
        elif key == "entities":
            into.note("entity annotations became plain text", size(value))
        else:
            into.note(f"the key “{key}” was left out")


def _says_something(value: Any, level: int = 0) -> bool:
    """Tell whether a value is not empty; many files write `[""]` for no context."""
    if isinstance(value, dict | list) and level <= _MOST_LEVELS:
        inner = value.values() if isinstance(value, dict) else value
        return any(_says_something(item, level + 1) for item in inner)
    return bool(value.strip()) if isinstance(value, str) else bool(value)


FORMAT = Format("intents.json", _recognises, _read, is_project=False)
