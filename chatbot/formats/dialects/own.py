"""intents.json: our own format, and its relatives with other keys, nesting or a bare list.

A file that passes our own check is taken as it is. One that does not is read leniently only if it
is foreign: a key has another name, or a text or a number takes the place of a list. A file in our
own format that is simply wrong gets the errors of the check, with their positions.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from chatbot.formats.cells import SPLIT, splitter
from chatbot.formats.dialects.own_shapes import items_of, joined_keys, roots_of
from chatbot.formats.documents import Document
from chatbot.formats.format import Format, names_in, size, string
from chatbot.formats.gathering import Gathering
from chatbot.formats.rows import MERGED, Row, gather
from chatbot.formats.templates import is_only_slots
from chatbot.formats.values import StrangeError, languages_in, says_something, shown, texts_in
from chatbot.intents import (
    OUT_OF_SCOPE,
    SLOTS_KEY,
    Intents,
    IntentsError,
    Role,
    best,
    changes,
    check_text,
    fallback_keys,
    kind_of_json,
    tag_of,
)

_CONTEXTS = frozenset({"context", "contexts", "context_set", "context_filter", "affectedContexts"})
_OURS = {
    "tag", "patterns", "responses", "context", "context_set", "context_filter", SLOTS_KEY, "action",
    "entries",
}  # fmt: skip
"""Kept in a file that is taken as it is."""
_READ_AT_ROOT = {"intents", "tests", OUT_OF_SCOPE, "$schema", "language"}
_OURS_AT_ROOT = _READ_AT_ROOT | {SLOTS_KEY, "silenced"}
_PLACEHOLDERS = (
    (re.compile(r"<HUMAN>|%%HUMAN%%|<USER>|\$\{user(?:Full)?[nN]ame\}"), "{user}"),
    (re.compile(r"%%TIME%%|<TIME>"), "{time}"),
    (re.compile(r"%%DATE%%|<DATE>"), "{date}"),
    (re.compile(r"###"), "\n"),
)
"""What others write for the slots of our replies; ### separates the bubbles of one reply."""


def _recognises(document: Document) -> bool:
    if document.object and kind_of_json(document.object) is not None:
        return False
    items = items_of(document.json)
    return items is not None and any(isinstance(item, dict) for item in items)


def _read(documents: Sequence[Document], into: Gathering) -> None:
    (document,) = documents
    report = check_text(document.json_source)
    items = items_of(document.json) or []
    if report.repeats_tags:
        report = check_text(json.dumps(changes.together(document.json)))
    if report.intents is not None and not report.renamed:
        _take(report.intents, document.json, items, into)
        return
    document.refuse_repeated_keys()
    reader = _Reader(into)
    try:
        reader.read(document.json, items)
        understood = reader.is_foreign
    except StrangeError:
        understood = False
    if not understood:
        if report.intents is None:
            raise IntentsError(document.source, report.errors, document.name)
        _take(report.intents, document.json, items, into)


def _take(intents: Intents, data: Any, items: list[Any], into: Gathering) -> None:
    into.take(intents)
    only = [p for intent in intents.intents for p in intent.patterns if is_only_slots(p)]
    into.note("patterns that are only a placeholder stay as they are", len(only), only)
    tags = Counter(tag for item in items if (tag := tag_of(item)) is not None)
    for tag, count in tags.items():
        into.note(MERGED, count - 1, [tag])
    for item in items:
        _note_others(item, _OURS, into)
    _note_root(data, items, _OURS_AT_ROOT, into)


