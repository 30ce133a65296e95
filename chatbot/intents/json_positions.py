"""Positions: the line and column of a value in JSON text, for messages that lead to the place.

The parser is tree-sitter's, which the editor needs for its colours anyway; it is imported only
once there is something to point at.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from chatbot.common import HALF_CHARACTER

if TYPE_CHECKING:
    from tree_sitter import Node

JsonPath = tuple[str | int, ...]
"""Keys and indices from the root to a value: ("intents", 3, "tag")."""

_STRING_OR_PLUS = re.compile(r'"(?:[^"\\]|\\.)*"|\+')


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
    """Valid JSON text in which values are located. Parsed once, when the first one is."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _parsed(self) -> tuple[bytes, Node]:
        data = encoded(self.text)
        return data, parse(data)

    def locate(self, paths: Iterable[JsonPath]) -> dict[JsonPath, Position]:
        """Return where each path's value stands; what is missing gets the nearest part that exists.

        Of a key that occurs twice the last counts, as in Python's json.
        """
        data, root = self._parsed
        nodes = _find(root, paths)
        return _positions(data, {path: node.start_byte for path, node in nodes.items()})


def locate(text: str, paths: Iterable[JsonPath]) -> dict[JsonPath, Position]:
    """Return where the values of paths stand in valid JSON, as `JsonDocument.locate`."""
    return JsonDocument(text).locate(paths)


def at(text: str, index: int) -> Position:
    """Return the position of the character with this index."""
    before = text[:index]
    return Position(before.count("\n") + 1, index - (before.rfind("\n") + 1) + 1)


def encoded(text: str) -> bytes:
    """Return UTF-8 that the parser takes, of as many characters and bytes as `text`.

    Half a surrogate pair, which has no UTF-8, becomes U+FFFD. The plus of 1e+16, which
    tree-sitter-json 0.24 takes for an error, becomes a zero.
    """
    text = HALF_CHARACTER.sub("\ufffd", text)
    if "e+" in text or "E+" in text:
        text = _STRING_OR_PLUS.sub(lambda found: "0" if found[0] == "+" else found[0], text)
    return text.encode()


def parse(data: bytes) -> Node:
    """Return the syntax node of the one value in valid JSON."""
    import tree_sitter_json
    from tree_sitter import Language, Parser

    document = Parser(Language(tree_sitter_json.language())).parse(data).root_node
    return document.named_children[0] if document.named_children else document


def children_of(node: Node) -> dict[str | int, Node]:
    """Return an array's items by index, an object's values by key; nothing for other nodes."""
    if node.type == "array":
        return dict(enumerate(node.named_children))
    values: dict[str | int, Node] = {}
    if node.type == "object":
        for pair in node.named_children:
            key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
            if key is not None and value is not None and key.text is not None:
                values[json.loads(key.text)] = value
    return values


def _find(root: Node, paths: Iterable[JsonPath]) -> dict[JsonPath, Node]:
    """Return each path's node, or the deepest existing node on its way."""
    children: dict[int, dict[str | int, Node]] = {}  # of each node visited, by its id
    found: dict[JsonPath, Node] = {}
    for path in paths:
        node = root
        for step in path:
            if node.id not in children:
                children[node.id] = children_of(node)
            deeper = children[node.id].get(step)
            if deeper is None:
                break
            node = deeper
        found[path] = node
    return found


def _positions(data: bytes, offsets: dict[JsonPath, int]) -> dict[JsonPath, Position]:
    """Turn byte offsets into positions in one walk: a file may be one line with many findings."""
    found: dict[JsonPath, Position] = {}
    line, column, reached = 1, 1, 0
    for path, offset in sorted(offsets.items(), key=lambda item: item[1]):
        lines = data[reached:offset].decode().split("\n")
        if len(lines) > 1:
            line, column = line + len(lines) - 1, 1
        column += len(lines[-1])
        reached = offset
        found[path] = Position(line, column)
    return found
