"""YAML without surprises: every scalar is a text, and aliases are refused.

`yes`, `1.10` and `2024-01-01` stay as typed. A few lines of aliases to aliases could fill the
memory. PyYAML parses, in C where it can; the data is built here, with positions.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from chatbot.formats.errors import FormatError
from chatbot.intents import START, Position

if TYPE_CHECKING:
    from chatbot.formats.documents import Document

MOST_LEVELS = 40
"""Rasa's domain, the deepest file that is read, needs ten."""


class YamlObject(dict[str, Any]):
    """A mapping that knows its position in the file."""

    position: Position = START


_BRACKET = re.compile(
    r"^([ \t]*-[ \t]+)(\[[^\[\]\n]*\](?=[^\s,\]#]|[ \t]+[^\s#])[^\n]*)$", re.MULTILINE
)
"""A list item that begins with a marked entity, `- [Paris](city) is nice`: no YAML, but common."""


def load_all(document: Document) -> list[Any]:
    """Return the data of each YAML document in a file: texts, lists and `YamlObject`s.

    An empty value is the empty text. Raises FormatError with line and column.
    """
    try:
        return _loaded(document, document.text)
    except FormatError:
        text, found = _BRACKET.subn(lambda line: line[1] + _quoted(line[2]), document.text)
        if not found:
            raise
        return _loaded(document, text)


def _quoted(text: str) -> str:
    """Return a text in YAML's single quotes, in which nothing but a quote has a meaning."""
    return "'" + text.rstrip().replace("'", "''") + "'"


def _loaded(document: Document, text: str) -> list[Any]:
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    builder = _Builder(document)
    try:
        for event in yaml.parse(text, Loader=loader):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        position = Position(mark.line + 1, mark.column + 1) if mark else START
        what = error.problem or error.context or "it cannot be parsed"
        remedy = "Check the indentation, and put texts with : or # in quotes"
        raise document.error(f"broken YAML: {what}", remedy, position) from error
    except yaml.YAMLError as error:
        what = " ".join(str(error).split())
        raise document.error(f"broken YAML: {what}", "Delete that character") from error
    return builder.documents


class _Builder:
    """Builds data from parse events; a stack, not recursion, so that depth costs nothing."""

    def __init__(self, document: Document) -> None:
        self.documents: list[Any] = []
        self._document = document
        self._open: list[list[Any] | YamlObject] = []
        self._keys: list[str | None] = []
        """For each open mapping, the key whose value comes next."""

    def take(self, event: Any) -> None:
        """Process the next event."""
        match type(event).__name__:
            case "ScalarEvent":
                self._value(event.value, event)
            case "SequenceStartEvent":
                self._start([], event)
            case "MappingStartEvent":
                mapping = YamlObject()
                mapping.position = _position(event)
                self._start(mapping, event)
            case "SequenceEndEvent" | "MappingEndEvent":
                self._open.pop()
                self._keys.pop()
            case "AliasEvent":
                message = f"an alias, *{event.anchor}"
                raise self._error(event, message, "Write out what it stands for")

    def _start(self, container: list[Any] | YamlObject, event: Any) -> None:
        if len(self._open) == MOST_LEVELS:
            message = f"it is nested deeper than {MOST_LEVELS} levels"
            raise self._error(event, message, "Check the brackets and the indentation")
        self._value(container, event)
        self._open.append(container)
        self._keys.append(None)

    def _value(self, value: Any, event: Any) -> None:
        """Put a value into the innermost open container, or make it a document of its own."""
        if not self._open:
            self.documents.append(value)
            return
        container, key = self._open[-1], self._keys[-1]
        if isinstance(container, list):
            container.append(value)
        elif key is not None:
            container[key] = value
            self._keys[-1] = None
        elif not isinstance(value, str):
            raise self._error(event, "a key is a list or an object", "Write a text before the :")
        elif value in container:
            message = f"the key “{value}” is there twice, and only the last one counts"
            raise self._error(event, message, "Merge the two")
        else:
            self._keys[-1] = value

    def _error(self, event: Any, message: str, remedy: str) -> FormatError:
        return self._document.error(message, remedy, _position(event))


def _position(event: Any) -> Position:
    return Position(event.start_mark.line + 1, event.start_mark.column + 1)
