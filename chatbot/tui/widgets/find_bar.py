"""The find bar: a text is sought in the conversation, from hit to hit."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from time import monotonic

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static
from textual.worker import Worker

from chatbot.common import N_, _
from chatbot.conversation import Folded, folded, occurrences
from chatbot.tui.actions import bindings
from chatbot.tui.fields import Line
from chatbot.tui.widgets.conversation import Conversation
from chatbot.tui.widgets.turn_view import SPEAKERS, Hit, Speaker, TurnView

INVITATION = N_("Find in this conversation")

SLICE = 0.01
"""Seconds of seeking after which the interface has its turn."""


class FindBar(Horizontal):
    """Hidden until it is opened. Hits are counted from the oldest turn."""

    DEFAULT_CSS = """
    FindBar {
        display: none;
        height: 1;
        background: $panel;
        &.-open { display: block; }
        Input { width: 1fr; padding: 0 1; background: $panel; }
        #find-count { width: auto; padding: 0 1; color: $foreground-muted; }
    }
    """
    PLACE = "find"
    BINDINGS = bindings(PLACE)

    class Closed(Message):
        """The bar was closed."""

    def __init__(self, conversation: Conversation) -> None:
        super().__init__()
        self._conversation = conversation
        self._current: Hit | None = None
        self._seeking: Worker[None] | None = None
        self._moves = 0
        """Hits to go on by once what is sought has been found."""
        self._known: dict[tuple[TurnView, Speaker], tuple[object, Folded]] = {}
        """Texts as they are compared, and what they were made of, while the bar is open."""

    def compose(self) -> ComposeResult:
        """A field, and how many hits there are."""
        yield Line(placeholder=_(INVITATION), id="find", compact=True)
        yield Static(id="find-count", markup=False)

    def on_mount(self) -> None:
        """Open: it is made when somebody wants it."""
        self._conversation.shown.subscribe(self, lambda _: self.action_close())
        self.open()

    def say_again(self) -> None:
        """Say everything anew, in another language."""
        self.query_one(Input).placeholder = _(INVITATION)
        if self.is_open:
            self._say_which(self._all())

    def open(self) -> None:
        """Show the bar, with what was sought before, ready to be typed over."""
        self.add_class("-open")
        field = self.query_one(Input)
        field.focus()
        field.select_all()
        self._seek()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A bar that is hidden offers nothing."""
        return self.is_open

    @property
    def is_open(self) -> bool:
        """Whether the bar is shown."""
        return self.has_class("-open")

    def action_close(self) -> None:
        """Hide the bar and its hits; the turn of the last hit stays selected."""
        if self.is_open:
            self.remove_class("-open")
            self._current = self._seeking = None
            self._known.clear()
            self._conversation.turns.mark({}, None)
            self.post_message(self.Closed())

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if self.is_open:
            self._seek()

    def _seek(self) -> None:
        """Seek, in slices: the first letter reads the whole conversation."""
        self._moves = 0
        self._seeking = self.run_worker(
            self._go_to_nearest(), group="find", exclusive=True, exit_on_error=True
        )

    async def _go_to_nearest(self) -> None:
        """Go to the hit that is nearest to the selected turn, at best in it or above."""
        hits: list[Hit] = []
        rested = monotonic()
        for found in self._found(self.query_one(Input).value):
            hits += found
            if monotonic() - rested > SLICE:
                await asyncio.sleep(0)
                rested = monotonic()
        self._seeking = None
        if not self.is_open:
            return
        turns, selected = self._conversation.turns, self._conversation.selected
        at = -1 if selected is None else turns.index_of(selected)
        order = {view: index for index, view in enumerate(turns.views)}
        above = [hit for hit in hits if at is None or at < 0 or order[hit.view] <= at]
        hit = above[-1] if above else hits[0] if hits else None
        if hit is not None and self._moves:
            hit = hits[(hits.index(hit) + self._moves) % len(hits)]
        self._go(hits, hit)

    def action_move(self, by: int) -> None:
        """Go to the next hit, or the one before; after the last comes the first."""
        if self._seeking is not None:
            self._moves += by  # from the hit that is being sought
            return
        hits = self._all()
        if self._current in hits:
            self._go(hits, hits[(hits.index(self._current) + by) % len(hits)])
        else:
            self._go(hits, hits[0 if by > 0 else -1] if hits else None)

    def _go(self, hits: list[Hit], hit: Hit | None) -> None:
        """Mark all hits, bring one into sight, and say which it is."""
        self._current = hit
        by_turn = {view: list(found) for view, found in groupby(hits, attrgetter("view"))}
        self._conversation.turns.mark(by_turn, hit)
        if hit is not None:
            self._conversation.selected = hit.view
        self._say_which(hits)

    def _say_which(self, hits: list[Hit]) -> None:
        """Say which of the hits is the current one."""
        is_sought = bool(self.query_one(Input).value.strip())
        count = (
            _("{number:,} of {count:,}").format(
                number=hits.index(self._current) + 1, count=len(hits)
            )
            if self._current in hits
            else _("not found")
        )
        self.query_one("#find-count", Static).update(Content(count if is_sought else ""))

    def _all(self) -> list[Hit]:
        return [hit for found in self._found(self.query_one(Input).value) for hit in found]

    def _found(self, sought: str) -> Iterator[list[Hit]]:
        """Yield the hits in each turn."""
        if not sought.strip():
            return
        for view in tuple(self._conversation.views):
            yield [
                Hit(view, speaker, start, end)
                for speaker in SPEAKERS
                for start, end in occurrences(self._folded(view, speaker), sought)
            ]

    def _folded(self, view: TurnView, speaker: Speaker) -> Folded:
        source = view.message if speaker == "you" else view.reply
        known = self._known.get((view, speaker))
        if known is None or known[0] is not source:
            known = self._known[view, speaker] = (source, folded(view.said_by(speaker)))
        return known[1]
