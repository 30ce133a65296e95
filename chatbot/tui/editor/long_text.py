"""Long texts in a text area: what Textual (8.2) counts anew for every line drawn and every key."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.document._wrapped_document import WrappedDocument


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
    for line in [line for line in lines if not line.isascii() or "\t" in line]:
        # A character takes two cells at the most, a tab `tab_width`.
        if len(line) * max(2, tab_width) > width:
            width = max(width, cell_len(line.expandtabs(tab_width)))
    return width
