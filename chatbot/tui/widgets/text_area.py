"""A text area whose undo and redo are safe where they make its scrollbar come or go."""

from __future__ import annotations

from textual.geometry import Offset
from textual.widgets import TextArea


class SteadyTextArea(TextArea):
    """Textual's text area (8.2), without the crash of an undo that makes the scrollbar disappear.

    Textual lays the text out anew before it moves the cursor back. A scrollbar that comes or goes
    just then scrolls to the cursor, which may stand on a line that is no longer there.
    """

    def scroll_cursor_visible(self, center: bool = False, animate: bool = False) -> Offset:
        """Scroll to the cursor; while it is outside of the text stay, as it moves in a moment."""
        if any(row >= self.document.line_count for row, _ in self.selection):
            return Offset()
        return super().scroll_cursor_visible(center, animate)
