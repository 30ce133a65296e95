"""The form of an intent: its tag, patterns and replies, for people who do not want to edit JSON."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input, Label, TextArea

from chatbot.intents import Intent

PAUSE_SECONDS = 0.3
"""Pause in typing after which the form is written into the document."""

LINE_BREAK = "⏎"
"""Stands for a line break within a pattern or a reply: in the form each has one line."""


class IntentForm(Vertical):
    """Shows one intent; posts what was typed after a pause, and when the form is left."""

    DEFAULT_CSS = """
    IntentForm {
        width: 1fr;
        padding: 0 1;
        Label { color: $foreground-muted; }
        Input, Input:focus { border: none; height: 1; background: $boost; margin-bottom: 1; }
        TextArea, TextArea:focus {
            border: none;
            height: 2fr;
            padding: 0;
            margin-bottom: 1;
            background: $boost;
        }
        #form-replies, #form-replies:focus { height: 1fr; margin-bottom: 0; }
    }
    """

    @dataclass
    class Filled(Message):
        """The form has other values than the intent it shows."""

        tag: str
        """The intent's tag in the document."""
        new_tag: str
        patterns: tuple[str, ...]
        replies: tuple[str, ...]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.intent: Intent | None = None
        """What the document holds, as far as the form knows."""
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Three fields."""
        yield Label("Intent")
        yield Input(id="form-tag")
        yield Label("Patterns: what people say, one per line")
        yield TextArea(id="form-patterns", tab_behavior="focus")
        yield Label("Replies: one per line, one of them is chosen")
        yield TextArea(id="form-replies", tab_behavior="focus")

    def show(self, intent: Intent | None) -> None:
        """Show an intent; fields that already hold its values keep their cursor."""
        self.intent = intent
        self.disabled = intent is None
        tag, patterns, replies = ("", (), ()) if intent is None else _values(intent)
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if self._values() == (tag, patterns, replies):
            return
        self.query_one(Input).value = tag
        for name, values in (("patterns", patterns), ("replies", replies)):
            area = self.query_one(f"#form-{name}", TextArea)
            if _lines(area.text) != values:
                area.load_text("\n".join(value.replace("\n", LINE_BREAK) for value in values))

    @property
    def pending(self) -> Filled | None:
        """What was typed that the document does not have yet; None without a tag."""
        tag, patterns, replies = self._values()
        if self.intent is None or not tag or (tag, patterns, replies) == _values(self.intent):
            return None
        return self.Filled(self.intent.tag, tag, patterns, replies)

    def focus_first(self) -> None:
        """Begin with the patterns: they are what people usually change."""
        self.query_one("#form-patterns", TextArea).focus()

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _typed(self, event: Input.Changed | TextArea.Changed) -> None:
        event.stop()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(PAUSE_SECONDS, self.tell)

    def tell(self) -> None:
        """Post what was typed, if the document holds something else."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if self.is_mounted and (filled := self.pending) is not None:
            self.post_message(filled)

    def _values(self) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
        patterns = self.query_one("#form-patterns", TextArea).text
        replies = self.query_one("#form-replies", TextArea).text
        return self.query_one(Input).value.strip(), _lines(patterns), _lines(replies)


def _values(intent: Intent) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    return intent.tag, intent.patterns, intent.responses


def _lines(text: str) -> tuple[str, ...]:
    """Return the lines that hold anything, as the document has them."""
    return tuple(
        line.strip().replace(LINE_BREAK, "\n") for line in text.split("\n") if line.strip()
    )
