"""What stands around a view of the panel: title, note, heads, what is at the cursor, legend."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from chatbot.common import _
from chatbot.tui.panel.view import PanelView, Shown
from chatbot.tui.session import key_of
from chatbot.tui.text import shorten, shown
from chatbot.tui.widgets import in_lines

QUOTED_CHARACTERS = 500
"""Of a message, in the title: more than fits any terminal."""


def draw_around(panel: Widget, view: PanelView, message: Shown | None, *, is_pinned: bool) -> None:
    """Draw what stands around the view on show, which shows a message."""
    if not view.IS_OF_MESSAGE:
        message = None
    text = _(view.TITLE)
    if message is not None:
        what = _(message.what)
        quoted = " ".join(shown(message.trace.message[:QUOTED_CHARACTERS]).split())
        text += f" · {what}: “{quoted}”" if quoted else ""
    pinned = _("[pinned: {key} frees it]").format(key=key_of(panel, "pin"))
    mark = f" {pinned}" if is_pinned else ""
    width = max(panel.size.width, 10)
    _write(panel, "title", Content(shorten(text, width - len(mark)) + mark))
    _draw_note(panel, message)
    _write(panel, "columns", Content(view.columns()))
    _write_lines(panel, "value", view.describe())
    _write(panel, "legend", view.legend())


def _draw_note(panel: Widget, message: Shown | None) -> None:
    """Say where the intents file decides, and not the network."""
    note = ""
    if message is not None:
        from chatbot.insight import note_of_file  # not at start-up: it imports NumPy

        note = note_of_file(message.trace)
    panel.query_one("#panel-note").set_class(bool(note), "-shown")
    _write_lines(panel, "note", shown(note[:1].upper() + note[1:]))


def _write_lines(panel: Widget, part: str, text: str) -> None:
    _write(panel, part, Content(in_lines(text, panel.size.width)))


def _write(panel: Widget, part: str, text: Content) -> None:
    panel.query_one(f"#panel-{part}", Static).update(text)
