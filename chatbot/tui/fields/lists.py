"""Lists, tables and pages whose keys are in the registry."""

from __future__ import annotations

from typing import TypeVar

from rich.segment import Segment
from textual.containers import VerticalScroll
from textual.strip import Strip
from textual.widgets import DataTable, OptionList, SelectionList

from chatbot.tui.actions import keys_for

T = TypeVar("T")

BUTTON = 3
"""Segments that Textual draws before an entry: the same sign in two colours, marked or not."""

_LIST = {
    "cursor.up": "cursor_up",
    "cursor.down": "cursor_down",
    "cursor.first": "first",
    "cursor.last": "last",
    "cursor.page_up": "page_up",
    "cursor.page_down": "page_down",
    "cursor.choose": "select",
}


class Choices(OptionList):
    """A list of which one line can be chosen."""

    BINDINGS = keys_for(_LIST)


class Marks(SelectionList[T]):
    """A list in which several lines can be marked: [x] is and [ ] is not, without colours too.

    Textual's own (8.2) cannot page before it has room for a line.
    """

    BINDINGS = keys_for({**_LIST, "cursor.mark": "select"})

    def render_line(self, y: int) -> Strip:
        """Draw the mark as a sign."""
        line = super().render_line(y)
        number = self.scroll_offset.y + y
        if number >= self.option_count:
            return line
        is_marked = self.get_option_at_index(number).value in self.selected
        button, rest = list(line)[:BUTTON], list(line)[BUTTON:]
        signs = ("[", "x" if is_marked else " ", "]")
        style = button[1].style
        return Strip([*(Segment(sign, style) for sign in signs), *rest])

    def action_page_up(self) -> None:
        """Move up by a page."""
        if self.scrollable_content_region:
            super().action_page_up()  # type: ignore[no-untyped-call]

    def action_page_down(self) -> None:
        """Move down by a page."""
        if self.scrollable_content_region:
            super().action_page_down()  # type: ignore[no-untyped-call]


class Table(DataTable[T]):
    """A table."""

    BINDINGS = keys_for(
        {
            "cursor.up": "cursor_up",
            "cursor.down": "cursor_down",
            "cursor.left": "cursor_left",
            "cursor.right": "cursor_right",
            "cursor.first": "scroll_home",
            "cursor.last": "scroll_end",
            "cursor.page_up": "page_up",
            "cursor.page_down": "page_down",
            "cursor.choose": "select_cursor",
        }
    )


class Page(VerticalScroll):
    """What is larger than its room: it scrolls."""

    BINDINGS = keys_for(
        {
            "cursor.up": "scroll_up",
            "cursor.down": "scroll_down",
            "cursor.left": "scroll_left",
            "cursor.right": "scroll_right",
            "cursor.first": "scroll_home",
            "cursor.last": "scroll_end",
            "cursor.page_up": "page_up",
            "cursor.page_down": "page_down",
        }
    )
