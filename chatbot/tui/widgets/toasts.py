"""Toasts lie where nobody types or reads: at the top, or below while the cursor is up there."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen
from textual.widget import Widget

ABOVE = "-typing-above"
"""Class of a screen in whose upper half the cursor is; the style sheet puts its toasts below."""


def place_toasts(screen: Screen[Any]) -> None:
    """Put the toasts of a screen away from its cursor, in a field or in a list."""
    row = _row_of_cursor(screen.focused)
    screen.set_class(row is not None and row < screen.size.height // 2, ABOVE)


def _row_of_cursor(widget: Widget | None) -> int | None:
    """Return in which row of the screen the cursor is; None where there is none."""
    from textual.widgets import Input, OptionList, TextArea  # start-up

    if isinstance(widget, Input | TextArea):
        return widget.cursor_screen_offset.y
    if isinstance(widget, OptionList) and widget.highlighted is not None:
        # Exactly where all rows have one height, else about there.
        line = widget.highlighted * widget.virtual_size.height // widget.option_count
        return widget.content_region.y + line - widget.scroll_offset.y
    return None
