"""What can be done with the selected message: its menu, and what each entry of it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import App

from chatbot.common import _
from chatbot.tui.actions import BY_NAME, MESSAGE_MENU
from chatbot.tui.session import Session
from chatbot.tui.text import shorten, shown

if TYPE_CHECKING:
    from chatbot.tui.flows.flows import Flows
    from chatbot.tui.screens import ChatScreen
    from chatbot.tui.widgets import TurnView

TITLE_WIDTH = 30
"""Cells of the message in the title of its menu."""


class SelectedMessage:
    """Does things with the message that is selected in the conversation."""

    def __init__(self, app: App[Any], session: Session, flows: Flows) -> None:
        self._app = app
        self._session = session
        self._flows = flows
        self._does: Mapping[str, Callable[[TurnView], None]] = {
            "chat.message_menu": self._ask,
            "chat.copy_message": self._copy_message,
            "chat.copy_reply": self._copy_reply,
            "chat.ask_again": lambda view: self._chat.prompt.recall(view.message),
            "chat.inspect": lambda view: self._chat.control.inspect(),
            "chat.compare": lambda view: self._chat.control.compare(),
            "chat.out_of_scope": lambda view: self._flows.teaching.put_out_of_scope(view),
            "chat.remember": self.remember,
            "chat.must_hold": lambda view: self._flows.teaching.hold(
                view, *self._chat.conversation.goes_on_from(view)
            ),
            "correct": lambda view: self._flows.teaching.correct(view),
            "pin": lambda view: self._chat.control.pin_selected(),
        }

    @property
    def _chat(self) -> ChatScreen:
        return self._flows.navigation.chat

    def do(self, action: str) -> None:
        """Do what an action of the registry does with a message."""
        view = self._chat.conversation.selected
        if view is None:
            self._app.notify(_("Send a message first."), markup=False)
        else:
            self._does[action](view)

    def _ask(self, view: TurnView) -> None:
        """Open the menu of a message."""
        from chatbot.tui.screens import Entry, MenuScreen  # not paid for at start-up

        keys = self._session.keys
        message = shorten(" ".join(shown(view.message).split()), TITLE_WIDTH)
        entries = [Entry("", f"“{message}”")]
        for letter, name in MESSAGE_MENU:
            entries.append(Entry(name, _(BY_NAME[name].title), letter, keys.written(name)))
        self._app.push_screen(MenuScreen(entries), partial(self._chosen, view))

    def _chosen(self, view: TurnView, name: str | None) -> None:
        # What came meanwhile may have been selected; it may also be gone, with its conversation.
        if name is not None and self._chat.conversation.turns.index_of(view) is not None:
            self._chat.conversation.select(view)
            self._app.call_later(self._does[name], view)

    def remember(self, view: TurnView) -> None:
        """Make what was said before a choice one more pattern of what was chosen."""
        self._flows.teaching.remember(view)
        self._chat.conversation.turns.changed(view)

    def _copy_message(self, view: TurnView) -> None:
        self._app.copy_to_clipboard(view.message)

    def _copy_reply(self, view: TurnView) -> None:
        if view.reply is None:
            self._app.notify(_("There is no reply yet."), markup=False)
        else:
            self._app.copy_to_clipboard(view.reply.text)
