"""The lines of a table, within bounds: a row is measured before it is taken apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import StringIO

from chatbot.common import _

MOST_COLUMNS = 10_000
"""Delimiters in a line, those within quotes among them; the widest export seen has 300 columns."""

MOST_CHARACTERS = 1_000_000
"""Of a line. Python's csv refuses cells of more than 131,072."""

MOST_ROWS = 1_000_000
"""Lines; CLINC150 has 23,700."""


def bounded_lines(
    text: str, delimiter: str, refuse: Callable[[str, str, int], Exception]
) -> Iterator[str]:
    """Yield the lines of a text, for `csv.reader`.

    `refuse` makes the error that is raised for a table beyond the bounds, from a message, a remedy
    and the number of the line.
    """
    for number, line in enumerate(StringIO(text, newline=""), 1):
        if len(line) > MOST_CHARACTERS:
            message = _("the line has more than {most:,} characters").format(most=MOST_CHARACTERS)
            raise refuse(message, _("Put each row on a line of its own"), number)
        if line.count(delimiter) >= MOST_COLUMNS:
            message = _("the row has more than {most:,} columns").format(most=MOST_COLUMNS)
            raise refuse(message, _("Keep the columns of texts, intents and replies"), number)
        if number > MOST_ROWS:
            message = _("the table has more than {most:,} lines").format(most=MOST_ROWS)
            remedy = _("Split the file, or keep fewer examples of each intent")
            raise refuse(message, remedy, number)
        yield line
