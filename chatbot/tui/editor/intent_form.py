"""The form of an intent: its tag, patterns and replies, for people who do not want to edit JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.signal import Signal
from textual.timer import Timer
from textual.widgets import Input, Label, TextArea

from chatbot.common import _
from chatbot.intents import Intent
from chatbot.tui.actions import keys_for
from chatbot.tui.editor.typed_ahead import typed_ahead
from chatbot.tui.fields import Line, SteadyTextArea

PAUSE_SECONDS = 0.3
"""Pause in typing after which the form is written into the document."""

LINE_BREAK = "⏎"
"""Stands for a line break within a pattern or a reply: in the form each has one line."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What somebody typed into the form that the document does not have yet."""

    tag: str
    """The intent's tag in the document."""
    new_tag: str
    patterns: tuple[str, ...]
    replies: tuple[str, ...]


class IntentForm(Vertical):
    """Shows one intent; says after a pause that something was typed."""

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
    BINDINGS = keys_for({"text.undo": "undo", "text.redo": "redo"})

    class Paused(Message):
        """Something was typed, and then nothing for a moment.

        It does not say what: until it arrives more may be typed, or another intent be shown.
        """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.intent: Intent | None = None
        """What the document holds, as far as the form knows."""
        self.undo_wanted: Signal[bool] = Signal(self, "undo_wanted")
        """Published with True for undo and False for redo: the document has the history.

        A message would arrive later than letters that are typed behind the key."""
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Three fields."""
        yield Label(_("Intent"))
        yield FormName(self, id="form-tag")
        yield Label(_("Patterns: what people say, one per line"))
        yield FormText(self, id="form-patterns")
        yield Label(_("Replies: one per line, one of them is chosen"))
        yield FormText(self, id="form-replies")

    def show(self, intent: Intent | None) -> None:
        """Show an intent; fields that already hold its values keep their cursor."""
        is_another = self.intent is None or intent is None or self.intent.tag != intent.tag
        self.intent = intent
        self.disabled = intent is None
        self._forget_pause()
        shown = _Fields.of(intent)
        if self._fields == shown:
            return
        self.query_one(Input).value = shown.tag
        for name, lines in (("patterns", shown.patterns), ("replies", shown.replies)):
            area = self.query_one(f"#form-{name}", TextArea)
            if _lines(area.text) != lines:
                cursor = (0, 0) if is_another else area.cursor_location
                area.load_text("\n".join(lines))
                area.move_cursor(cursor)

    @property
    def pending(self) -> Filled | None:
        """What was typed that the document does not have yet; without a tag it keeps its own."""
        if self.intent is None:
            return None
        before, fields = _Fields.of(self.intent), self._fields
        new_tag = fields.tag or self.intent.tag
        if (new_tag, fields.patterns, fields.replies) == (
            before.tag,
            before.patterns,
            before.replies,
        ):
            return None
        patterns = _restored(fields.patterns, self.intent.lines)
        replies = _restored(fields.replies, self.intent.responses)
        return Filled(self.intent.tag, new_tag, patterns, replies)

    def focus_first(self) -> None:
        """Begin with the patterns: they are what people usually change."""
        self.screen.set_focus(self.query_one("#form-patterns", TextArea))

    def focus_name(self) -> None:
        """Begin with the name, all of it selected: a new intent has none of its own yet."""
        name = self.query_one(Input)
        self.screen.set_focus(name)  # at once: `focus` does it a message later
        name.action_select_all()  # it may have the focus already

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _typed(self, event: Input.Changed | TextArea.Changed) -> None:
        event.stop()
        self._forget_pause()
        self._timer = self.set_timer(PAUSE_SECONDS, self._paused)

    def _paused(self) -> None:
        self._timer = None
        self.post_message(self.Paused())

    def _forget_pause(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def action_undo(self) -> None:
        """Undo the latest change of the document."""
        self.undo_wanted.publish(True)

    def action_redo(self) -> None:
        """Make the change again that was undone last."""
        self.undo_wanted.publish(False)

    @property
    def _fields(self) -> _Fields:
        patterns = self.query_one("#form-patterns", TextArea).text
        replies = self.query_one("#form-replies", TextArea).text
        return _Fields(self.query_one(Input).value.strip(), _lines(patterns), _lines(replies))


class FormName(Line):
    """The field of the name, from which Enter goes on to the patterns."""

    BINDINGS = keys_for({"text.enter": "go_on"}, priority=True)

    def __init__(self, form: IntentForm, *, id: str) -> None:
        super().__init__(id=id)
        self._form = form

    async def action_go_on(self) -> None:
        """Go on to the patterns, before the next letter is given to a field."""
        await typed_ahead(self)
        self._form.focus_first()


class FormText(SteadyTextArea):
    """A field of several lines, whose undo is that of the document."""

    def __init__(self, form: IntentForm, *, id: str) -> None:
        super().__init__(id=id, tab_behavior="focus")
        self._form = form

    def action_undo(self) -> None:
        """Undo the latest change of the document."""
        self._form.action_undo()

    def action_redo(self) -> None:
        """Make the change again that was undone last."""
        self._form.action_redo()


@dataclass(frozen=True, slots=True)
class _Fields:
    """What the fields hold: a tag and lines."""

    tag: str
    patterns: tuple[str, ...]
    replies: tuple[str, ...]

    @classmethod
    def of(cls, intent: Intent | None) -> _Fields:
        """Return what they hold of an intent that nobody has changed."""
        if intent is None:
            return cls("", (), ())
        return cls(intent.tag, _shown(intent.lines), _shown(intent.responses))


def _shown(values: Iterable[str]) -> tuple[str, ...]:
    """Return texts as lines of the form."""
    return tuple(filter(None, (LINE_BREAK.join(value.splitlines()).strip() for value in values)))


def _lines(text: str) -> tuple[str, ...]:
    """Return the lines that hold anything."""
    return tuple(line.strip() for line in text.split("\n") if line.strip())


def _restored(lines: Iterable[str], values: Iterable[str]) -> tuple[str, ...]:
    """Return lines as the document has them: one that nobody changed exactly as it was there."""
    exact = {shown[0]: value for value in values if (shown := _shown([value]))}
    return tuple(exact.get(line, line.replace(LINE_BREAK, "\n")) for line in lines)
