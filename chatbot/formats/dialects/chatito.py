"""Chatito: `%[intent]` with sentences below it, `~[alias]` and `@[slot]` with their alternatives.

An alternative of an alias may have aliases itself. `~[alias?]` may be left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from chatbot.formats.documents import Document
from chatbot.formats.format import Format
from chatbot.formats.gathering import Gathering
from chatbot.formats.slotted import expanded, unreadable
from chatbot.formats.templates import (
    MOST_LENGTH,
    MOST_LEVELS,
    Choice,
    Row,
    TemplateError,
    choice,
    row,
)

_HEAD = re.compile(r"([%@~])\[([^\[\]\n]{1,200})\](?:\([^\n]*\))?[ \t]*$")
_INTENT = re.compile(r"^%\[[^\[\]\n]{1,200}\]", re.MULTILINE)
_REFERENCE = re.compile(r"[~@]\[[^\[\]\n]{1,200}\]")
_PROBABILITY = re.compile(r"^\*\[[\d.\s%]*\][ \t]*")


def _recognises(document: Document) -> bool:
    return _INTENT.search(document.text) is not None


def _read(documents: Sequence[Document], into: Gathering) -> None:
    definitions: dict[str, list[str]] = {}
    for document in documents:
        _collect(document, definitions, into)
    expander = _Expander(definitions, into)
    slots = [name[2:-1] for name in definitions if name.startswith("@")]
    for slot in slots:
        lines = definitions[f"@[{slot}]"]
        plain = [line for line in lines if not _REFERENCE.search(line)]
        kept = into.entities.declare(slot.split("#", 1)[0], plain)
        into.note("slots were left out", not kept, [slot])
    for name, lines in definitions.items():
        if name.startswith("%"):
            into.add(name[2:-1], [text for line in lines for text in expander.texts(line)])


def _collect(document: Document, definitions: dict[str, list[str]], into: Gathering) -> None:
    """Add the lines below each head, under `%[intent]`, `@[slot]` or `~[alias]`."""
    lines: list[str] | None = None
    for line in map(str.rstrip, document.text.split("\n")):
        content = line.strip()
        if not content or content.startswith(("//", "#")):
            continue
        if found := _HEAD.match(line):
            lines = definitions.setdefault(f"{found[1]}[{found[2].strip()}]", [])
        elif line[0] in " \t" and lines is not None:
            lines.append(_PROBABILITY.sub("", content))
        elif not content.startswith("import "):
            into.note("lines outside of an intent, a slot or an alias were left out", 1, [content])


class _Expander:
    """Expands sentences in which aliases and slots stand for one of their lines."""

    def __init__(self, definitions: dict[str, list[str]], into: Gathering) -> None:
        self._definitions = definitions
        self._into = into
        self._known: dict[str, Choice] = {}
        self._within: list[str] = []

    def texts(self, line: str) -> list[str]:
        """Return the texts of a sentence."""
        try:
            return expanded(self._row(line), {}, self._into)
        except TemplateError as error:
            unreadable(line, error, self._into)
            return []

    def _row(self, line: str) -> Row:
        if len(line) > MOST_LENGTH:
            raise TemplateError("too long")
        parts: list[str | Choice] = []
        end = 0
        for found in _REFERENCE.finditer(line):
            parts += [line[end : found.start()], self._choice(found[0])]
            end = found.end()
        return row([*parts, line[end:]])

    def _line(self, line: str, slot: str) -> Row:
        """Return a line below a head; of a slot, where it is a value, marked."""
        is_value = slot and not _REFERENCE.search(line)
        return row([self._into.entities.mark(line, slot)]) if is_value else self._row(line)

    def _choice(self, reference: str) -> Choice:
        """Return the alternatives of `~[name]` or `@[name]`. Raises TemplateError."""
        kind, name = reference[0], reference[2:-1].strip()
        plain = name.removesuffix("?").strip()
        known = self._known_choice(f"{kind}[{plain}]")
        if not name.endswith("?"):
            return known
        return choice([row([known]), row([])])

    def _known_choice(self, key: str) -> Choice:
        if key in self._within:
            raise TemplateError(f"{key} contains itself")
        if len(self._within) == MOST_LEVELS:
            raise TemplateError("references nested too deeply")
        if key not in self._known:
            self._within.append(key)
            try:
                # An alias without a definition is a text: ~[please] says please.
                plain = key[2:-1].split("#", 1)[0].replace("_", " ")
                lines = self._definitions.get(key)
                slot = key[2:-1].split("#", 1)[0] if key[0] == "@" else ""
                self._known[key] = choice(
                    [row([plain])] if lines is None else [self._line(li, slot) for li in lines]
                )
            finally:
                self._within.pop()
        known = self._known[key]
        if not known.count:
            raise TemplateError(f"{key} has no lines")
        return known


FORMAT = Format("Chatito", _recognises, _read)
