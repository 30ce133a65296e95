"""Rhasspy (and voice2json): `sentences.ini`, with a section per intent and a template per line.

`<rule>` is a line `rule = …` of the section or, as `<Intent.rule>`, of another one; `$colour` is
the file `slots/colour`; `(red){colour}` marks an entity; `lamp:light` is said as lamp.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from chatbot.formats.documents import Document
from chatbot.formats.format import Format
from chatbot.formats.gathering import Gathering
from chatbot.formats.slotted import expanded, unreadable
from chatbot.formats.templates import MOST_LEVELS, Row, TemplateError, choice, parse, row

_SECTION = re.compile(r"\[([^\[\]|()<>{}\"',=]{1,200})\][ \t]*$")
_RULE = re.compile(r"(\w[\w.-]*)[ \t]*=[ \t]*(.*)")
_SETTING = re.compile(r"[\w.-]+[ \t]*[=:]")
_MARKUP = re.compile(r"\{[^{}]*\}|!\w+")
"""The name or value of an entity, or a converter of its value."""
_SUBSTITUTED = re.compile(r":(?:\([^()]*\)|[^\s()\[\]|]*)")
_SYNTAX = re.compile(r"[()\[\]|<>{}$:!]")
"""What makes a value a template."""
_REFERENCE = re.compile(r"\$([\w,/.-]+)")
_RANGE = re.compile(r"(-?\d{1,6})\.\.(-?\d{1,6})(?:,\d+)?")


@dataclass
class _Sections:
    """The lines of all files, before they are expanded."""

    sentences: dict[str, list[str]] = field(default_factory=dict)
    """By intent."""
    rules: dict[str, str] = field(default_factory=dict)
    """By the section and the name, with a dot between."""
    slots: dict[str, list[str]] = field(default_factory=dict)
    """By the name of the file."""


def _recognises(document: Document) -> bool:
    if _is_slot_file(document):
        return True
    lines = list(_lines(document))
    if not lines or not _SECTION.match(lines[0]):
        return False
    # A file of settings has `key = value` lines and their indented continuations.
    raw = document.text.split("\n")
    others = [line for line in lines if not _SECTION.match(line)]
    sentences = [line for line in others if "=" not in line and not _SETTING.match(line)]
    indented = sum(line[:1] in " \t" and bool(line.strip()) for line in raw)
    rules = [line for line in others if _RULE.match(line)]
    told = any(" " in line or line[0] in "([<$" for line in sentences)
    return told and indented <= len(sentences) // 2 and len(rules) <= 3 * len(sentences)


def _is_slot_file(document: Document) -> bool:
    return not document.path.suffix and "slots" in document.path.parts[:-1]


def _read(documents: Sequence[Document], into: Gathering) -> None:
    found = _Sections()
    for document in documents:
        if _is_slot_file(document):
            parts = document.path.parts
            name = "/".join(parts[len(parts) - parts[::-1].index("slots") :])
            found.slots[name] = list(_lines(document))
        else:
            _collect(document, found)
    for name, values in found.slots.items():
        plain = [value for value in values if not _SYNTAX.search(value)]
        kept = into.entities.declare(name.split("/")[-1], plain)
        into.note("entities were left out", not kept, [name])
    for intent, sentences in found.sentences.items():
        expander = _Expander(intent, found, into)
        into.add(intent, [text for line in sentences for text in expander.texts(line)])


def _lines(document: Document) -> Iterator[str]:
    """Yield the lines that are neither blank nor comments."""
    for line in map(str.strip, document.text.split("\n")):
        if line and not line.startswith(("#", ";")):
            yield line


def _collect(document: Document, found: _Sections) -> None:
    section = ""
    for line in _lines(document):
        if head := _SECTION.match(line):
            section = head[1].strip()
            found.sentences.setdefault(section, [])
        elif (rule := _RULE.match(line)) and section:
            found.rules[f"{section}.{rule[1]}"] = rule[2]
        elif section:
            found.sentences[section].append(line)


class _Expander:
    """Expands the sentences of one section."""

    def __init__(self, intent: str, found: _Sections, into: Gathering) -> None:
        self._intent = intent
        self._found = found
        self._into = into
        self._known: dict[str, Row | None] = {}
        self._within: list[str] = []

    def texts(self, line: str) -> list[str]:
        """Return the texts of a sentence."""
        try:
            return expanded(self._row(line.removeprefix("\\")), {}, self._into)
        except TemplateError as error:
            unreadable(line, error, self._into)
            return []

    def _row(self, template: str) -> Row:
        marks = _MARKUP.findall(template)
        self._into.note("entity annotations became plain text", len(marks), [template])
        plain = _SUBSTITUTED.sub("", _MARKUP.sub("", template))
        plain = _RANGE.sub(lambda r: f"({r[1]}|{r[2]})", plain)
        plain = _REFERENCE.sub(lambda r: f"<${r[1]}>", plain)
        # A | at the top level separates alternatives here.
        return parse(f"({plain})", self._reference)

    def _value(self, value: str, entity: str) -> Row:
        """Return a line of a slot's file: a value that is marked, or a template."""
        if _SYNTAX.search(value):
            return self._row(value)
        return row([self._into.entities.mark(value, entity)])

    def _reference(self, token: str) -> Row | None:
        """Return what a rule or a slot stands for. Raises TemplateError if it contains itself."""
        name = token[1:-1].strip()
        if not name.startswith("$") and "." not in name:
            around = self._within[-1].rpartition(".")[0] if self._within else ""
            name = f"{around or self._intent}.{name}"
        if name in self._within:
            raise TemplateError(f"{token} contains itself")
        if len(self._within) == MOST_LEVELS:
            raise TemplateError("references nested too deeply")
        if name not in self._known:
            self._within.append(name)
            try:
                self._known[name] = self._resolved(name)
            finally:
                self._within.pop()
        known = self._known[name]
        if known is None:
            self._into.note("rules and slots that are not there became their names", 1, [token])
            return parse(name.rsplit(".", 1)[-1].lstrip("$").replace("_", " "))
        return known

    def _resolved(self, name: str) -> Row | None:
        if name.startswith("$"):
            values = self._found.slots.get(name[1:].split(",")[0], [])
            entity = name[1:].split(",")[0].split("/")[-1]
            rows = [self._value(value, entity) for value in values]
            return row([choice(rows)]) if rows else None
        rule = self._found.rules.get(name)
        return None if rule is None else self._row(rule)


FORMAT = Format("Rhasspy", _recognises, _read)
