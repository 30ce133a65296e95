"""Which column of a table is which: its header says; without a known one, its content."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from chatbot.formats.answers import are_answers, is_asked
from chatbot.formats.dialects.table_rows import SEPARATOR, rows_of
from chatbot.formats.documents import Document
from chatbot.formats.errors import FormatError, TableTooLargeError
from chatbot.formats.table_lines import MOST_CHARACTERS
from chatbot.intents import (
    Role,
    is_group,
    names_intent,
    plain_name,
    ranked_role,
    uncounted,
)

LONGEST_INTENT = 60
"""Characters. In a table without a header, a longer text is not the name of an intent."""

LONGEST_NAME = 40
"""Characters of a column's name: a longer one is a text."""

FEWEST = 4
"""Rows from which a table without a known header is recognised by its content."""

MOST_RAGGED = 0.2
"""Share of rows of another width in what is a table all the same, and broken."""

_BODIES = frozenset({"content", "body", "description", "text", "details"})
"""What answers a title that is a question."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns are which."""

    texts: tuple[int, ...]
    intent: int | None = None
    replies: tuple[int, ...] = ()
    width: int = 2


@dataclass(frozen=True, slots=True)
class Layout:
    """How to read a table."""

    delimiter: str
    quoting: bool
    columns: Columns
    header: tuple[str, ...] = ()
    """Of a table that has one."""
    is_known: bool = True
    """Whether the header's own names say which column is which."""
    above: int = 0
    """Rows above the header: the name of the table, in a cell of its own."""


def layout_of(document: Document) -> Layout | None:
    """Find out how to read a text as a table; None if it is not one.

    Raises TableTooLargeError.
    """
    first_line = document.text.lstrip("\n").split("\n", 1)[0]
    separator = SEPARATOR.fullmatch(first_line)
    if separator is not None:
        return _layout_with(document, separator[1], quoting=True)
    first_two_lines = "\n".join(document.text.lstrip("\n").split("\n", 2)[:2])
    for delimiter in ",\t;|":
        if delimiter not in first_two_lines:
            continue
        if delimiter not in first_line and len(document.text) > MOST_CHARACTERS:
            continue  # a large table has no title, and its own errors are of no use to other texts
        for quoting in (True, False) if delimiter == "\t" else (True,):
            layout = _layout_with(document, delimiter, quoting=quoting)
            if layout is not None:
                return layout
    return None


def _layout_with(document: Document, delimiter: str, *, quoting: bool) -> Layout | None:
    rows = rows_of(document, delimiter, quoting=quoting)
    try:
        _, first = next(rows, (0, []))
        header = tuple(cell.strip() for cell in first)
        columns = _named(header)
        if _is_whole(columns) and not _is_heading(columns, header):
            return Layout(delimiter, quoting, columns, header)
        body = [first, *(row for _, row in rows)]
    except TableTooLargeError:
        raise
    except FormatError:
        return None
    if len(body) > 1 and sum(map(bool, header)) == 1:
        below = tuple(cell.strip() for cell in body[1])
        if _is_whole(_named(below)):
            return Layout(delimiter, quoting, _named(below), below, above=1)
    if len(header) == 1:
        return None
    if (found := _completed(columns, header, body[1:])) is not None:
        return Layout(delimiter, quoting, found, header)
    if _is_whole(columns):
        return Layout(delimiter, quoting, columns, header)
    return _guessed(body, delimiter, quoting) or _half_named(header, body, delimiter, quoting)


def _is_whole(columns: Columns) -> bool:
    """Tell whether there are texts, and intents or answers."""
    return bool(columns.texts) and (columns.intent is not None or bool(columns.replies))


def _is_heading(columns: Columns, header: Sequence[str]) -> bool:
    """Tell whether intents have a name like “title”, which may be one of questions as well."""
    if columns.intent is None or columns.replies:
        return False
    name = header[columns.intent]
    return not names_intent(name) and not is_group(name)


def _completed(
    columns: Columns, header: Sequence[str], rows: Sequence[Sequence[str]]
) -> Columns | None:
    """Return the columns of questions and answers of which the header names only one, or none.

    Beside answers a single other column has the questions. A title that is a question is answered
    by what is below it: `title,body`.
    """
    if any(len(row) < len(header) for row in rows):
        return None
    if columns.replies and not columns.texts and columns.intent is None:
        others = [place for place in range(len(header)) if place not in columns.replies]
        if len(others) == 1 and header[others[0]]:
            return Columns((others[0],), None, columns.replies, len(header))
    bodies = [place for place, name in enumerate(header) if plain_name(name) in _BODIES]
    if bodies and not columns.replies and _is_heading(columns, header):
        title, body = columns.intent, bodies[0]
        asked = [row for row in rows if title is not None and is_asked(row[title])]
        if title is not None and body != title and asked and 2 * len(asked) >= len(rows):
            return Columns((title,), None, (body,), len(header))
    return None


