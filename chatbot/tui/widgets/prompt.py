"""The prompt: where messages are typed. Enter sends, Up and Down walk through earlier ones."""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding
from textual.message import Message
from textual.widgets import TextArea

from chatbot.history import History


class Prompt(TextArea):
    """A text area that grows with its text and behaves like a shell's line."""

    DEFAULT_CSS = """
    Prompt {
        height: auto;
        max-height: 8;
        border: round $border-blurred;
        background: $background;
        padding: 0 1;
        &:focus { border: round $primary; }
    }
    """

    BINDINGS = [
        Binding("enter", "send", "Send", priority=True, id="prompt.send"),
        # Most terminals send plain Enter for shift+enter; ctrl+j reaches us from all of them.
        Binding(
            "shift+enter,ctrl+j,alt+enter",
            "newline",
            "New line",
            show=False,
            id="prompt.newline",
            priority=True,
        ),
    ]

    @dataclass
    class Submitted(Message):
        """A message was sent."""

        prompt: Prompt
        text: str

        @property
        def control(self) -> Prompt:
            """The prompt, so that handlers can name it in their selector."""
            return self.prompt

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(
            id=id,
            compact=True,
            soft_wrap=True,
            show_line_numbers=False,
            highlight_cursor_line=False,
            placeholder="Type a message…",
            tab_behavior="focus",
        )
        self.sent = History()
        """Earlier messages (TextArea's own `history` is that of edits)."""

    def action_send(self) -> None:
        """Send the text, even an empty one is left alone."""
        text = self.text
        if not text.strip():
            return
        self.sent.add(text)
        self.clear()
        self.post_message(self.Submitted(self, text))

    def action_newline(self) -> None:
        """Break the line."""
        self.insert("\n")

    def action_cursor_up(self, select: bool = False) -> None:
        """Move up, or at the first line to the message before."""
        at_top = (
            self.cursor_location[0] == 0
            and self.wrapped_document.location_to_offset(self.cursor_location).y == 0
        )
        if select or not at_top:
            super().action_cursor_up(select)
        else:
            self._show(self.sent.older(self.text))

    def action_cursor_down(self, select: bool = False) -> None:
        """Move down, or at the last line to the message after, at last the draft."""
        row = self.wrapped_document.location_to_offset(self.cursor_location).y
        if select or row < self.wrapped_document.height - 1:
            super().action_cursor_down(select)
        else:
            self._show(self.sent.newer())

    def _show(self, text: str | None) -> None:
        if text is not None:
            self.load_text(text)
            self.move_cursor(self.document.end)
