"""The conversations screen: all that are kept, a search over them, and what can be done with one.

The archive is asked in threads: a search while another window writes may wait for it.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from textual import on, work
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from chatbot.archive import Archive, ArchiveError, Conversation, export
from chatbot.common import N_, NoHomeError, _, paths
from chatbot.tui.actions import bindings
from chatbot.tui.closing import ClosingScreen
from chatbot.tui.dialogs import WriteScreen, ask, start_asking
from chatbot.tui.fields import Choices
from chatbot.tui.screens.conversation_rows import Row, count_of_turns, drawn
from chatbot.tui.text import shown_path
from chatbot.tui.widgets import KeyFooter

NONE_YET = N_("No conversation is kept yet: each message is, as soon as it is answered.")
NOTHING_FOUND = N_("No message and no reply holds all these words.")
AHEAD = 10
"""Rows before the end of the list at which the next page is read."""


class ConversationList(Choices):
    """The conversations; its keys are the commands of the screen."""

    PLACE = "conversations.list"
    BINDINGS = bindings(PLACE)

    def action_page_up(self) -> None:
        """Move up by a page. Textual's own list (8.2) cannot before it has room for a line."""
        if self.scrollable_content_region:
            super().action_page_up()  # type: ignore[no-untyped-call]

    def action_page_down(self) -> None:
        """Move down by a page."""
        if self.scrollable_content_region:
            super().action_page_down()  # type: ignore[no-untyped-call]


