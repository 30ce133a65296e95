"""A field of one line whose keys are in the registry."""

from __future__ import annotations

from typing import Any

from textual import events
from textual.widgets import Input

from chatbot.common import TAUGHT_CHARACTERS
from chatbot.tui.actions import keys_for
from chatbot.tui.fields.text_area import moves


class Line(Input):
    """A field of one line: of what is pasted into it, line breaks become blanks.

    `chooses` says in the footer what Enter does; without it the footer does not name Enter.

    It holds as much as can be taught, and the bell rings for the rest. Textual goes over all of it
    several times with every key: a pasted megabyte would hold up the app for minutes.
    """

    BINDINGS = keys_for(
        {
            **moves(
                {
                    "left": "cursor_left",
                    "right": "cursor_right",
                    "word_left": "cursor_left_word",
                    "word_right": "cursor_right_word",
                    "line_start": "home",
                    "line_end": "end",
                }
            ),
            "text.select_all": "select_all",
            "text.delete_left": "delete_left",
            "text.delete_right": "delete_right",
            "text.delete_word_left": "delete_left_word",
            "text.delete_word_right": "delete_right_word",
            "text.delete_to_start": "delete_left_all",
            "text.delete_to_end": "delete_right_all",
            "text.cut": "cut",
            "text.paste": "paste",
            "text.enter": "submit",
        }
    )

    def __init__(self, *content: Any, chooses: str = "", **about: Any) -> None:
        super().__init__(*content, **about)
        self.chooses = chooses

    def replace(self, text: str, start: int, end: int) -> None:
        """Put a text in place of a part; whatever is typed or pasted comes here."""
        line = " ".join(text.splitlines())
        room = max(TAUGHT_CHARACTERS - len(self.value) + abs(end - start), 0)
        if len(line) > room:
            self.restricted()
        super().replace(line[:room], start, end)

    def on_paste(self, event: events.Paste) -> None:
        """Take all lines; Textual takes the first."""
        event.prevent_default()
        event.stop()
        self.replace(event.text, *self.selection)
