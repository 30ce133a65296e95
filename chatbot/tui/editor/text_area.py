"""Typing in the editor: a text area with Ctrl+Home and Ctrl+End, and keys that wait for letters."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from textual.binding import Binding
from textual.widget import Widget
from textual.widgets import TextArea

PATIENCE_SECONDS = 5.0
"""How long a key waits at the most for a field that is busy with the letters before it."""


class EditorText(TextArea):
    """A text area with the keys that Textual's own lacks."""

    BINDINGS = [
        Binding("ctrl+home", "to_start", "Go to the start", show=False),
        Binding("ctrl+end", "to_end", "Go to the end", show=False),
        Binding("ctrl+shift+home", "to_start(True)", "Select to the start", show=False),
        Binding("ctrl+shift+end", "to_end(True)", "Select to the end", show=False),
    ]

    def action_to_start(self, select: bool = False) -> None:
        """Go to the first character, or select up to it."""
        self.move_cursor((0, 0), select=select)

    def action_to_end(self, select: bool = False) -> None:
        """Go behind the last character, or select up to it."""
        self.move_cursor(self.document.end, select=select)


async def typed_ahead(field: Widget) -> None:
    """Wait until the letters typed ahead of a key have arrived in their field.

    A priority key is taken before any widget sees it, letters go through the queue of the widget
    that has the focus: a fast typist's last one would end up in what the key shows.
    """
    arrived = asyncio.Event()
    if field.call_later(arrived.set):
        with suppress(TimeoutError):
            await asyncio.wait_for(arrived.wait(), PATIENCE_SECONDS)
