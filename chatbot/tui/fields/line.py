"""A field of one line whose keys are in the registry."""

from __future__ import annotations

from textual.widgets import Input

from chatbot.tui.actions import keys_for
from chatbot.tui.fields.text_area import moves


class Line(Input):
    """A field of one line."""

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