def _named(header: Sequence[str]) -> Columns:
    """Return the columns that a header names."""
    intents = _of(header, "tag")
    return Columns(
        _of(header, "patterns"),
        intents[0] if intents else None,
        _of(header, "responses"),
        len(header),
    )


def _of(header: Sequence[str], role: Role) -> tuple[int, ...]:
    """Return the columns of a role: the one with the best name, and those it counts on with.

    `pattern1, pattern2` are two columns of patterns; of `question, text` the first is meant.
    """
    ranks = {
        i: known[1]
        for i, name in enumerate(header)
        if len(name) <= LONGEST_NAME
        and (known := ranked_role(name)) is not None
        and known[0] == role
    }
    if not ranks:
        return ()
    best = min(ranks, key=lambda i: (ranks[i], i))
    base = uncounted(header[best])
    return tuple(i for i in ranks if i == best or uncounted(header[i]) == base)


def _half_named(
    header: tuple[str, ...], rows: list[list[str]], delimiter: str, quoting: bool
) -> Layout | None:
    """Return the layout of a table whose header names too little; reading it says what is missing.

    Prose has commas as well: all rows must have the width of the header, and it must name a text or
    an answer.
    """
    columns = _named(header)
    if len(header) < 2 or len(rows) < 2 or any(len(row) != len(header) for row in rows):
        return None
    if not (columns.texts or columns.replies) or any(len(name) > LONGEST_INTENT for name in header):
        return None
    return Layout(delimiter, quoting, columns, header)


def _guessed(rows: list[list[str]], delimiter: str, quoting: bool) -> Layout | None:
    """Tell texts from intents and answers by their content: intents are short, and repeat."""
    width = Counter(map(len, rows)).most_common(1)[0][0] if rows else 0
    whole = [row for row in rows if len(row) == width]
    if width != 2 or len(whole) < (1 - MOST_RAGGED) * len(rows):
        return None
    if len(rows) < FEWEST:
        are_asked = len(rows) > 1 and len(whole) == len(rows) and all(is_asked(r[0]) for r in rows)
        certain = are_asked and are_answers([(row[0], row[1]) for row in rows])
        return Layout(delimiter, quoting, Columns((0,), None, (1,))) if certain else None
    header = _header_of(whole) if whole[0] is rows[0] else ()
    body = whole[1:] if header else whole
    pairs = [(row[0], row[1]) for row in body]
    asked = sum(is_asked(first) for first, _ in pairs)
    if are_answers(pairs) and delimiter == "\t":
        return None  # lines of a dialog, which `questions_text` reads
    if are_answers(pairs) and 2 * asked >= len(body):
        return Layout(delimiter, quoting, Columns((0,), None, (1,)), header, not header)
    kinds = [len({row[i].strip() for row in body}) for i in (0, 1)]
    intent = 0 if kinds[0] < kinds[1] else 1
    names = [row[intent].strip() for row in body]
    if not 2 <= kinds[intent] <= len(body) // 2:
        return None
    if not all(0 < len(name) <= LONGEST_INTENT for name in names):
        return None
    return Layout(delimiter, quoting, Columns((1 - intent,), intent), header, not header)


def _header_of(rows: list[list[str]]) -> tuple[str, ...]:
    """Return the first row if it is a header of unknown names, else nothing.

    Its names are short, and the one over the intents is that of no other row, while the intents of
    the other rows are there again; or one of its names is known.
    """
    first, *others = rows
    if any(not cell.strip() or len(cell.split()) > 2 or len(cell) > 30 for cell in first):
        return ()
    header = tuple(cell.strip() for cell in first)
    if any(ranked_role(cell) for cell in first):
        return header
    for place in (0, 1):
        counts = Counter(row[place].strip() for row in others)
        again = len(counts) > 1 and min(counts.values()) > 1
        if again and header[place] not in counts:
            return header
    return ()


def header_of(document: Document) -> tuple[str, ...]:
    """Return the header of what looks like a table, though none of its columns is understood."""
    first_line = document.text.lstrip("\n").split("\n", 1)[0]
    delimiter = next((mark for mark in ",\t;|" if mark in first_line), None)
    if delimiter is None:
        return ()
    try:
        rows = [row for _, row in rows_of(document, delimiter, quoting=True)]
    except FormatError:
        return ()
    if len(rows) < 2 or any(len(row) != len(rows[0]) for row in rows):
        return ()
    short = all(cell.strip() and len(cell) <= LONGEST_INTENT for cell in rows[0])
    return tuple(rows[0]) if short else ()
