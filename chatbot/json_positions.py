"""Positions: the line and column of a value in JSON text, for messages that people can follow.

The parser is tree-sitter's, which the editor needs for its colours anyway; it is imported only
once there is something to point at.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tree_sitter import Node

JsonPath = tuple[str | int, ...]
"""Keys and indices from the root to a value: ("intents", 3, "tag")."""


class Position(NamedTuple):
    """A place in a text, as editors count: both from 1, columns in characters."""

    line: int
    column: int


START = Position(1, 1)


def locate(text: str, paths: Iterable[JsonPath]) -> dict[JsonPath, Position]:
    """Return where each path's value stands; what is not there gets the nearest part that is.

    `text` must be valid JSON. Of a key that occurs twice the last counts, as in Python's json.
    """
    import tree_sitter_json
    from tree_sitter import Language, Parser

    data = text.encode("utf-8", errors="surrogatepass")
    tree = Parser(Language(tree_sitter_json.language())).parse(data)
    values = [node for node in tree.root_node.named_children if node.type != "comment"]
    root = values[0] if values else None
    lines = data.split(b"\n")

    def position(node: Node) -> Position:
        row, byte = node.start_point
        column = len(lines[row][:byte].decode("utf-8", errors="replace"))
        return Position(row + 1, column + 1)

    children: dict[int, dict[str | int, Node]] = {}  # of each node that was looked into, by its id
    found: dict[JsonPath, Position] = {}
    for path in paths:
        node = root
        for step in path:
            if node is None:
                break
            if node.id not in children:
                children[node.id] = _children(node)
            deeper = children[node.id].get(step)
            if deeper is None:
                break
            node = deeper
        found[path] = position(node) if node is not None else START
    return found


def at(text: str, index: int) -> Position:
    """Return the position of the character with this index."""
    before = text[:index]
    return Position(before.count("\n") + 1, index - (before.rfind("\n") + 1) + 1)


def _children(node: Node) -> dict[str | int, Node]:
    """Return an array's items by index, an object's values by key."""
    if node.type == "array":
        return dict(enumerate(n for n in node.named_children if n.type != "comment"))
    values: dict[str | int, Node] = {}
    if node.type == "object":
        for pair in node.named_children:
            key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
            if key is not None and value is not None and key.text is not None:
                values[json.loads(key.text.decode("utf-8", errors="replace"))] = value
    return values
