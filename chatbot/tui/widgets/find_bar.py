"""The find bar: a text is sought in the conversation, from hit to hit."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static
from textual.worker import Worker

from chatbot.common import N_, _
from chatbot.tui.actions import bindings
from chatbot.tui.fields import Line
from chatbot.tui.widgets.conversation import Conversation
from chatbot.tui.widgets.turn_list import no_hits
from chatbot.tui.widgets.turn_search import TurnSearch
from chatbot.tui.widgets.turn_view import Hit

INVITATION = N_("Find in this conversation")


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
        self._search = TurnSearch()

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
            self._say_which(self._search.counts(self._conversation.views))

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
            self._search = TurnSearch()
            self._conversation.turns.mark(no_hits, None)
            self.post_message(self.Closed())

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if self.is_open:
            self._seek()

    def _seek(self) -> None:
        """Seek, in slices: the first letter reads the whole conversation."""
        self._moves = 0
        self._search.look_for(self.query_one(Input).value)
        self._seeking = self.run_worker(
            self._go_to_nearest, group="find", exclusive=True, exit_on_error=True
        )

    async def _go_to_nearest(self) -> None:
        """Go to the hit that is nearest to the selected turn, at best in it or above.

        Then count them all: that takes longer.
        """
        turns, selected = self._conversation.turns, self._conversation.selected
        views = tuple(turns.views)
        at = None if selected is None else turns.index_of(selected)
        hit = await self._search.nearest(views, len(views) - 1 if at is None else at)
        if not self.is_open:
            return
        self._go(hit)
        counts = await self._search.count(views)
        if not self.is_open:
            return
        self._seeking = None
        if self._moves:
            self._move(self._moves)
        else:
            self._say_which(counts)

    def action_move(self, by: int) -> None:
        """Go to the next hit, or the one before; after the last comes the first."""
        if self._seeking is not None:
            self._moves += by  # from the hit that is being sought
        else:
            self._move(by)

    def _move(self, by: int) -> None:
        views = self._conversation.views
        counts = self._search.counts(views)
        number, count = self._number(counts), sum(counts)
        if count:
            start = (-1 if by > 0 else 0) if number is None else number
            self._go(self._search.hit_at(views, counts, (start + by) % count))
        else:
            self._go(None)
        self._say_which(counts)

    def _go(self, hit: Hit | None) -> None:
        """Mark the hits that are in sight, and bring one there."""
        self._current = hit
        self._conversation.turns.mark(self._search.hits_in, hit)
        if hit is not None:
            self._conversation.selected = hit.view

    def _number(self, counts: Sequence[int]) -> int | None:
        """Return the place of the current hit among all, from 0; None where it is none any more."""
        index = self._current and self._conversation.turns.index_of(self._current.view)
        if self._current is None or index is None or index >= len(counts):
            return None
        hits = self._search.hits_in(self._current.view)
        return sum(counts[:index]) + hits.index(self._current) if self._current in hits else None

    def _say_which(self, counts: Sequence[int]) -> None:
        """Say which of the hits is the current one; `counts` are those of each turn."""
        number = self._number(counts)
        text = (
            _("not found")
            if number is None
            else _("{number:,} of {count:,}").format(number=number + 1, count=sum(counts))
        )
        is_sought = bool(self.query_one(Input).value.strip())
        self.query_one("#find-count", Static).update(Content(text if is_sought else ""))
