"""A page of text over the conversation, closed by Escape: Help and Model info are such pages."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from chatbot.common import _
from chatbot.tui.actions import keys_for
from chatbot.tui.dialogs.dialog import Dialog
from chatbot.tui.fields import Page
from chatbot.tui.session import key_of


class PageScreen(Dialog[None]):
    """Shows parts under a title, text or tables; it scrolls where the terminal is small."""

    BINDINGS = [
        *keys_for({"cursor.choose": "dismiss(None)"}),
        Binding("q", "dismiss(None)", "Close", show=False),
    ]

    def __init__(self, title: str, *parts: Content | Table) -> None:
        super().__init__()
        self._heading = title
        self._parts = parts

    def compose(self) -> ComposeResult:
        """Frame the text."""
        with Page() as box:
            title = _("{title} · {key} closes").format(
                title=self._heading, key=key_of(self, "dialog.close")
            )
            box.border_title = Text(title)
            for part in self._parts:
                yield Static(part)
