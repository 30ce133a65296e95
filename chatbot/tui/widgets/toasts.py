"""Toasts lie where nobody types: at the top, or at the bottom while somebody types up there."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen

ABOVE = "-typing-above"
"""Class of a screen in whose upper half the cursor is; the style sheet puts its toasts below."""


def place_toasts(screen: Screen[Any]) -> None:
    """Put the toasts of a screen away from its cursor."""
    from textual.widgets import Input, TextArea  # start-up

    field = screen.focused
    is_above = (
        isinstance(field, Input | TextArea)
        and field.cursor_screen_offset.y < screen.size.height // 2
    )
    screen.set_class(is_above, ABOVE)
