"""What the panel beside the conversation shows, and when it has the keys or the whole screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.screen import Screen

from chatbot.tui.panel import HiddenStatePanel
from chatbot.tui.session import Session
from chatbot.tui.widgets import Conversation, Prompt

if TYPE_CHECKING:
    from chatbot.conversation import Reading

MAXIMISED = "-maximised"


class PanelControl:
    """Lets the panel show the message being typed, else the selected one."""

    def __init__(
        self,
        screen: Screen[None],
        session: Session,
        read: Callable[[str, Reading | None], Reading | None],
    ) -> None:
        """Take the screen, which has a conversation, a prompt and a panel.

        `read` reads a text in this conversation, on from an earlier reading.
        """
        self._read = read
        self._screen = screen
        self._session = session
        self._typing: Reading | None = None
        """What has been read of the message in the prompt."""

    @property
    def panel(self) -> HiddenStatePanel:
        """The hidden state."""
        return self._screen.query_one(HiddenStatePanel)

    @property
    def _prompt(self) -> Prompt:
        return self._screen.query_one(Prompt)

    # ---- which message

    def forget_typed(self) -> None:
        """What was being typed is sent, or another bot reads it from now on."""
        self._typing = None

    def show(self) -> None:
        """Show the message being typed, else the selected one; a pinned panel stays."""
        bot = self._session.bot
        if bot is None:
            return
        from chatbot.words import as_read, finished  # not paid for at start-up

        text = self._prompt.text
        if text.strip():
            begun = finished(text)
            if self._typing is None or self._typing.message != begun:
                self._typing = self._read(begun, self._typing)
            self.panel.show(self._typing, "typing", as_read(text)[len(begun) :].strip())
        else:
            self._typing = None
            self.show_selected()

    def show_selected(self) -> None:
        """Show the selected message, whatever is being typed."""
        bot, view = self._session.bot, self._screen.query_one(Conversation).selected
        if bot is None or view is None or view.reply is None:
            self.panel.show(None, "")
        else:
            reading = bot.read(view.message) if view.turn is None else view.turn.reading
            self.panel.show(reading, "sent")

    def inspect(self) -> None:
        """Show the selected message, and give the panel the keys."""
        self.panel.free()
        self.show_selected()
        self._give_keys()

    def compare(self) -> None:
        """Show the selected message beside the pinned one; where none is, it is pinned."""
        self.show_selected()
        if not self.panel.pinned:
            self.panel.toggle_pin()
        self.panel.action_view("compare")
        self._give_keys()

    def pin_selected(self) -> None:
        """Pin the panel to the selected message, or free it."""
        self.show_selected()
        self.panel.toggle_pin()

    # ---- the keys, and how large it is

    def _give_keys(self) -> None:
        if self.panel.display:
            self.panel.focus_view()
        else:
            self.toggle_maximised()

    def toggle_focus(self) -> None:
        """Move the keys between prompt and panel."""
        if self.panel.has_focus_within:
            self.leave()
        else:
            self._give_keys()

    def leave(self) -> None:
        """Give the prompt the keys, and put the panel back to its size."""
        self._screen.remove_class(MAXIMISED)
        self._prompt.focus()

    def next_view(self) -> None:
        """Show the panel's next view; where the panel has no room, first the panel."""
        if self.panel.display:
            self.panel.next_view()
        else:
            self.toggle_maximised()

    def toggle_maximised(self) -> None:
        """Give the panel the whole body, or put it back."""
        self._screen.toggle_class(MAXIMISED)
        if self._screen.has_class(MAXIMISED):
            self.panel.focus_view()
        else:
            self._prompt.focus()
