"""The list of intents: tag, counts of patterns and replies, and a mark where something is wrong."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from operator import itemgetter

from rich.text import Text
from textual import on
from textual.message import Message
from textual.signal import Signal
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from chatbot.common import N_
from chatbot.intents import Intent, Position
from chatbot.tui.actions import bindings
from chatbot.tui.fields import Choices, is_still_there
from chatbot.tui.text import shorten

TAG_WIDTH = 20


class IntentsList(Choices):
    """Lists the intents of the last valid text and knows where each begins."""

    PLACE = "edit.list"
    BINDINGS = bindings(PLACE)

    @dataclass
    class Change(Message):
        """An intent is to be changed: rename, merge, split, remove, up, down."""

        what: str
        tag: str
        """Its name, not its place: until the message arrives the list may be another."""

    @dataclass
    class Undo(Message):
        """The latest change is to be undone, or done again."""

        back: bool

    @dataclass
    class Chosen(Message):
        """An intent was chosen."""

        tag: str
        position: Position
        """Where it began in the last valid text."""

    _intents: tuple[Intent, ...] = ()
    _marked: frozenset[str] = frozenset()
    _is_following = False
    """Whether the list follows the document, and not the person."""
    places: tuple[Position, ...] = ()
    """Where each intent begins in the text."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, chooses=N_("Go to it"))
        self.moved: Signal[int] = Signal(self, "moved")
        """Published with the index of an intent when a person moves to it.

        `OptionHighlighted` arrives a moment later, when letters may have been typed already into
        the form of the intent before."""

    def show(self, intents: Sequence[Intent], places: tuple[Position, ...]) -> None:
        """List intents; those in which something was found stay marked."""
        self.places = places
        self._intents = tuple(intents)
        highlighted = self.highlighted
        with self._following():
            self.clear_options()
            self.add_options(Option(self._line(intent)) for intent in intents)
            if highlighted is not None and highlighted < self.option_count:
                self.highlighted = highlighted

    @contextmanager
    def _following(self) -> Iterator[None]:
        self._is_following = True
        try:
            yield
        finally:
            self._is_following = False

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Tell where a person moved."""
        super().watch_highlighted(highlighted)
        if highlighted is not None and not self._is_following:
            self.moved.publish(highlighted)

    def mark(self, tags: Collection[str]) -> None:
        """Mark the intents in which something was found."""
        changed = self._marked.symmetric_difference(tags)
        self._marked = frozenset(tags)
        for index, intent in enumerate(self._intents):
            if intent.tag in changed:
                self.replace_option_prompt_at_index(index, self._line(intent))

    def _line(self, intent: Intent) -> Text:
        sign = "!" if intent.tag in self._marked else " "
        counts = f"{len(intent.lines):>3} {len(intent.responses):>2}"
        return Text(f"{sign} {shorten(intent.tag, TAG_WIDTH):<{TAG_WIDTH}} {counts}")

    def index_at(self, line: int) -> int | None:
        """Return the index of the intent that a line (from 1) is in, None before the first."""
        after = bisect_right(self.places, line, key=itemgetter(0))
        return after - 1 if after else None

    def follow(self, line: int) -> None:
        """Highlight the intent that a line (from 1) is in."""
        index = self.index_at(line)
        if index is not None and index < self.option_count:
            with self._following():
                self.highlighted = index

    def action_change(self, what: str) -> None:
        """Ask for a change of the intent at the cursor."""
        if self.highlighted is not None:
            self.post_message(self.Change(what, self._intents[self.highlighted].tag))

    def action_undo(self, back: bool) -> None:
        """Undo or redo in the document."""
        self.post_message(self.Undo(back))

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if is_still_there(event) and event.option_index < len(self.places):
            tag = self._intents[event.option_index].tag
            self.post_message(self.Chosen(tag, self.places[event.option_index]))
