"""The part of the app that conversations go through: what is said, kept, listed and continued."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from chatbot.common import _
from chatbot.tui import messages
from chatbot.tui.flows.with_models import AppWithModels
from chatbot.tui.screens import Answering, ChatScreen

if TYPE_CHECKING:
    from chatbot.tui.flows.copying import Copied
    from chatbot.tui.flows.teaching import TakenBack, Taught
    from chatbot.tui.screens import ConversationsScreen, InboxScreen


class AppWithConversations(AppWithModels):
    """Passes what happens in a conversation on to the flows that keep and teach it."""

    _noted: frozenset[str] = frozenset()
    """What was said once about the file."""

    @property
    def chat(self) -> ChatScreen:
        """The conversation."""
        return self.flows.navigation.chat

    @property
    def is_closed(self) -> bool:
        """Whether a message comes too late: the app was closed while a thread was reading."""
        return not self.screen_stack

    @on(Answering.Answered)
    def _answered(self, event: Answering.Answered) -> None:
        event.view.ticket = self.flows.keeping.keep(event.turn, event.remembered)
        self.flows.teaching.collect(event.turn)
        for note in event.turn.notes:
            if note not in self._noted:
                self._noted |= {note}
                self.notify(note, severity="warning", timeout=20, markup=False)
        self.flows.first_start.end()

    @on(Answering.Forgot)
    def _forgot(self, event: Answering.Forgot) -> None:
        self.flows.keeping.remember(event.remembered)

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

    # ---- the selected message

    def action_message(self, what: str) -> None:
        """Do something with the selected message."""
        self.flows.selected.do(f"chat.{what}")

    def action_forget_context(self) -> None:
        """End what is active in the conversation; of slots that are known, one may be chosen."""
        if self.chat.answering.slots:
            from chatbot.tui.flows.forgetting import forget_some  # not at start-up

            forget_some(self, self.chat)
        else:
            self.chat.answering.forget()
            self.notify(_("Nothing is active any more."), markup=False)

    @on(ChatScreen.RememberWanted)
    def _remember(self, event: ChatScreen.RememberWanted) -> None:
        self.flows.selected.remember(event.view)

    @on(ChatScreen.MessageMenuWanted)
    def _message_menu_wanted(self) -> None:
        self.action_message("message_menu")

    # ---- copying

    def copy_to_clipboard(self, text: str) -> None:
        """Copy a text; whatever in the app copies comes here."""
        from chatbot.words import harmless  # not paid for at start-up

        text = harmless(text)
        if text:
            super().copy_to_clipboard(text)
            self.flows.copying.copy(text)
        else:  # what was selected has no text
            self.action_help_quit()

    def on_copied(self, event: Copied) -> None:
        """Say so."""
        if not self.is_closed:
            self.flows.copying.tell(event)

    def action_help_quit(self) -> None:
        """Ctrl+C where nothing is selected: say how to quit."""
        key = self.session.keys.written("quit")
        text = _("{key} quits the app.").format(key=key)
        self.notify(text, title=_("Nothing is selected to copy"), markup=False)

    # ---- teaching

    def action_correct(self) -> None:
        """Teach what the selected message should have been; in the editor, make the remedy."""
        editor = self.flows.navigation.editor_on_top
        if editor is not None:
            editor.action_fix()
        else:
            correct = self.flows.teaching.correct
            self.flows.navigation.back_to_chat(lambda: correct(self.chat.conversation.selected))

    def action_undo_correction(self) -> None:
        """Take the latest correction back."""
        self.flows.navigation.back_to_chat(self.flows.teaching.take_back)

    def action_inbox(self) -> None:
        """Show the messages that got the fallback reply."""
        self.flows.navigation.back_to_chat(self.flows.teaching.show_inbox)

    def on_inbox_screen_teach(self, event: InboxScreen.Teach) -> None:
        """Sort messages of the inbox into an intent."""
        self.flows.teaching.sort(event.messages)

    def on_inbox_screen_forget(self, event: InboxScreen.Forget) -> None:
        """Take messages out of the inbox."""
        self.flows.teaching.forget(event.messages)

    def on_taught(self, event: Taught) -> None:
        """Answer what was corrected again, and bring the inbox up to date."""
        self.flows.teaching.refresh_inbox()
        if event.view is not None:
            from chatbot.archive import Correction  # not paid for at start-up

            self.chat.answering.again(event.view)
            self.flows.keeping.correct(event.view, Correction(event.tag))

    def on_taken_back(self, event: TakenBack) -> None:
        """Nobody has corrected that turn any more: it is answered as before."""
        if event.view is not None:
            self.chat.answering.again(event.view)
            self.flows.keeping.correct(event.view, None)
