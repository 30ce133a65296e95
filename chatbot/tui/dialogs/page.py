"""A page of text over the conversation, closed by Escape: Help and Model info are such pages."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from chatbot.common import _
from chatbot.tui.dialogs.dialog import Dialog


class PageScreen(Dialog[None]):
    """Shows parts under a title, text or tables; it scrolls where the terminal is small."""

    BINDINGS = [Binding("enter,q", "dismiss(None)", "Close", show=False)]

    def __init__(self, title: str, *parts: Content | Table) -> None:
        super().__init__()
        self._heading = title
        self._parts = parts

    def compose(self) -> ComposeResult:
        """Frame the text."""
        with VerticalScroll() as box:
            box.border_title = Text(_("{title} · Escape closes").format(title=self._heading))
            for part in self._parts:
                yield Static(part)
