"""CSV and TSV: a table of texts, with intents, answers or both, with or without a header.

`table_layout` finds out which column is which. A row's answer stays with its question (`rows`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from chatbot.common import _
from chatbot.formats.cells import SPLIT, Splitter, listed, reply_splitter, splitter
from chatbot.formats.dialects.table_layout import Layout, layout_of
from chatbot.formats.dialects.table_rows import Lines, rows_of
from chatbot.formats.documents import Document
from chatbot.formats.format import Format
from chatbot.formats.gathering import Gathering
from chatbot.formats.rows import Row, gather
from chatbot.formats.signatures import kind_of_text
from chatbot.intents import Position, is_group, names_intent, plain_name, role_of

_LANGUAGES = frozenset(
    map(plain_name, ("language", "lang", "locale", "sprache", "idioma", "langue", "язык"))
)
"""Headers of a column with the language of each row."""

_SPEAKING = re.compile(r"[^\W\d]{3,}(?:[ _-][^\W\d]+)*")
"""An id that is a name, and no number, hash or code."""
_NOTHING = frozenset({"nan", "NaN", "NULL", "#N/A", "<NA>"})
"""What programs write into the empty cells of a column of answers."""

HEADER = ("text", "intent")
"""Of the tables that we write."""


def _recognises(document: Document) -> bool:
    if document.looks_like_json or kind_of_text(document.text) is not None:
        return False
    return layout_of(document) is not None


def _read(documents: Sequence[Document], into: Gathering) -> None:
    for document in documents:
        layout = layout_of(document)
        assert layout is not None  # the file was recognised because it has one
        rows = list(rows_of(document, layout.delimiter, quoting=layout.quoting))
        body = rows[layout.above + 1 :] if layout.header else rows
        above = [" ".join(filter(None, row)) for _, row in rows[: layout.above]]
        into.note("the row above the header was left out", len(above), above)
        for line, row in body:
            row += [""] * _blank_columns(row, layout)
            _refuse_ragged(document, line, row, layout)
        _refuse_missing(document, layout)
        _Table(layout, body, into).read()


def _blank_columns(row: list[str], layout: Layout) -> int:
    """Return how many columns a row lacks that have no name: `question,answer,` has one."""
    missing = layout.header[len(row) :]
    return 0 if any(missing) else len(missing)


def _refuse_ragged(document: Document, line: int, row: list[str], layout: Layout) -> None:
    """Raise FormatError for a row of another width than the others."""
    width = layout.columns.width
    if len(row) == width or (len(row) > width and not any(map(str.strip, row[width:]))):
        return  # a spreadsheet's empty columns do not count
    message = (
        _("this row has {count} columns, but the first has {width}")
        if layout.header
        else _("this row has {count} columns, but the others have {width}")
    ).format(count=len(row), width=width)
    remedy = {
        "\t": _("Put a text with a tab or a line break in double quotes"),
        ";": _("Put a text with a semicolon or a line break in double quotes"),
        "|": _("Put a text with a vertical bar or a line break in double quotes"),
    }.get(layout.delimiter, _("Put a text with a comma or a line break in double quotes"))
    raise document.error(message, remedy, Position(line, 1))


def _refuse_missing(document: Document, layout: Layout) -> None:
    """Raise FormatError for a header that names texts, but neither intents nor answers."""
    columns = layout.columns
    if columns.texts and (columns.intent is not None or columns.replies):
        return
    there = {*columns.texts, *columns.replies, columns.intent}
    others = [f"“{name}”" for i, name in enumerate(layout.header) if i not in there]
    unknown = _("; not understood: {names}").format(names=", ".join(others[:8])) if others else ""
    if columns.texts:
        text = layout.header[columns.texts[0]]
        message = _("this table has texts (“{text}”), but neither intents nor answers")
        message = message.format(text=text)
        remedy = _("Rename the column of intents to “intent”, that of answers to “answer”")
    else:
        message = _("no column of this table is one of texts or questions")
        remedy = _("Rename the one with what people type to “text”")
    raise document.error(message + unknown, remedy)


class _Table:
    """Reads the rows of a table whose layout is known."""

    def __init__(self, layout: Layout, body: Lines, into: Gathering) -> None:
        self._layout, self._body, self._into = layout, body, into
        self._columns = layout.columns

    def read(self) -> None:
        """Add the intents."""
        columns, into = self._columns, self._into
        self._note_header()
        self._choose_language()
        tags = [self._tag(row) for _, row in self._body]
        texts = [_cells(row, columns.texts) for _, row in self._body]
        replies = [
            [cell for cell in _cells(row, columns.replies) if cell.strip() not in _NOTHING]
            for _, row in self._body
        ]
        split, answer = self._splitters(tags, texts, replies)
        found = []
        for tag, row_texts, row_replies in zip(tags, texts, replies, strict=True):
            parts = tuple(part for cell in row_texts for part in self._parts(cell, split))
            lines = (cell.replace("\r\n", "\n") for cell in row_replies)
            said_back = tuple(part for cell in lines for part in self._parts(cell, answer))
            if columns.intent is not None and not tag and not (parts and said_back):
                into.note("texts without an intent were left out", len(parts), parts)
                into.note("answers without an intent were left out", len(said_back), said_back)
                continue
            found.append(Row(parts, said_back, tag))
        gather(found, into, name_is_given=self._names_intents)

    def _splitters(
        self, tags: list[str], texts: list[list[str]], replies: list[list[str]]
    ) -> tuple[Splitter, Splitter]:
        """Return how to split the cells of texts and those of replies.

        A table as we write it is read exactly: a cell is one text, whatever it looks like.
        """
        said = [cell for cells in texts for cell in cells]
        if self._layout.header == HEADER:
            lists = [cell for cell in said if listed(cell) is not None or "|" in cell]
            self._into.note(
                "cells look like lists of texts: name the column “patterns” to split them",
                len(lists) if 2 * len(lists) >= len(said) else 0,
                lists,
            )
            return _as_it_is, _as_it_is
        named = [tag for tag in tags if tag]
        one_each = bool(named) and len(set(named)) == len(tags)
        split = splitter(said, one_each=one_each)
        return split, reply_splitter([cell for cells in replies for cell in cells], split)

    @property
    def _names_intents(self) -> bool:
        """Whether the column of intents is one by its name, not one of categories."""
        place, header = self._columns.intent, self._layout.header
        return place is not None and (not header or names_intent(header[place]))

    @property
    def _is_category(self) -> bool:
        """Whether the column of intents only says what each question is about, or counts them."""
        place, header = self._columns.intent, self._layout.header
        if not self._columns.replies or place is None or not header:
            return False
        if plain_name(header[place]) == "id":
            return not any(_SPEAKING.fullmatch(row[place].strip()) for _, row in self._body)
        return is_group(header[place])

    def _tag(self, row: list[str]) -> str:
        place = self._columns.intent
        return "" if place is None or self._is_category else row[place].strip()

    def _parts(self, cell: str, split: Splitter) -> list[str]:
        parts = split(cell)
        self._into.note(SPLIT, len(parts) > 1, [cell])
        return [part for part in parts if part.strip()]

    def _note_header(self) -> None:
        """Note the columns that are not read, and a header that only its place betrays."""
        layout, columns = self._layout, self._columns
        used = {*columns.texts, *columns.replies, None if self._is_category else columns.intent}
        for place in range(columns.width):
            values = [row[place].strip() for _, row in self._body if row[place].strip()]
            name = (layout.header[place] if layout.header else "") or str(place + 1)
            if place not in used and values and plain_name(name) not in _LANGUAGES:
                what = "the column “{name}” was left out"
                self._into.note(what, len(values), values, name=name)
        if not layout.is_known:
            self._into.note("the first row was taken for a header", 1, [", ".join(layout.header)])
        elif layout.header:
            asked = [layout.header[place] for place in columns.texts]
            guessed = [name for name in asked if role_of(name) != "patterns"]
            self._into.note("columns were taken for the questions", len(guessed), guessed)

    def _choose_language(self) -> None:
        """Keep the rows of one language, where a column names it."""
        names = map(plain_name, self._layout.header)
        place = next((i for i, name in enumerate(names) if name in _LANGUAGES), None)
        if place is None:
            return
        languages = Counter(row[place].strip() for _, row in self._body if row[place].strip())
        if languages:
            chosen = self._into.language(languages)
            self._body = [(n, row) for n, row in self._body if row[place].strip() in ("", chosen)]


def _cells(row: list[str], places: Sequence[int]) -> list[str]:
    return [row[place] for place in places if row[place].strip()]


def _as_it_is(cell: str) -> list[str]:
    return [cell]


FORMAT = Format("CSV/TSV", _recognises, _read, is_project=False)
