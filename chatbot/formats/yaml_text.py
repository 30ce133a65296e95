"""YAML without surprises: every scalar is a text, and aliases are bounded.

`yes`, `1.10` and `2024-01-01` stay as typed. A few lines of aliases to aliases could fill the
memory, so what they stand for is counted before it is used. PyYAML parses, in C where it can; the
data is built here, with positions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from chatbot.common import _
from chatbot.formats.errors import FormatError
from chatbot.intents import START, Position

if TYPE_CHECKING:
    from chatbot.formats.documents import Document

MOST_LEVELS = 40
"""Rasa's domain, the deepest file that is read, needs ten."""


MOST_ALIASED = 100_000
"""Values that the aliases of a file stand for, all together; a long text counts for one each
hundred characters. A bot with a thousand intents that share ten texts each has a tenth of it."""

_MERGE = "<<"
"""The key of what an object takes over from others, where it does not say it itself."""


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
        what = error.problem or error.context or _("it cannot be parsed")
        remedy = _("Check the indentation, and put texts with : or # in quotes")
        raise document.error(_broken(what), remedy, position) from error
    except yaml.YAMLError as error:
        what = " ".join(str(error).split())
        raise document.error(_broken(what), _("Delete that character")) from error
    return builder.documents


def _broken(what: str) -> str:
    return _("broken YAML: {what}").format(what=what)


@dataclass(slots=True)
class _Open:
    """A list or an object that has begun."""

    value: list[Any] | YamlObject
    anchor: str | None
    key: str | None = None
    """In an object, the key whose value comes next."""
    awaits_merged: bool = False
    """Whether that key is `<<`."""
    size: int = 1
    """Values in it, itself among them."""
    levels: int = 1
    merges: tuple[Any, Any] | None = None
    """The value of `<<`, and its event."""


@dataclass(frozen=True, slots=True)
class _Anchored:
    """A value with a name; `size` is 0 until it has ended."""

    value: Any
    size: int = 0
    levels: int = 0


class _Builder:
    """Builds data from parse events; a stack, not recursion, so that depth costs nothing."""

    def __init__(self, document: Document) -> None:
        self.documents: list[Any] = []
        self._document = document
        self._open: list[_Open] = []
        self._anchors: dict[str, _Anchored] = {}
        self._aliased = 0
        """Values that aliases have stood for so far."""

    def take(self, event: Any) -> None:
        """Process the next event."""
        match type(event).__name__:
            case "DocumentStartEvent":
                self._anchors.clear()
            case "ScalarEvent":
                size = 1 + len(event.value) // 100
                if event.anchor is not None:
                    self._anchors[event.anchor] = _Anchored(event.value, size)
                is_merge = event.value == _MERGE and event.implicit[0]  # without quotes
                self._value(event.value, event, is_merge=is_merge)
                self._count(size, 0)
            case "SequenceStartEvent":
                self._start([], event)
            case "MappingStartEvent":
                mapping = YamlObject()
                mapping.position = _position(event)
                self._start(mapping, event)
            case "SequenceEndEvent" | "MappingEndEvent":
                self._end()
            case "AliasEvent":
                self._alias(event)

    def _alias(self, event: Any) -> None:
        """Put in what an alias stands for, which is then there twice and not copied."""
        name = f"*{event.anchor}"
        found = self._anchors.get(event.anchor)
        if found is None:
            message = _("the alias {name} stands for nothing").format(name=name)
            remedy = _("Write {anchor} before what it stands for")
            raise self._error(event, message, remedy.format(anchor=f"&{event.anchor}"))
        if not found.size:
            message = _("the alias {name} stands for what it is part of").format(name=name)
            raise self._error(event, message, _("Write out what it stands for"))
        self._aliased += found.size
        if self._aliased > MOST_ALIASED:
            message = _("the aliases stand for more than {most:,} values").format(most=MOST_ALIASED)
            raise self._error(event, message, _("Write out what they stand for"))
        if len(self._open) + found.levels > MOST_LEVELS:
            raise self._too_deep(event)
        self._value(found.value, event)
        self._count(found.size, found.levels)

    def _end(self) -> None:
        """Close the innermost list or object."""
        ended = self._open.pop()
        if isinstance(ended.value, YamlObject) and ended.merges is not None:
            self._merge(ended.value, *ended.merges)
        if ended.anchor is not None:
            self._anchors[ended.anchor] = _Anchored(ended.value, ended.size, ended.levels)
        self._count(ended.size, ended.levels)

    def _count(self, size: int, levels: int) -> None:
        """Count what has been put into the innermost open container."""
        if self._open:
            container = self._open[-1]
            container.size += size
            container.levels = max(container.levels, levels + 1)

    def _merge(self, into: YamlObject, merges: Any, event: Any) -> None:
        """Add the keys of `<<` that an object lacks; of several objects the first has its way."""
        for other in merges if isinstance(merges, list) else [merges]:
            if not isinstance(other, YamlObject):
                message = _("{sign} merges what is no object").format(sign=_MERGE)
                raise self._error(event, message, _("Write an alias to an object after it"))
            for key, value in other.items():
                into.setdefault(key, value)

    def _start(self, container: list[Any] | YamlObject, event: Any) -> None:
        if len(self._open) == MOST_LEVELS:
            raise self._too_deep(event)
        self._value(container, event)
        self._open.append(_Open(container, event.anchor))
        if event.anchor is not None:
            self._anchors[event.anchor] = _Anchored(container)

    def _value(self, value: Any, event: Any, *, is_merge: bool = False) -> None:
        """Put a value into the innermost open container, or make it a document of its own."""
        if not self._open:
            self.documents.append(value)
            return
        container = self._open[-1]
        if isinstance(container.value, list):
            container.value.append(value)
        elif container.awaits_merged:
            container.merges, container.awaits_merged = (value, event), False
        elif container.key is not None:
            container.value[container.key] = value
            container.key = None
        elif not isinstance(value, str):
            message = _("a key is a list or an object")
            raise self._error(event, message, _("Write a text before the :"))
        elif value in container.value or (is_merge and container.merges is not None):
            message = _("the key “{key}” is there twice, and only the last one counts")
            raise self._error(event, message.format(key=value), _("Merge the two"))
        elif is_merge:
            container.awaits_merged = True
        else:
            container.key = value

    def _too_deep(self, event: Any) -> FormatError:
        message = _("it is nested deeper than {most} levels").format(most=MOST_LEVELS)
        return self._error(event, message, _("Check the brackets and the indentation"))

    def _error(self, event: Any, message: str, remedy: str) -> FormatError:
        return self._document.error(message, remedy, _position(event))


def _position(event: Any) -> Position:
    return Position(event.start_mark.line + 1, event.start_mark.column + 1)
