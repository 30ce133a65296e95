"""Lists, tables and pages whose keys are in the registry."""

from __future__ import annotations

from typing import TypeVar

from textual.containers import VerticalScroll
from textual.widgets import DataTable, OptionList, SelectionList

from chatbot.tui.actions import keys_for

T = TypeVar("T")

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
    """A list in which several lines can be marked."""

    BINDINGS = keys_for({**_LIST, "cursor.mark": "select"})


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
