"""The conversation: one block per turn, newest at the bottom, any of them selectable."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from rich.style import Style
from rich.table import Table
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.widgets import Static

from chatbot.common import percent
from chatbot.tui.text import shorten, shown

if TYPE_CHECKING:
    from chatbot.conversation import Turn
    from chatbot.intents import Intents

KEPT_TURNS = 400
"""Turns on screen; older ones leave it, so that a long conversation does not slow the app down."""

SHOWN_CHARACTERS = 4_000
"""Of a message: a pasted book is read whole by the network, but only its beginning is drawn."""

EXAMPLES = ("What time is it?", "What is a hidden state?", "Tell me a joke")
"""For the default bot; another one offers its own patterns."""


class Said(NamedTuple):
    """A message and its answer, as they are kept while another bot is open."""

    message: str
    turn: Turn | None
    """None for a message that still waits."""


class TurnView(Static):
    """A message and its answer; waits with three dots until the answer is there."""

    COMPONENT_CLASSES = {"turn--you", "turn--bot", "turn--chip", "turn--out-of-scope"}
    DEFAULT_CSS = """
    TurnView {
        padding: 0 1 1 1;
        border-left: blank;
        &:hover { background: $boost; }
        &.-selected { border-left: outer $primary; }
        .turn--you { color: $text-secondary; text-style: bold; }
        .turn--bot { color: $text-primary; text-style: bold; }
        .turn--chip { color: $text-success; background: $success-muted; }
        .turn--out-of-scope { color: $text-warning; background: $warning-muted; }
    }
    """

    @dataclass
    class Clicked(Message):
        """The turn was clicked."""

        view: TurnView

    def __init__(self, message: str) -> None:
        super().__init__()
        self.message = message
        self.turn: Turn | None = None

    def on_mount(self) -> None:
        """Draw the message."""
        self._draw()

    def answer(self, turn: Turn) -> None:
        """Show the answer."""
        self.turn = turn
        self._draw()

    def on_click(self, event: events.Click) -> None:
        """Select this turn."""
        event.stop()
        self.post_message(self.Clicked(self))

    def notify_style_update(self) -> None:
        """Draw again in the colours of another theme."""
        super().notify_style_update()
        if self.is_mounted:
            self._draw()

    def _draw(self) -> None:
        """Draw speaker and text in two columns, so that long texts stay beside their speaker."""
        said = shown(self.message)
        if len(said) > SHOWN_CHARACTERS:
            said = f"{said[:SHOWN_CHARACTERS]} … ({len(said):,} characters)"
        answer = Text("…")
        if self.turn is not None:
            answer = Text.assemble(shown(self.turn.reply), "  ", self._chip(self.turn))
        rows = Table.grid(padding=(0, 2, 0, 0))
        rows.add_column(no_wrap=True)
        rows.add_column(ratio=1, overflow="fold")
        rows.add_row(Text("you", self._style("turn--you")), Text(said))
        rows.add_row(Text("bot", self._style("turn--bot")), answer)
        self.update(rows)

    def _chip(self, turn: Turn) -> Text:
        """Return the intent and confidence of a reply as a small label that never breaks."""
        prediction = turn.reading.prediction
        label = f"{prediction.intent} {percent(prediction.confidence)}"
        if prediction.in_scope:
            label += " · exact pattern" if prediction.is_pattern else ""
            return Text(_unbroken(f" {label} "), self._style("turn--chip"))
        style = self._style("turn--out-of-scope")
        why = "exact example" if prediction.is_pattern else f"nearest {label}"
        return Text(_unbroken(f" out of scope · {why} "), style)

    def _style(self, component: str) -> Style:
        return self.get_component_rich_style(component, partial=True)


def _unbroken(label: str) -> str:
    return label.replace(" ", "\u00a0")


class Example(Static):
    """Something to say; a click says it."""

    def __init__(self, text: str) -> None:
        super().__init__(classes="welcome example")
        self.say(text)

    def say(self, text: str | None) -> None:
        """Show another example, or none."""
        self.text = text or ""
        self.set_class(text is None, "-none")
        self.update(Content(f"› {shorten(shown(self.text), 60)}"))


class Conversation(VerticalScroll, can_focus=False):
    """All turns. Not focusable: a click must not take the keys away from the prompt."""

    DEFAULT_CSS = """
    Conversation {
        scrollbar-size-vertical: 1;
        &.-begun > .welcome { display: none; }
        #welcome { padding: 1 2; color: $foreground-muted; }
        .example.-none { display: none; }
        .example { padding: 0 2; color: $text-accent; &:hover { text-style: underline; } }
    }
    """

    selected: var[TurnView | None] = var(None)

    class Selected(Message):
        """Another turn was selected, or none: see `selected`."""

    @dataclass
    class ExampleChosen(Message):
        """One of the example questions was clicked."""

        text: str

    def compose(self) -> ComposeResult:
        """Greet, and say how to begin."""
        yield Static(
            Content(
                "Say something. A trained GRU reads it word by word, names the intent, and the "
                "panel shows what it remembers after every word. Shift+F1 is a guided tour of it."
                "\n\nFor example:"
            ),
            id="welcome",
            classes="welcome",
        )
        for text in EXAMPLES:
            yield Example(text)

    def offer(self, intents: Intents | None) -> None:
        """Offer as examples what the bot knows: ours, or patterns of its first intents."""
        if intents is None:
            for example in self.query(Example):
                example.say(None)
            return
        known = {pattern for intent in intents.trainable for pattern in intent.patterns}
        own = (intent.patterns[0] for intent in intents.trainable[: len(EXAMPLES)])
        texts = EXAMPLES if known.issuperset(EXAMPLES) else tuple(own)
        for example, text in zip_longest(self.query(Example), texts):
            example.say(text)

    def on_mount(self) -> None:
        """Stay at the newest turn unless the person scrolls up."""
        self.anchor()

    def on_click(self, event: events.Click) -> None:
        """Send a clicked example."""
        if isinstance(event.widget, Example):
            self.post_message(self.ExampleChosen(event.widget.text))

    def add(self, message: str) -> TurnView:
        """Append a message that waits for its answer, and select it."""
        self.add_class("-begun")
        view = TurnView(message)
        self.mount(view)
        views = self.views
        if len(views) > KEPT_TURNS:
            views[0].remove()
        self.selected = view
        self.anchor()
        return view

    def clear(self) -> None:
        """Remove all turns and greet again."""
        self.selected = None
        self.query(TurnView).remove()
        self.remove_class("-begun")

    @property
    def said(self) -> tuple[Said, ...]:
        """What was said, oldest first."""
        return tuple(Said(view.message, view.turn) for view in self.views)

    @property
    def views(self) -> list[TurnView]:
        """The turns on screen, oldest first."""
        return list(self.query(TurnView))

    def move_selection(self, by: int) -> None:
        """Select an earlier (negative) or later turn."""
        views = self.views
        if not views:
            return
        at = views.index(self.selected) if self.selected in views else len(views) - 1
        self.selected = views[min(max(at + by, 0), len(views) - 1)]
        self.scroll_to_widget(self.selected)

    def watch_selected(self, old: TurnView | None, new: TurnView | None) -> None:
        """Mark the selected turn and tell the screen."""
        if old is not None:
            old.remove_class("-selected")
        if new is not None:
            new.add_class("-selected")
        self.post_message(self.Selected())

    @on(TurnView.Clicked)
    def _select(self, event: TurnView.Clicked) -> None:
        event.stop()
        self.selected = event.view
