"""A field of several lines whose keys are in the registry; undo and redo are safe in it."""

from __future__ import annotations

from collections.abc import Mapping

from textual.geometry import Offset
from textual.widgets import TextArea

from chatbot.tui.actions import keys_for


def moves(calls: Mapping[str, str]) -> dict[str, str]:
    """Return what moves the cursor, and what also selects."""
    return {
        f"text.{kind}{name}": f"{call}({arguments})" if arguments else call
        for kind, arguments in (("", ""), ("select_", "True"))
        for name, call in calls.items()
    }


class SteadyTextArea(TextArea):
    """A field of several lines, without the crash of an undo that makes the scrollbar disappear.

    Textual (8.2) lays the text out anew before it moves the cursor back. A scrollbar that comes or
    goes just then scrolls to the cursor, which may stand on a line that is no longer there.
    """

    DEFAULT_CSS = """
    SteadyTextArea {
        .text-area--gutter, .text-area--cursor-gutter { color: $foreground-muted; }
        .text-area--placeholder { color: $foreground-muted; }
    }
    """
    BINDINGS = keys_for(
        {
            **moves(
                {
                    "left": "cursor_left",
                    "right": "cursor_right",
                    "up": "cursor_up",
                    "down": "cursor_down",
                    "word_left": "cursor_word_left",
                    "word_right": "cursor_word_right",
                    "line_start": "cursor_line_start",
                    "line_end": "cursor_line_end",
                    "start": "to_start",
                    "end": "to_end",
                }
            ),
            "text.page_up": "cursor_page_up",
            "text.page_down": "cursor_page_down",
            "text.select_all": "select_all",
            "text.delete_left": "delete_left",
            "text.delete_right": "delete_right",
            "text.delete_word_left": "delete_word_left",
            "text.delete_word_right": "delete_word_right",
            "text.delete_to_start": "delete_to_start_of_line",
            "text.delete_to_end": "delete_to_end_of_line_or_delete_line",
            "text.delete_line": "delete_line",
            "text.cut": "cut",
            "text.paste": "paste",
            "text.undo": "undo",
            "text.redo": "redo",
        }
    )

    def action_to_start(self, select: bool = False) -> None:
        """Go to the first character, or select up to it."""
        self.move_cursor((0, 0), select=select)

    def action_to_end(self, select: bool = False) -> None:
        """Go behind the last character, or select up to it."""
        self.move_cursor(self.document.end, select=select)

    def scroll_cursor_visible(self, center: bool = False, animate: bool = False) -> Offset:
        """Scroll to the cursor; while it is outside of the text stay, as it moves in a moment."""
        if any(row >= self.document.line_count for row, _ in self.selection):
            return Offset()
        return super().scroll_cursor_visible(center, animate)
