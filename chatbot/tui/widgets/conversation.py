"""The conversation: a greeting, then the turns, the newest at the bottom; any can be selected."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, islice, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.signal import Signal
from textual.widgets import Static

from chatbot.common import _
from chatbot.tui.actions import Keymap
from chatbot.tui.fields import Hint
from chatbot.tui.text import shorten, shown
from chatbot.tui.widgets.turn_list import TurnList
from chatbot.tui.widgets.turn_view import ShownReply, TurnView, reply_of

if TYPE_CHECKING:
    from chatbot.conversation import Turn
    from chatbot.intents import Intents

STATES_KEPT = 100
"""Of the newest turns the states of every word are kept for the panel; earlier ones are read again
when they are selected, so that a long conversation does not fill the memory."""

WORDS_KEPT = 20_000
"""Words of those turns together, so that a hundred long messages do not fill it either."""

EXAMPLES = ("What time is it?", "What is a hidden state?", "Tell me a joke")
"""For the default bot; another one offers its own patterns."""

MOST_LOOKED_AT = 5_000
"""Patterns among which these are looked for: of a million it would take a frame or ten."""


def _how_to_begin(keys: Keymap) -> str:
    return _(
        "Say something. A trained network reads it word by word, names the intent, and the panel "
        "shows what it remembers after every word. {key} is a guided tour of it.\n\nFor example:"
    ).format(key=keys.written("tour"))


class Said(NamedTuple):
    """A message and its answer, as they are kept while they are not on the screen."""

    message: str
    reply: ShownReply | None
    """None for a message that still waits."""
    ticket: object = None
    """What the flow that keeps conversations knows the turn by."""


class Example(Static):
    """Something to say; a click says it."""

    def __init__(self, text: str | None) -> None:
        super().__init__(classes="example")
        self.say(text)

    def say(self, text: str | None) -> None:
        """Show another example, or none."""
        self.text = text or ""
        self.set_class(text is None, "-none")
        self.update(Content(f"› {shorten(shown(self.text), 60)}"))


class Greeting(VerticalScroll, can_focus=False):
    """What is there before the first message: how to begin."""

    def compose(self) -> ComposeResult:
        """Greet, and offer examples."""
        yield Hint(_how_to_begin, id="welcome")
        for _each in EXAMPLES:
            yield Example(None)  # what the bot knows is offered once it is loaded


class Conversation(Vertical):
    """All turns of a conversation, and which of them is selected."""

    DEFAULT_CSS = """
    Conversation {
        TurnList { display: none; height: 1fr; }
        &.-begun > Greeting { display: none; }
        &.-begun > TurnList { display: block; }
        Greeting { height: 1fr; scrollbar-size-vertical: 1; }
        #welcome { padding: 1 2; color: $foreground-muted; }
        .example.-none { display: none; }
        .example { padding: 0 2; color: $text-accent; &:hover { text-style: underline; } }
    }
    """

    selected: var[TurnView | None] = var(None)
    is_chosen: var[bool] = var(False)
    """Whether somebody has selected the turn: the newest one is selected by itself."""

    @dataclass
    class Chosen(Message):
        """Something below a reply was chosen."""

        view: TurnView
        choice: int
        """The number of an offer, or REMEMBER."""

    class Asked(Message):
        """What can be done with the selected turn? Somebody wants to know."""

    class Selected(Message):
        """Another turn was selected, or none: see `selected`."""

    @dataclass
    class ExampleChosen(Message):
        """One of the example questions was clicked."""

        text: str

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.shown: Signal[None] = Signal(self, "shown")
        """Published when another conversation is shown."""
        self._with_states: deque[TurnView] = deque()

    def compose(self) -> ComposeResult:
        """The greeting, which makes room for the turns."""
        yield Greeting()
        yield TurnList()

    @property
    def turns(self) -> TurnList:
        """The turns as they are drawn."""
        return self.query_one(TurnList)

    @property
    def views(self) -> Sequence[TurnView]:
        """The turns, oldest first."""
        return self.turns.views

    def offer(self, intents: Intents | None) -> None:
        """Offer as examples what the bot knows: ours, or patterns of its first intents."""
        if intents is None:
            for example in self.query(Example):
                example.say(None)
            return
        every = chain.from_iterable(intent.patterns for intent in intents.trainable)
        known = set(islice(every, MOST_LOOKED_AT))
        own = (intent.patterns[0] for intent in intents.trainable[: len(EXAMPLES)])
        texts = EXAMPLES if known.issuperset(EXAMPLES) else tuple(own)
        for example, text in zip_longest(self.query(Example), texts):
            example.say(text)

    def greet(self, text: Callable[[Keymap], Content]) -> None:
        """Say something else before the first message."""
        self.query_one("#welcome", Hint).say(text)

    def on_click(self, event: events.Click) -> None:
        """Send a clicked example."""
        if isinstance(event.widget, Example):
            self.post_message(self.ExampleChosen(event.widget.text))

    def add(self, message: str) -> TurnView:
        """Append a message that waits for its answer, and select it."""
        self.add_class("-begun")
        view = TurnView(message)
        self.is_chosen = False
        self.turns.append(view)
        self.selected = view
        return view

    def answer(self, view: TurnView, turn: Turn) -> None:
        """Show the answer of a message."""
        view.turn, view.reply = turn, reply_of(turn)
        if turn.instead_of is not None:
            view.message = turn.reading.message  # what the number of an offer stands for
        self._with_states.append(view)
        while len(self._with_states) > STATES_KEPT or self._words_kept > WORDS_KEPT:
            if len(self._with_states) == 1:
                break
            old = self._with_states.popleft()
            if old not in self._with_states:  # it may have been answered again since
                old.turn = None
        self.turns.changed(view)

    @property
    def _words_kept(self) -> int:
        turns = (view.turn for view in self._with_states)
        return sum(len(turn.reading.words) for turn in turns if turn is not None)

    @property
    def said(self) -> tuple[Said, ...]:
        """What was said, oldest first."""
        return tuple(Said(view.message, view.reply, view.ticket) for view in self.views)

    def goes_on_from(self, view: TurnView) -> tuple[list[str], tuple[str, ...]]:
        """Return the messages from which the answer of a turn goes on, and the contexts of then."""
        views = self.views
        at = views.index(view)
        begin = at
        while begin and (reply := views[begin].reply) is not None and reply.goes_on:
            begin -= 1
        turn = views[begin].turn
        contexts = () if turn is None else turn.reading.contexts
        return [earlier.message for earlier in views[begin:at]], contexts

    def show(self, said: Iterable[Said], at: int = -1) -> None:
        """Show a conversation, and select a turn of it."""
        views = [TurnView(message, reply, ticket=ticket) for message, reply, ticket in said]
        self._with_states.clear()
        self.is_chosen = False
        self.set_class(bool(views), "-begun")
        self.turns.show(views)
        if views:
            self.select(views[at])
        else:
            self.selected = None
        self.shown.publish(None)

    def select(self, view: TurnView) -> None:
        """Select a turn and bring it into sight."""
        self.selected = view
        self.turns.scroll_to_view(view)

    def move_selection(self, by: int) -> None:
        """Select an earlier (negative) or later turn."""
        views = self.views
        if not views:
            return
        at = None if self.selected is None else self.turns.index_of(self.selected)
        at = len(views) - 1 if at is None else at
        self.is_chosen = True
        self.select(views[min(max(at + by, 0), len(views) - 1)])

    def validate_selected(self, view: TurnView | None) -> TurnView | None:
        """Stay with what is selected where the new one has gone with its conversation."""
        is_there = view is None or self.turns.index_of(view) is not None
        return view if is_there else self.selected

    def watch_selected(self, new: TurnView | None) -> None:
        """Mark the selected turn and tell the screen."""
        if self.is_mounted:
            self.turns.selected = new
        self.post_message(self.Selected())

    def watch_is_chosen(self) -> None:
        """Tell the screen."""
        self.post_message(self.Selected())

    @on(TurnList.Clicked)
    def _select(self, event: TurnList.Clicked) -> None:
        event.stop()
        self.selected = event.view
        self.is_chosen = True
        if event.asks:
            self.post_message(self.Asked())
        elif event.choice is not None:
            self.post_message(self.Chosen(event.view, event.choice))
