"""Long texts in a text area: what Textual (8.2) counts anew for every line drawn and every key."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.document._document import Document, EditResult, Location
from textual.document._wrapped_document import WrappedDocument


class JoinedDocument(Document):
    """A document that keeps its text until it changes.

    Textual's own joins its lines whenever it is asked, which is once for each line drawn.
    """

    _joined: str | None = None

    @property
    def text(self) -> str:
        """The text of the document."""
        if self._joined is None:
            self._joined = super().text
        return self._joined

    def replace_range(self, start: Location, end: Location, text: str) -> EditResult:
        """Replace a part, which is how every change is made."""
        self._joined = None
        return super().replace_range(start, end, text)


class CountedDocument(WrappedDocument):
    """A wrapped document that knows how many lines it has.

    Textual's own adds them up whenever it is asked, which is once for each line drawn.
    """

    @property
    def height(self) -> int:
        """Lines after wrapping."""
        return len(self._offset_to_line_info)


def widest(lines: Sequence[str], tab_width: int) -> int:
    """Return the width of the widest line in cells; only lines that may be it are measured."""
    width = max(map(len, lines), default=0)
    together = "".join(lines)
    if together.isascii() and "\t" not in together:  # a millisecond, where the loop takes ten
        return width
    for line in [line for line in lines if not line.isascii() or "\t" in line]:
        # A character takes two cells at the most, a tab `tab_width`.
        if len(line) * max(2, tab_width) > width:
            width = max(width, cell_len(line.expandtabs(tab_width)))
    return width
