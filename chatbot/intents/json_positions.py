"""Positions: the line and column of a value in JSON text, for messages that lead to the place.

The text is walked once and nothing is kept of what leads to no place: of a million patterns a tree
would take a gigabyte.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

JsonPath = tuple[str | int, ...]
"""Keys and indices from the root to a value: ("intents", 3, "tag")."""

_BLANKS = re.compile(r"[ \t\n\r]*+")
_STRING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_WORD = re.compile(r'[^][{}",: \t\n\r]++')
"""A number, true, false or null."""
_TO_BRACKET = re.compile(r'[^][{}"]*+(?:"[^"\\]*+(?:\\.[^"\\]*+)*+"[^][{}"]*+)*+', re.DOTALL)
"""All up to the next bracket that is not within quotes."""


class Position(NamedTuple):
    """A place in a text, as editors count: both from 1, columns in characters."""

    line: int
    column: int


START = Position(1, 1)


class JsonObject(dict[str, Any]):
    """A JSON object that remembers which keys it had twice: json silently keeps the last.

    Pass `JsonObject.from_pairs` to `json.loads` as `object_pairs_hook`.
    """

    repeated: tuple[str, ...] = ()

    @classmethod
    def from_pairs(cls, pairs: list[tuple[str, Any]]) -> JsonObject:
        """Return the object that has these pairs; of equal keys the last counts."""
        result = cls(pairs)
        if len(result) != len(pairs):
            counts = Counter(key for key, _ in pairs)
            result.repeated = tuple(key for key in result if counts[key] > 1)
        return result


def repeated_keys(data: Any) -> Iterator[JsonPath]:
    """Yield the path of each key that its object has twice, at any depth.

    `data` must have been loaded with `JsonObject.from_pairs`.
    """
    pending: list[tuple[JsonPath, Any]] = [((), data)]  # not recursion: data may be deep
    while pending:
        path, value = pending.pop()
        if isinstance(value, JsonObject):
            yield from ((*path, key) for key in value.repeated)
        if isinstance(value, dict | list):
            steps = value.items() if isinstance(value, dict) else enumerate(value)
            pending += [((*path, k), v) for k, v in steps if isinstance(v, dict | list)]


class JsonDocument:
    """Valid JSON text in which values are located."""

    def __init__(self, text: str) -> None:
        self.text = text

    def locate(self, paths: Iterable[JsonPath]) -> dict[JsonPath, Position]:
        """Return where each path's value stands; what is missing gets the nearest part that exists.

        Of a key that occurs twice the last counts, as in Python's json. Takes one walk through the
        text, however many paths there are.
        """
        root = _Wanted()
        ends = {path: root.at(path) for path in paths}
        if not ends:
            return {}
        _walk(self.text, root)
        return _positions(self.text, {path: wanted.place for path, wanted in ends.items()})


def locate(text: str, paths: Iterable[JsonPath]) -> dict[JsonPath, Position]:
    """Return where the values of paths stand in valid JSON, as `JsonDocument.locate`."""
    return JsonDocument(text).locate(paths)


def at(text: str, index: int) -> Position:
    """Return the position of the character with this index."""
    line = text.count("\n", 0, index) + 1
    return Position(line, index - (text.rfind("\n", 0, index) + 1) + 1)


class _Wanted:
    """A value on the way to one that is looked for."""

    __slots__ = ("_start", "above", "below", "last")

    def __init__(self, above: _Wanted | None = None) -> None:
        self.above = above
        self.below: dict[str | int, _Wanted] = {}
        self.last = -1
        """The largest index that is looked for in it."""
        self._start: int | None = None

    def at(self, path: JsonPath) -> _Wanted:
        """Return the value that a path leads to from here."""
        wanted = self
        for step in path:
            if isinstance(step, int):
                wanted.last = max(wanted.last, step)
            if step not in wanted.below:
                wanted.below[step] = _Wanted(wanted)
            wanted = wanted.below[step]
        return wanted

    def begins(self, start: int) -> None:
        """Know where it begins; what was found in an earlier one of the same key does not count."""
        pending = [] if self._start is None else list(self.below.values())
        self._start = start
        while pending:  # not recursion: data may be deep
            wanted = pending.pop()
            if wanted._start is not None:
                wanted._start = None
                pending += wanted.below.values()

    @property
    def place(self) -> int:
        """Index of its first character, or of the nearest part around it that is there."""
        wanted = self
        while wanted._start is None and wanted.above is not None:
            wanted = wanted.above
        return wanted._start or 0


class _Open:
    """A list or object on the way, which the walk is in."""

    __slots__ = ("index", "is_list", "wanted")

    def __init__(self, wanted: _Wanted, is_list: bool) -> None:
        self.wanted, self.is_list = wanted, is_list
        self.index = -1
        """Of the item of a list that was passed last."""


def _walk(text: str, root: _Wanted) -> None:
    """Let every wanted value know where it begins in valid JSON."""
    wanted: _Wanted | None = root
    place = _after_blanks(text, 0)
    around: list[_Open] = []
    while True:
        if wanted is not None:
            wanted.begins(place)
        if wanted is not None and wanted.below and text[place] in "[{":
            around.append(_Open(wanted, text[place] == "["))
        else:
            place = _end(text, place)
        while around:
            inner = around[-1]
            place = _after_blanks(text, place)
            if text[place] in "]}":
                around.pop()
                place += 1
            elif inner.is_list and inner.index >= inner.wanted.last:
                place = _closing(text, place + 1)  # nothing more is wanted in it
            else:  # the opening bracket or a comma
                place = _after_blanks(text, place + 1)
                if text[place] not in "]}":
                    break
        else:
            return
        if inner.is_list:
            inner.index += 1
            wanted = inner.wanted.below.get(inner.index)
        else:
            end = _end(text, place)
            wanted = inner.wanted.below.get(json.loads(text[place:end], strict=False))
            place = _after_blanks(text, _after_blanks(text, end) + 1)  # behind the colon


def _after_blanks(text: str, place: int) -> int:
    found = _BLANKS.match(text, place)
    return place if found is None else found.end()


def _end(text: str, place: int) -> int:
    """Return the index after the value that begins at a place."""
    if text[place] in "[{":
        return _closing(text, place + 1) + 1
    found = (_STRING if text[place] == '"' else _WORD).match(text, place)
    assert found is not None, "the JSON is valid"
    return found.end()


def _closing(text: str, place: int) -> int:
    """Return the index of the bracket that closes what is open at a place."""
    depth = 1
    while True:
        found = _TO_BRACKET.match(text, place)
        assert found is not None, "the JSON is valid"
        place = found.end()
        depth += 1 if text[place] in "[{" else -1
        if not depth:
            return place
        place += 1


def _positions(text: str, places: dict[JsonPath, int]) -> dict[JsonPath, Position]:
    """Turn indices into positions in one walk: a file may be one line with many findings."""
    found: dict[JsonPath, Position] = {}
    line, line_start, reached = 1, 0, 0
    for path, place in sorted(places.items(), key=lambda item: item[1]):
        if breaks := text.count("\n", reached, place):
            line, line_start = line + breaks, text.rfind("\n", reached, place) + 1
        reached = place
        found[path] = Position(line, place - line_start + 1)
    return found
