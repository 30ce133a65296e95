"""A question that is answered with a line of text."""

from __future__ import annotations

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input


class WriteScreen(ModalScreen[str | None]):
    """Dismisses with what was typed, or None; an empty line is no answer."""

    DEFAULT_CSS = """
    WriteScreen {
        align: center middle;
        Vertical {
            width: 64;
            max-width: 96%;
            height: auto;
            border: round $primary;
            background: $surface;
            border-title-color: $text-primary;
        }
    }
    """
    BINDINGS = [Binding("escape", "dismiss(None)", "Close", show=False)]

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
            self.dismiss(event.value.strip())
