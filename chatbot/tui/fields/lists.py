"""Lists, tables and pages whose keys are in the registry."""

from __future__ import annotations

from typing import Any, TypeVar

from rich.segment import Segment
from textual.containers import VerticalScroll
from textual.strip import Strip
from textual.widgets import DataTable, OptionList, SelectionList

from chatbot.tui.actions import BY_NAME, keys_for

T = TypeVar("T")

CHOOSE = BY_NAME["cursor.choose"].title
"""What the footer says of Enter in a list that does not say more."""

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
    """A list of which one line can be chosen; `chooses` says in the footer what that does."""

    BINDINGS = keys_for(_LIST)

    def __init__(self, *content: Any, chooses: str = CHOOSE, **about: Any) -> None:
        super().__init__(*content, **about)
        self.chooses = chooses

    def _move_page(self, direction: Any) -> None:
        if can_page(self):
            super()._move_page(direction)


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

    def _move_page(self, direction: Any) -> None:
        if can_page(self):
            super()._move_page(direction)


class Table(DataTable[T]):
    """A table; `chooses` says in the footer what choosing a row does."""

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

    def __init__(self, *, chooses: str = CHOOSE, **about: Any) -> None:
        super().__init__(**about)
        self.chooses = chooses


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


def can_page(options: OptionList) -> bool:
    """Return whether the list has a place for a page, and knows where its options are.

    Textual's (8.2) fails before that.
    """
    return bool(options.scrollable_content_region and options._lines) and (
        (options.highlighted or 0) in options._index_to_line
    )


def is_still_there(event: OptionList.OptionMessage) -> bool:
    """Return whether the option that a message is about is in its list, at the same place.

    The list may have changed while the message was on its way: then nobody has chosen what is
    there now.
    """
    options, index = event.option_list, event.option_index
    return index < options.option_count and options.get_option_at_index(index) is event.option
