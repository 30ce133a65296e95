"""CSV and TSV: a table with a column of texts and one of intents, with or without a header."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chatbot.formats.documents import Document
from chatbot.formats.errors import FormatError, TableTooLargeError
from chatbot.formats.format import Format
from chatbot.formats.gathering import Gathering
from chatbot.formats.table_lines import bounded_lines
from chatbot.intents import Position

_TEXTS = frozenset(
    {"text", "pattern", "patterns", "utterance", "sentence", "query", "question", "phrase",
     "example", "message", "utt", "input"}
)  # fmt: skip
_INTENTS = frozenset({"intent", "intents", "tag", "label", "category", "class", "intent_name"})
_REPLIES = frozenset({"response", "responses", "reply", "answer"})

_LONGEST_INTENT = 60
"""Characters. In a table without a header, a longer text is not the name of an intent."""


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which columns are which."""

    text: int
    intent: int
    reply: int | None = None
    width: int = 2


@dataclass(frozen=True, slots=True)
class _Layout:
    """How to read a table."""

    delimiter: str
    quoting: bool
    columns: _Columns
    has_header: bool


def _recognises(document: Document) -> bool:
    return not document.looks_like_json and _layout(document) is not None


def _read(documents: Sequence[Document], into: Gathering) -> None:
    for document in documents:
        layout = _layout(document)
        assert layout is not None  # the file was recognised because it has one
        columns = layout.columns
        named = 2 + (columns.reply is not None)
        into.note("columns other than text, intent and reply were left out", columns.width - named)
        rows = _rows(document, layout.delimiter, layout.quoting)
        if layout.has_header:
            next(rows)
        for line, row in rows:
            if len(row) != columns.width:
                message = f"this row has {len(row)} columns, but the first has {columns.width}"
                remedy = "Put a text with a comma or a line break in double quotes"
                raise document.error(message, remedy, Position(line, 1))
            if not row[columns.intent].strip():
                into.note("texts without an intent were left out", bool(row[columns.text].strip()))
                continue
            replies = [] if columns.reply is None else [row[columns.reply]]
            into.add(row[columns.intent], [row[columns.text]], replies)


def _layout(document: Document) -> _Layout | None:
    """Find out how to read a text as a table; None if it is not one."""
    first_line = document.text.lstrip().split("\n", 1)[0]
    for delimiter in ",\t;|":
        if delimiter not in first_line:
            continue
        for quoting in (True, False) if delimiter == "\t" else (True,):
            layout = _layout_with(document, delimiter, quoting)
            if layout is not None:
                return layout
    return None


def _layout_with(document: Document, delimiter: str, quoting: bool) -> _Layout | None:
    rows = _rows(document, delimiter, quoting)
    try:
        _, first = next(rows, (0, []))
        columns = _named(first)
        if columns is not None:
            return _Layout(delimiter, quoting, columns, has_header=True)
        columns = _guessed([first, *(row for _, row in rows)])
    except TableTooLargeError:
        if not document.inside:  # in a folder another file may be the one that is meant
            raise
        return None
    except FormatError:
        return None
    return None if columns is None else _Layout(delimiter, quoting, columns, has_header=False)


def _named(header: list[str]) -> _Columns | None:
    """Return the columns of a header that names both a text and an intent."""
    names = [name.strip().casefold() for name in header]
    text, intent, reply = (
        next((i for i, name in enumerate(names) if name in known), None)
        for known in (_TEXTS, _INTENTS, _REPLIES)
    )
    if text is None or intent is None:
        return None
    return _Columns(text, intent, reply, len(header))


def _guessed(rows: list[list[str]]) -> _Columns | None:
    """Tell texts from intents: intents are short, and repeat."""
    if len(rows) < 4 or any(len(row) != 2 for row in rows):
        return None
    kinds = [len({row[i].strip() for row in rows}) for i in (0, 1)]
    intent = 0 if kinds[0] < kinds[1] else 1
    names = [row[intent].strip() for row in rows]
    if not 2 <= kinds[intent] <= len(rows) // 2:
        return None
    if not all(0 < len(name) <= _LONGEST_INTENT for name in names):
        return None
    return _Columns(text=1 - intent, intent=intent)


def _rows(document: Document, delimiter: str, quoting: bool) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not blank, each with its last line's number. Raises FormatError."""

    def refuse(message: str, remedy: str, line: int) -> TableTooLargeError:
        return TableTooLargeError(
            document.source, message, remedy, Position(line, 1), document.name
        )

    reader = csv.reader(
        bounded_lines(document.exact_text, delimiter, refuse),
        delimiter=delimiter,
        quoting=csv.QUOTE_MINIMAL if quoting else csv.QUOTE_NONE,
        strict=True,
    )
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield reader.line_num, row
    except csv.Error as error:
        remedy = 'Close the quotes of each text, and double quotes inside a text: ""'
        message = f"the table is broken ({error})"
        raise document.error(message, remedy, Position(reader.line_num, 1)) from error


FORMAT = Format("CSV/TSV", _recognises, _read, is_project=False)
