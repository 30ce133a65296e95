"""A question that is answered with a line of text."""

from __future__ import annotations

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from chatbot.tui.dialogs.dialog import Dialog


class WriteScreen(Dialog[str | None]):
    """Dismisses with what was typed, or None; an empty line is no answer."""

    def __init__(self, question: str) -> None:
        super().__init__()
        self._question = question

    def compose(self) -> ComposeResult:
        """The question as the title of the field."""
        with Vertical() as box:
            box.border_title = Text(self._question)
            box.border_subtitle = "Enter takes it · Escape closes"
            yield Input()

    @on(Input.Submitted)
    def _written(self, event: Input.Submitted) -> None:
        if event.value.strip():
            self.answer(event.value.strip())