class _Reader:
    """Reads intents whose keys may have any of the known names."""

    def __init__(self, into: Gathering) -> None:
        self.is_foreign = False
        """Whether anything was found that a file of ours would not have."""
        self._into = into
        self._rows: list[Row] = []

    def read(self, data: Any, items: list[Any]) -> None:
        """Add the intents. Raises StrangeError for a value that cannot be an intent."""
        into = self._into
        own_list = isinstance(data, dict) and data.get("intents") is items
        self.is_foreign = not own_list
        named = [item for item in items if isinstance(item, dict) and "language" in item]
        texts = Counter(string(item["language"]) for item in named) or languages_in(items)
        default = string(data.get("language")) or None if isinstance(data, dict) else None
        language = into.language(texts, default) if texts else None
        for item in items:
            if item is None:
                self.is_foreign = True
                continue
            if not isinstance(item, dict):
                raise StrangeError
            if named and string(item.get("language", language)) != language:
                continue
            if item.get("enabled") is False:
                into.note("intents that are switched off were left out", 1, _name_of(item))
                continue
            self._read_intent(item, language)
        self._split_patterns()
        gather(self._rows, into, name_is_given=True)
        for root in roots_of(data):
            for key in fallback_keys(root):
                self.is_foreign = True
                into.add_fallback(texts_in(root[key]))
            into.add_fallback((), texts_in(root.get(OUT_OF_SCOPE)))
            into.note(
                "tests that must always hold were left out",
                size(root.get("tests")),
                names_in(root.get("tests")),
            )
        _note_root(data, items, _READ_AT_ROOT, into)

    def _read_intent(self, item: dict[str, Any], language: str | None) -> None:
        into = self._into
        name_key = self._key(item, "tag")
        name = item.get(name_key)
        if isinstance(name, int | float) and not isinstance(name, bool):
            self.is_foreign = True
            name = str(name)
        if not isinstance(name, str) or not name.strip():
            raise StrangeError
        pattern_key, reply_key = self._key(item, "patterns"), self._key(item, "responses")
        note = "extra fields of examples were left out"
        patterns = self._texts(item, pattern_key, note, language)
        if pattern_key == "question":
            patterns = [line for text in patterns for line in text.split("\n")]
        note = "buttons and the like in replies were left out"
        replies = self._texts(item, reply_key, note, language)
        usable = [pattern for pattern in patterns if not is_only_slots(pattern)]
        only = [pattern for pattern in patterns if is_only_slots(pattern)]
        into.note("patterns that are only a placeholder were left out", len(only), only)
        is_whole = isinstance(item.get(pattern_key), list | dict)
        said = tuple(map(_with_our_slots, replies))
        self._rows.append(Row(tuple(usable), said, name, is_whole))
        _note_others(item, {name_key, pattern_key, reply_key, "enabled", "language"}, into)

    def _key(self, item: dict[str, Any], ours: Role) -> str:
        """Return the key that an intent uses for one of ours."""
        if ours in item:
            return ours
        other = best(item, ours)
        self.is_foreign |= other is not None
        return other or ours

    def _texts(self, item: dict[str, Any], key: str, note: str, language: str | None) -> list[str]:
        """Return the texts under a key; other keys of its objects are noted."""
        value = item.get(key)
        ours = isinstance(value, list) and all(isinstance(text, str) for text in value)
        self.is_foreign |= key in item and not ours
        return texts_in(value, note, self._into, language)

    def _split_patterns(self) -> None:
        """Split the patterns of intents that have a single text for several, as in a table."""
        single = [row for row in self._rows if not row.is_whole and len(row.patterns) == 1]
        one_each = len({row.tag for row in single}) == len(single)
        split = splitter([row.patterns[0] for row in single], one_each=one_each)
        for place, row in enumerate(self._rows):
            if not row.is_whole and len(row.patterns) == 1:
                parts = tuple(split(row.patterns[0]))
                self._into.note(SPLIT, len(parts) > 1, row.patterns)
                self._rows[place] = Row(parts, row.replies, row.tag)


def _name_of(item: dict[str, Any]) -> list[str]:
    key = best(item, "tag")
    return [] if key is None else [str(item[key])]


def _with_our_slots(reply: str) -> str:
    for pattern, ours in _PLACEHOLDERS:
        reply = pattern.sub(lambda _, ours=ours: ours, reply)  # type: ignore[misc]
    return reply


def _note_root(data: Any, items: list[Any], known: set[str], into: Gathering) -> None:
    """Note what stands beside the intents and was not read."""
    joined = joined_keys(data) or () if isinstance(data, dict) else ()
    for root in roots_of(data):
        read = {*joined, *fallback_keys(root), *known}
        for key, value in root.items():
            if key in read or value is items or not says_something(value):
                continue
            if isinstance(value, dict) and {"tag": key, **value} in items:
                continue
            what = "the key “{key}” at the top of the file was left out"
            into.note(what, 1, shown(value), key=key)


def _note_others(item: Any, known: set[str], into: Gathering) -> None:
    """Note the keys of an intent that are not empty and were not read."""
    for key, value in item.items() if isinstance(item, dict) else ():
        if key in known or not says_something(value):
            continue
        if key in _CONTEXTS:
            into.note("contexts were left out", 1, shown(value))
        elif key == "entities":
            into.note("entity annotations became plain text", size(value), names_in(value))
        else:
            into.note("the key “{key}” was left out", 1, shown(value), key=key)


FORMAT = Format("intents.json", _recognises, _read, is_project=False)
