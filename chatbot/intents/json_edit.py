"""Edits by program: write changed JSON data back into its text, which keeps its layout.

Whatever did not change keeps its exact characters: people keep short lists on one line, align
things by hand and review the diff. New values are laid out like their neighbours, but for lists of
texts (patterns, replies): those are one text per line, and one that was kept on a line stays there
only as long as it fits.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from chatbot.common import HALF_CHARACTER
from chatbot.intents.json_text import load
from chatbot.intents.json_tree import children_of, encoded, parse
from chatbot.intents.storage import BOM

if TYPE_CHECKING:
    from tree_sitter import Node


_ESCAPED_LETTER = re.compile(r"(?<!\\)(?:\\\\)*\\u(?!00[01])[0-9a-fA-F]{4}")
"""An escape that JSON does not require, as it does for control characters."""

WIDEST = 100
"""Columns that a line may have for a list of texts to stay on it."""


def with_data(text: str, data: Any) -> str:
    """Return JSON `text` changed to hold `data` (what json.loads may return, edited).

    Raises BrokenJsonError when `text` is not JSON. The same data returns the same text; a key that
    an object has twice is written once if that object changed.
    """
    if text.startswith(BOM):
        return BOM + with_data(text.removeprefix(BOM), data)
    old = load(text)
    if _same(old, data):
        return text
    root = parse(encoded(text))
    writer = _Writer(text)
    content = text.encode("utf-8", errors="surrogatepass")
    changed = writer.render(data, _Old(root, old, unchanged=True))
    parts = content[: root.start_byte], changed.encode("utf-8", "surrogatepass")
    return b"".join((*parts, content[root.end_byte :])).decode("utf-8", "surrogatepass")


class _Old(NamedTuple):
    """A value of the old text, to copy or to imitate."""

    node: Node
    value: Any
    unchanged: bool
    """Whether it is the same value as before: only then are the gaps around it kept."""


class _Child(NamedTuple):
    """The text of an item or pair, and the index of the old one that it replaces."""

    text: str
    place: int | None


class _Writer:
    """Writes values in the style of a text: its indentation, blanks and escapes."""

    def __init__(self, text: str) -> None:
        self._bytes = text.encode("utf-8", errors="surrogatepass")
        self._newline = "\r\n" if "\r\n" in text else "\n"
        indented = re.search(r"\n([ \t]+)\S", text)
        self._indent = indented[1] if indented else "" if "\n" in text.strip() else None
        self._ascii = text.isascii() and _ESCAPED_LETTER.search(text) is not None
        spaced = self._indent is not None or re.search(r'":\s', text) or '":' not in text
        self._comma, self._colon = (", ", ": ") if spaced else (",", ":")

    def render(self, value: Any, like: _Old) -> str:
        """Return `value` as JSON: `like` itself where they are the same, else in its layout."""
        if _same(value, like.value):
            return self._slice(like.node.start_byte, like.node.end_byte)
        if value and like.value and isinstance(value, list) and isinstance(like.value, list):
            children = list(self._items(value, like))
            written = self._container(like, children)
            if self._is_endless(value, written, like):
                return self._one_per_line([child.text for child in children], like.node)
            return written
        if value and like.value and isinstance(value, dict) and isinstance(like.value, dict):
            return self._container(like, list(self._pairs(value, like)))
        return self._plain(value, like.node)

    def _items(self, values: list[Any], like: _Old) -> Iterator[_Child]:
        """Write a list's items, each with the old item that it is or replaces."""
        nodes = list(children_of(like.node).values())
        old_names, names = [_name(v) for v in like.value], [_name(v) for v in values]
        matcher = SequenceMatcher(None, old_names, names, autojunk=False)
        for _, old_start, old_end, start, end in matcher.get_opcodes():
            for offset, value in enumerate(values[start:end]):
                index = old_start + offset
                kept = index < old_end
                beside = index if kept else min(max(old_end - 1, 0), len(nodes) - 1)
                old = _Old(nodes[beside], like.value[beside], kept and like.unchanged)
                yield _Child(self.render(value, old), index if old.unchanged else None)

    def _pairs(self, values: dict[str, Any], like: _Old) -> Iterator[_Child]:
        """Write an object's pairs; a key that the old one had keeps its spelling."""
        nodes = children_of(like.node)
        indices = {pair.start_byte: i for i, pair in enumerate(like.node.named_children)}
        for key, value in values.items():
            if key in nodes:
                start = _pair(nodes[key]).start_byte
                old = _Old(nodes[key], like.value[key], like.unchanged)
                head = self._slice(start, nodes[key].start_byte)
                index = indices[start] if like.unchanged else None
                yield _Child(head + self.render(value, old), index)
            else:
                last = like.node.named_children[-1]
                yield _Child(self._dumps(key, None) + self._colon + self._plain(value, last), None)

    def _container(self, like: _Old, children: list[_Child]) -> str:
        """Join children as the old ones were; the gap between old neighbours stays as it was."""
        old = like.node.named_children
        opening = self._slice(like.node.start_byte, old[0].start_byte)
        closing = self._slice(old[-1].end_byte, like.node.end_byte)
        gaps = [self._slice(a.end_byte, b.start_byte) for a, b in pairwise(old)]
        blank = opening[1:]
        gap = gaps[-1] if gaps else f",{blank}" if "\n" in blank else self._comma
        written = [opening, children[0].text]
        for before, child in pairwise(children):
            neighbours = before.place is not None and child.place == before.place + 1
            written.append(gaps[before.place] if neighbours and before.place is not None else gap)
            written.append(child.text)
        return "".join([*written, closing])

    def _plain(self, value: Any, beside: Node) -> str:
        """Write a new value, indented like the line that `beside` is on."""
        if _is_within_a_line(beside):
            written = self._dumps(value, indent=None)
            if self._is_endless(value, written, _Old(beside, None, unchanged=True)):
                return self._one_per_line([self._dumps(text, None) for text in value], beside)
            return written
        lines = self._newline + self._margin(beside)
        return self._dumps(value, self._indent).replace("\n", lines)

    def _is_endless(self, value: Any, written: str, like: _Old) -> bool:
        """Tell whether a list of texts should not stand on one line, as it is written there.

        A file on a single line is left on it, and so is a list that was too wide before.
        """
        texts = value and isinstance(value, list) and all(isinstance(text, str) for text in value)
        if not texts or self._indent is None or "\n" in written:
            return False
        if not like.unchanged and not _is_within_a_line(like.node):
            return True
        before = len(self._line_before(like.node))
        was = like.node.end_byte - like.node.start_byte if isinstance(like.value, list) else 0
        return before + was <= WIDEST < before + len(written)

    def _one_per_line(self, texts: list[str], beside: Node) -> str:
        """Write a list over several lines, indented like the line that `beside` is on."""
        margin = self._newline + self._margin(beside)
        inner = margin + (self._indent or "")
        return "[" + inner + ("," + inner).join(texts) + margin + "]"

    def _margin(self, node: Node) -> str:
        """Return the blanks that the line begins with on which a node begins."""
        line = self._line_before(node)
        return line[: len(line) - len(line.lstrip())]

    def _line_before(self, node: Node) -> str:
        """Return what stands before a node on its line."""
        return self._bytes[: node.start_byte].rpartition(b"\n")[2].decode(errors="replace")

    def _dumps(self, value: Any, indent: str | None) -> str:
        comma = self._comma if indent is None else ","
        separators = (comma, self._colon)
        written = json.dumps(value, ensure_ascii=self._ascii, indent=indent, separators=separators)
        return HALF_CHARACTER.sub(lambda half: f"\\u{ord(half[0]):04x}", written)

    def _slice(self, start: int, end: int) -> str:
        return self._bytes[start:end].decode("utf-8", errors="surrogatepass")


def _pair(value: Node) -> Node:
    assert value.parent is not None  # the value of an object always stands in a pair
    return value.parent


def _is_within_a_line(node: Node) -> bool:
    """Tell whether the list or object around a node is written on one line."""
    around = node.parent
    if around is not None and around.type == "pair" and node.type != "pair":
        around = around.parent
    return (
        around is not None
        and around.type in ("array", "object")
        and around.start_point.row == around.end_point.row
    )


def _same(one: Any, other: Any) -> bool:
    """Tell whether two values are the same JSON; for Python 1 == True == 1.0."""
    return _key(one) == _key(other)


def _name(value: Any) -> str:
    """Return what identifies an item of a list: of an intent its tag, of a test its message."""
    for key in ("tag", "message") if isinstance(value, dict) else ():
        if key in value:
            return _key(value[key])
    return _key(value)


def _key(value: Any) -> str:
    return json.dumps(value)