class ConversationsScreen(ClosingScreen[None]):
    """Lists the conversations; the app continues the one that is chosen."""

    CSS_PATH = "conversations.tcss"
    AUTO_FOCUS = "ConversationList"
    PLACE = "conversations"
    BINDINGS = bindings(PLACE)

    @dataclass
    class ContinueRequested(Message):
        """A conversation is to go on."""

        conversation: int
        turn: int | None
        """The turn to show; None for the newest."""

    @dataclass
    class Listed(Message):
        """A page of the list, or of what a search found, was read."""

        query: str
        rows: tuple[Row, ...]
        is_first: bool
        is_last: bool

    def __init__(self, archive: Archive, bot: Path) -> None:
        super().__init__()
        self._archive = archive
        self._bot = bot
        self._rows: list[Row] = []
        self._query = ""
        self._has_more = False
        self._highlight: int | None = None
        """The conversation to highlight when the list has been read again."""

    def compose(self) -> ComposeResult:
        """Title, field, list, footer."""
        yield Static(_("Conversations"), id="title", markup=False)
        yield Input(placeholder=_("/ searches all messages and replies"), id="query")
        yield ConversationList(id="list")
        yield Static(id="empty", markup=False)
        yield KeyFooter()

    def on_mount(self) -> None:
        """Read the list."""
        self.read()

    def read(self) -> None:
        """Read the list, or what the search finds, again from its beginning."""
        self._read(self._query, None)

    # ---- reading, in a thread

    @work(thread=True, exclusive=True, group="list", exit_on_error=False)
    def _read(self, query: str, after: Row | None) -> None:
        try:
            rows = self._page(query, after)
        except ArchiveError as error:
            self.app.call_from_thread(self._show_problem, str(error))
            return
        self.post_message(self.Listed(query, rows, after is None, not rows))

    def _page(self, query: str, after: Row | None) -> tuple[Row, ...]:
        if not query.strip():
            last = None if after is None else after.conversation
            return tuple(Row(found) for found in self._archive.conversations(after=last))
        before = None if after is None or after.turn is None else after.turn.id
        found = self._archive.search(query, before=before)
        return tuple(Row(each.conversation, each.turn) for each in found)

    @on(Listed)
    def _show(self, event: Listed) -> None:
        if event.query != self._query:
            return
        self._has_more = not event.is_last
        rows = self.query_one(ConversationList)
        if event.is_first:
            self._rows = []
            rows.clear_options()
        self._rows += event.rows
        rows.add_options(Option(drawn(row, event.query, self._bot)) for row in event.rows)
        rows.display = bool(self._rows)
        empty = self.query_one("#empty", Static)
        empty.display = not self._rows
        empty.update(_(NOTHING_FOUND) if event.query.strip() else _(NONE_YET))
        if event.is_first and self._rows:
            rows.highlighted = self._place_to_highlight()
        if not self._rows:
            self.query_one(Input).focus()

    def _place_to_highlight(self) -> int:
        """Return the place of the conversation that was changed, else of the first."""
        for place, row in enumerate(self._rows):
            if row.conversation.id == self._highlight:
                return place
        return 0

    def _show_problem(self, problem: str) -> None:
        self.notify(problem, title=_("Conversations"), severity="error", timeout=20, markup=False)

    # ---- moving and searching

    @on(Input.Changed, "#query")
    def _typed(self, event: Input.Changed) -> None:
        self._query, self._highlight = event.value, None
        self.read()

    @on(Input.Submitted, "#query")
    def action_to_list(self) -> None:
        """Go from the field to the list."""
        if self._rows:
            self.query_one(ConversationList).focus()

    @on(OptionList.OptionHighlighted)
    def _read_on(self, event: OptionList.OptionHighlighted) -> None:
        if self._has_more and event.option_index >= len(self._rows) - AHEAD:
            self._has_more = False  # until this page has come
            self._read(self._query, self._rows[-1])

    @on(OptionList.OptionSelected)
    def _chosen(self) -> None:
        self.action_continue()

    def action_search(self) -> None:
        """Go to the field."""
        self.query_one(Input).focus()

    def action_back(self) -> None:
        """End the search, or else leave."""
        field = self.query_one(Input)
        if field.value:
            field.value = ""
            self.action_to_list()
        else:
            self.dismiss()

    # ---- what can be done with a conversation

    @property
    def _row(self) -> Row | None:
        at = self.query_one(ConversationList).highlighted
        return self._rows[at] if at is not None and at < len(self._rows) else None

    def action_continue(self) -> None:
        """Go on with the conversation, at the turn that was found."""
        if (row := self._row) is not None:
            turn = None if row.turn is None else row.turn.id
            self.post_message(self.ContinueRequested(row.conversation.id, turn))

    def action_rename(self) -> None:
        """Ask for another title."""
        if (row := self._row) is not None:
            start_asking(self, self._rename(row.conversation))

    async def _rename(self, conversation: Conversation) -> None:
        title = await self.app.push_screen_wait(WriteScreen(_("Rename to"), conversation.title))
        if title is not None:
            self._highlight = conversation.id
            await self._do(lambda: self._archive.rename(conversation.id, title))
            self.read()

    def action_delete(self) -> None:
        """Ask, then delete."""
        if (row := self._row) is not None:
            start_asking(self, self._delete(row.conversation))

    async def _delete(self, conversation: Conversation) -> None:
        answer = await ask(
            self.app,
            _(
                "Delete “{title}” ({count})? Its text is overwritten and cannot be brought back."
            ).format(title=conversation.title, count=count_of_turns(conversation)),
            ("delete", _("Delete")),
            ("keep", _("Keep")),
        )
        if answer == "delete":
            self._highlight = self._neighbour_of(conversation)
            await self._do(lambda: self._archive.delete([conversation.id]))
            self.read()

    def _neighbour_of(self, conversation: Conversation) -> int | None:
        """Return the conversation below, else the one above."""
        numbers = list(dict.fromkeys(row.conversation.id for row in self._rows))
        at = numbers.index(conversation.id)
        others = [*numbers[at + 1 :], *reversed(numbers[:at])]
        return others[0] if others else None

    def action_export(self) -> None:
        """Ask for a file, then write the conversation into it."""
        if (row := self._row) is not None:
            start_asking(self, self._export(row.conversation))

    async def _export(self, conversation: Conversation) -> None:
        offered = f"conversation-{conversation.started.astimezone():%Y-%m-%d}.md"
        name = await self.app.push_screen_wait(
            WriteScreen(_("Export to a file: .md, .json or .html"), offered)
        )
        if name is None:
            return
        path = _path_of(name)
        if path is None:
            self._show_problem(
                _("{name}: this cannot be the name of a file. Choose another").format(name=name)
            )
            return
        # Of a name that is too long pathlib raises an error; the writing says so.
        if await asyncio.to_thread(os.path.exists, path):
            question = _("{path} exists. Write over it?").format(path=shown_path(path))
            if (
                await ask(self.app, question, ("write", _("Overwrite")), ("stay", _("Stay")))
                != "write"
            ):
                return
        if await self._do(lambda: export(self._archive, [conversation.id], path)):
            self.notify(shown_path(path), title=_("Exported"), markup=False)

    async def _do(self, task: Callable[[], None]) -> bool:
        """Do something with the archive in a thread; return whether it worked, else say why."""
        try:
            await asyncio.to_thread(task)
        except ArchiveError as error:
            self._show_problem(str(error))
            return False
        return True

    @property
    def rows(self) -> Sequence[Row]:
        """What is listed."""
        return self._rows


def _path_of(name: str) -> Path | None:
    """Return the file that somebody names; None for what no file can be called."""
    try:
        return None if "\0" in name else paths.absolute(Path(name))
    except NoHomeError:  # the home of somebody who has none
        return None
