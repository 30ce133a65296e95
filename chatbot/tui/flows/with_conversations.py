"""The part of the app that conversations go through: what is said, kept, listed and continued."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from chatbot.common import _
from chatbot.tui import messages
from chatbot.tui.flows.ending import OrderlyApp
from chatbot.tui.screens import ChatScreen

if TYPE_CHECKING:
    from chatbot.tui.flows.teaching import TakenBack, Taught
    from chatbot.tui.screens import ConversationsScreen


class AppWithConversations(OrderlyApp):
    """Passes what happens in a conversation on to the flows that keep and teach it."""

    @property
    def chat(self) -> ChatScreen:
        """The conversation."""
        return self.flows.navigation.chat

    @property
    def is_closed(self) -> bool:
        """Whether a message comes too late: the app was closed while a thread was reading."""
        return not self.screen_stack

    @on(ChatScreen.Answered)
    def _answered(self, event: ChatScreen.Answered) -> None:
        event.view.ticket = self.flows.keeping.keep(event.turn)
        self.flows.teaching.collect(event.turn)

    @on(ChatScreen.Begun)
    def _begun(self, event: ChatScreen.Begun) -> None:
        self.flows.keeping.begin(event.conversation)

    @on(messages.NotKept)
    def _not_kept(self, event: messages.NotKept) -> None:
        if not self.is_closed:
            self.notify(
                event.problem,
                title=_("About keeping this conversation"),
                severity="warning",
                timeout=20,
                markup=False,
            )

    @on(messages.ConversationRead)
    def _conversation_read(self, event: messages.ConversationRead) -> None:
        if not self.is_closed:
            self.flows.conversations.show(event)

    def on_taught(self, event: Taught) -> None:
        """Answer what was corrected again, and bring the inbox up to date."""
        self.flows.teaching.refresh_inbox()
        if event.view is not None:
            from chatbot.archive import Correction  # not paid for at start-up

            self.chat.answer_again(event.view)
            self.flows.keeping.correct(event.view, Correction(event.tag))

    def on_taken_back(self, event: TakenBack) -> None:
        """Nobody has corrected that turn any more."""
        if event.view is not None:
            self.flows.keeping.correct(event.view, None)

    def on_conversations_screen_continue_requested(
        self, event: ConversationsScreen.ContinueRequested
    ) -> None:
        """Continue a conversation of the list."""
        self.flows.conversations.read(event.conversation, event.turn)

    def action_new_conversation(self) -> None:
        """Clear the conversation."""
        self.flows.navigation.back_to_chat(self.chat.new_conversation)

    def action_continue_last(self) -> None:
        """Continue the last conversation before this one."""
        self.flows.conversations.read_last()

    def action_conversations(self) -> None:
        """Show the conversations that are kept."""
        self.flows.conversations.show_list()

    def action_find(self) -> None:
        """Find something on the screen: in the editor, in the list, else in the conversation."""
        self.flows.navigation.find()
