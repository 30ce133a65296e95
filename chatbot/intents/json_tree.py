"""JSON text as a syntax tree, for edits that keep its layout."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from chatbot.common import HALF_CHARACTER

if TYPE_CHECKING:
    from tree_sitter import Node

_STRING_OR_PLUS = re.compile(r'"(?:[^"\\]|\\.)*"|\+')


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
