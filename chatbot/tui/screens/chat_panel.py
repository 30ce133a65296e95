"""What the panel beside the conversation shows, and when it has the keys or the whole screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.screen import Screen

from chatbot.common import _
from chatbot.tui.panel import HiddenStatePanel
from chatbot.tui.screens.long_reader import LongReader, is_long
from chatbot.tui.session import Session
from chatbot.tui.widgets import Conversation, Prompt

if TYPE_CHECKING:
    from chatbot.conversation import Chatbot, Reading

MAXIMISED = "-maximised"


class PanelControl:
    """Lets the panel show the message being typed, else the selected one."""

    def __init__(
        self,
        screen: Screen[None],
        session: Session,
        reader: LongReader,
        bot_now: Callable[[], Chatbot | None],
    ) -> None:
        """Take the screen, which has a conversation, a prompt and a panel, and its reader.

        `bot_now` returns the bot in the contexts that are active.
        """
        self._reader = reader
        self._bot_now = bot_now
        self._screen = screen
        self._session = session
        self._typing: Reading | None = None
        """What has been read of the message in the prompt."""
        self._part: Reading | None = None
        """The beginning of a long message that the panel shows while the rest is read."""

    @property
    def panel(self) -> HiddenStatePanel:
        """The hidden state."""
        return self._screen.query_one(HiddenStatePanel)

    @property
    def _prompt(self) -> Prompt:
        return self._screen.query_one(Prompt)

    # ---- which message

    def forget_typed(self) -> Reading | None:
        """Return what has been read of what was being typed.

        It is sent, or another bot reads it from now on.
        """
        typing, self._typing = self._typing, None
        return typing

    def show(self) -> None:
        """Show the message being typed, else the selected one; a pinned panel stays."""
        bot = self._bot_now()
        if bot is None:
            return
        from chatbot.words import as_read, finished  # not paid for at start-up

        text = self._prompt.text
        self._part = None
        if is_long(text) and text.strip():
            self._read(bot, text, "typing", self._typing)
        elif text.strip():
            self._reader.cancel("panel")
            begun = finished(text)
            if self._typing is None or self._typing.message != begun:
                self._typing = bot.read(begun, after=self._typing)
            self.panel.show(self._typing, "typing", as_read(text)[len(begun) :].strip())
        else:
            self._typing = None
            self.show_selected()

    def show_selected(self) -> None:
        """Show the selected message, whatever is being typed."""
        bot, view = self._session.bot, self._screen.query_one(Conversation).selected
        self._part = None
        if bot is None or view is None or view.reply is None:
            self.panel.show(None, "")
        elif view.turn is not None:
            self.panel.show(view.turn.reading, "sent")
        elif is_long(view.message):
            self._read(bot, view.message, "sent")
            return
        else:
            self.panel.show(bot.read(view.message), "sent")
        self._reader.cancel("panel")

    def _read(self, bot: Chatbot, text: str, what: str, after: Reading | None = None) -> None:
        """Read a long message in a thread; the panel shows the beginning as soon as it is read."""

        def show(reading: Reading, words: int) -> None:
            if what == "typing":
                self._typing = reading  # what is typed next goes on from here
            if len(reading.words) < words:
                self.show_part(reading, what, words)
            else:
                self._part = None
                self.panel.show(reading, what)

        self._reader.read("panel", bot, text, show, after)

    def show_part(self, reading: Reading, what: str, words: int) -> None:
        """Show the beginning of a message that is being read, and how much of it has been."""
        if self._part is None:
            self._part = reading
        read = _("{what}, read {count:,} of {words:,} words").format(
            what=_(what), count=len(reading.words), words=words
        )
        self.panel.show(self._part, read)

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
