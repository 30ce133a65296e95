"""Conversations that are kept: the list of them, and continuing one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import App

from chatbot.archive import Archive, ArchiveError, Conversation, KeptTurn
from chatbot.common import _
from chatbot.tui.flows.keeping import Place
from chatbot.tui.messages import ConversationRead
from chatbot.tui.session import Session
from chatbot.tui.widgets import Said, ShownReply

if TYPE_CHECKING:
    from chatbot.tui.flows.flows import Flows

AT_ONCE = 1000
"""Turns that are read at once: the thread that keeps turns comes in between."""


class Conversations:
    """Opens the list; reads a conversation in a thread, and shows it."""

    def __init__(self, app: App[Any], session: Session, flows: Flows) -> None:
        self._app = app
        self._session = session
        self._flows = flows

    def show_list(self) -> None:
        """Show the conversations that are kept."""
        self._flows.navigation.open_conversations(self._flows.archive)

    def read(self, conversation: int, turn: int | None) -> None:
        """Read a conversation, to continue it and to show a turn of it."""
        self._work(partial(self._read, conversation, turn))

    def read_last(self) -> None:
        """Read the last conversation with this bot before the one on the screen."""
        self._work(partial(self._read_last, self._flows.keeping.conversation))

    def show(self, event: ConversationRead) -> None:
        """Show a conversation that was read; one with another bot, once that bot is open."""
        if event.conversation.bot != self._session.locations.intents:
            self._flows.bots.open_for(event)
            return
        at = next((i for i, turn in enumerate(event.turns) if turn.id == event.turn), -1)
        said = [Said(turn.said.message, reply_of(turn), Place(turn.id)) for turn in event.turns]
        chat = self._flows.navigation.chat
        self._flows.navigation.back_to_chat(
            lambda: chat.show_conversation(event.conversation.id, said, at, event.remembered)
        )

    def _work(self, task: Callable[[], None]) -> None:
        self._app.run_worker(
            task, thread=True, group="conversations", exclusive=True, exit_on_error=False
        )

    # ---- in a thread

    def _read_last(self, present: int | None) -> None:
        try:
            last = _last(self._flows.archive, present, self._session)
        except ArchiveError as error:
            self._tell(str(error))
            return
        if last is None:
            self._tell(_("There is no earlier conversation with this bot."))
        else:
            self._read(last.id, None)

    def _read(self, number: int, turn: int | None) -> None:
        archive = self._flows.archive
        try:
            conversation = archive.conversation(number)
            remembered = archive.remembered(number)
            turns: list[KeptTurn] = []
            while page := archive.turns(number, AT_ONCE, after=turns[-1].id if turns else 0):
                turns += page
        except ArchiveError as error:
            self._tell(str(error))
            return
        if conversation is None:
            self._tell(_("This conversation was deleted in another window."))
        else:
            self._app.post_message(ConversationRead(conversation, tuple(turns), turn, remembered))

    def _tell(self, problem: str) -> None:
        self._app.call_from_thread(
            self._app.notify, problem, title=_("Not continued"), severity="warning", markup=False
        )


def _last(archive: Archive, present: int | None, session: Session) -> Conversation | None:
    """Return the last conversation with the bot of the session, but for the present one."""
    after = None
    while page := archive.conversations(after=after):
        for conversation in page:
            if conversation.id != present and conversation.bot == session.locations.intents:
                return conversation
        after = page[-1]
    return None


def reply_of(turn: KeptTurn) -> ShownReply:
    """Return what is drawn of the answer of a kept turn."""
    said, correction = turn.said, turn.corrected
    right = "" if correction is None else correction.intent or _("out of scope")
    return ShownReply(said.reply, said.intent, said.confidence, said.in_scope, correction=right)
