"""The rows of a table: of CSV and the like, or of a table in Markdown."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

from chatbot.common import _
from chatbot.formats.documents import Document
from chatbot.formats.errors import TableTooLargeError
from chatbot.formats.table_lines import bounded_lines
from chatbot.intents import Position

SEPARATOR = re.compile(r"\s*\"?sep=(.)\"?[;,]*\s*", re.IGNORECASE)
"""Excel's first line: it names the delimiter."""

_RULE = re.compile(r":?-{2,}:?")
"""A cell of the line below the header of a table in Markdown."""

Lines = list[tuple[int, list[str]]]
"""Rows, each with the number of its last line."""


def rows_of(
    document: Document, delimiter: str, *, quoting: bool
) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not blank, each with its last line's number. Raises FormatError."""

    def refuse(message: str, remedy: str, line: int) -> TableTooLargeError:
        position = Position(line, 1)
        return TableTooLargeError(document.source, message, remedy, position, document.name)

    reader = csv.reader(
        bounded_lines(document.exact_text, delimiter, refuse),
        delimiter=delimiter,
        quoting=csv.QUOTE_MINIMAL if quoting else csv.QUOTE_NONE,
        skipinitialspace=_has_blanks(document, delimiter),
        strict=True,
    )
    is_first = True
    before = 0
    """The last line of the row before."""
    try:
        for cells in reader:
            row = _without_frame(cells) if delimiter == "|" else cells
            if any(cell.strip() for cell in row):
                if not (is_first and SEPARATOR.fullmatch(delimiter.join(row))):
                    yield reader.line_num, row
                is_first = False
            before = reader.line_num
    except csv.Error as error:
        remedy = _('Close the quotes of each text, and double quotes inside a text: ""')
        message = _("the table is broken ({what})").format(what=error)
        # Quotes that nothing closes go on to the end: what is to be mended is where they begin.
        line = before + 1 if "unexpected end" in str(error) else reader.line_num
        raise document.error(message, remedy, Position(line, 1)) from error


def _has_blanks(document: Document, delimiter: str) -> bool:
    """Tell whether a blank follows the delimiters, as people type: `"Who?", "Me."`."""
    header = document.text.lstrip().split("\n", 1)[0]
    return f"{delimiter} " in header and f'{delimiter} "' in document.text


def _without_frame(row: list[str]) -> list[str]:
    """Return the cells of a table in Markdown: no bars around it, no line below its header."""
    cells = [cell.strip() for cell in row]
    if len(cells) > 2 and not cells[0] and not cells[-1]:
        cells = cells[1:-1]
    return [] if all(_RULE.fullmatch(cell) for cell in cells) else cells
