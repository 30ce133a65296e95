"""The conversation screen: messages and prompt on the left, the hidden state on the right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.screen import Screen
from textual.selection import Selection
from textual.widget import Widget
from textual.widgets import TextArea

from chatbot.common import _
from chatbot.conversation import History
from chatbot.tui.actions import bindings
from chatbot.tui.panel import HiddenStatePanel
from chatbot.tui.screens.answering import Answering
from chatbot.tui.screens.chat_head import ChatHead
from chatbot.tui.screens.chat_panel import MAXIMISED, PanelControl
from chatbot.tui.screens.long_reader import LongReader
from chatbot.tui.session import Session
from chatbot.tui.widgets import (
    PLACEHOLDER,
    REMEMBER,
    Conversation,
    KeyFooter,
    Prompt,
    Said,
    TurnView,
)

if TYPE_CHECKING:
    from chatbot.conversation import Chatbot, Remembered
    from chatbot.intents import Intents


@runtime_checkable
class Speaking(Protocol):
    """A widget with fixed texts."""

    def say_again(self) -> None:
        """Say them anew, in another language."""


class ChatScreen(Screen[None]):
    """Where people talk to the bot."""

    AUTO_FOCUS = "Prompt"
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (60, "-narrow"), (72, "-normal"), (110, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (18, "-tall")]
    PLACE = "chat"
    BINDINGS = bindings(PLACE)

    @dataclass
    class RememberWanted(Message):
        """What was said before a choice is another way to say it."""

        view: TurnView

    class MessageMenuWanted(Message):
        """Somebody wants to know what can be done with the selected message."""

    @dataclass
    class Begun(Message):
        """Another conversation is on the screen; after the last answer of the one before."""

        conversation: int | None
        """The number of the kept one that is continued; None for a new one."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._reader = LongReader(self)
        self.control = PanelControl(self, session, self._reader, lambda: self.answering.bot_now)
        self.answering = Answering(self, session, self._reader, self.control)
        self._text = ""
        """The text of the prompt when it was last looked at."""

    def compose(self) -> ComposeResult:
        """The head, conversation and prompt beside the panel, footer."""
        yield ChatHead(self._session)
        with Horizontal(id="body"):
            with Vertical(id="talk"):
                yield Conversation(id="conversation")
                yield Prompt(id="prompt")
            yield HiddenStatePanel(id="panel")
        yield KeyFooter()

    # ---- parts

    @property
    def head(self) -> ChatHead:
        """What is said of the bot."""
        return self.query_one(ChatHead)

    @property
    def prompt(self) -> Prompt:
        """Where messages are typed."""
        return self.query_one(Prompt)

    @property
    def conversation(self) -> Conversation:
        """The turns."""
        return self.query_one(Conversation)

    @property
    def panel(self) -> HiddenStatePanel:
        """The hidden state."""
        return self.query_one(HiddenStatePanel)

    # ---- what the session tells

    def on_mount(self) -> None:
        """Follow the session; draw the panel in the same frame as the key that changes it."""
        self._session.bot_changed.subscribe(self, self._bot_changed)
        self._session.keys_changed.subscribe(self, lambda __: self._greet())
        self._session.settings_changed.subscribe(self, lambda __: self._greet())
        self._greet()
        self.prompt.edited.subscribe(self, self._edited, immediate=True)

    def _greet(self) -> None:
        """At the first start, say how to begin."""
        if self._session.is_first_start:
            from chatbot.tui.screens.first_steps import (
                first_steps,  # start-up: only the first shows it
            )

            self.conversation.greet(first_steps)

    def _bot_changed(self, bot: Chatbot) -> None:
        """Another bot answers from now on: answer what waits."""
        self.conversation.offer(bot.intents)
        self.control.forget_typed()
        self.answering.use(bot)
        self.panel.bot = bot
        self.panel.free()
        self.control.show()
        self.call_after_refresh(self.panel.make_views)

    def bot_failed(self, problem: str, intents: Intents | None) -> None:
        """There is no bot: say why, and the way out. Messages go on waiting.

        `intents` are those of the bot, where all that is missing is a model.
        """
        self.head.bot_failed(problem, needs_training=intents is not None)
        self.conversation.offer(intents)

    def say_again(self) -> None:
        """Say everything anew, in another language."""
        self._draw_placeholder()
        for widget in self.query("*"):
            if isinstance(widget, Speaking):
                widget.say_again()

    # ---- another bot

    def leave_bot(self) -> tuple[Said, ...]:
        """Put the conversation away, so that it can be continued, and empty the prompt."""
        said = self.conversation.said
        self.prompt.sent = History()
        self.prompt.load_text("")
        self._text = ""
        self._show(())
        self.answering.leave()
        self.panel.bot = None
        return said

    def enter_bot(self, said: Sequence[Said], remembered: Remembered | None) -> None:
        """Continue the conversation with the bot that is open now; it is loading."""
        self.head.enter_bot()
        self.conversation.offer(None)
        self._show(said, remembered=remembered)
        self.answering.take_up()

    def new_conversation(self) -> None:
        """Start afresh; the panel is free again."""
        self.show_conversation(None, ())

    def show_conversation(
        self,
        number: int | None,
        said: Iterable[Said],
        at: int = -1,
        remembered: Remembered | None = None,
    ) -> None:
        """Show a conversation that goes on here, and select the turn at a place in it."""
        self._show(said, at, remembered)
        self.post_message(self.Begun(number))

    def _show(
        self, said: Iterable[Said], at: int = -1, remembered: Remembered | None = None
    ) -> None:
        self.answering.begin(remembered)
        self.conversation.show(said, at)
        self.control.show()
        self.panel.free()
        self.prompt.focus()

    def find(self) -> None:
        """Open the find bar; it is made when it is first wanted."""
        from chatbot.tui.widgets import FindBar  # not paid for at start-up

        self.remove_class(MAXIMISED)
        for bar in self.query(FindBar):
            bar.open()
            return
        self.mount(FindBar(self.conversation), before=self.prompt)

    # ---- talking

    @on(Prompt.Submitted)
    def _send(self, event: Prompt.Submitted) -> None:
        self._say(event.text)

    @on(Conversation.ExampleChosen)
    def _say_example(self, event: Conversation.ExampleChosen) -> None:
        self.prompt.sent.add(event.text)
        self._say(event.text)

    def _say(self, text: str) -> None:
        self.answering.say(text, self.control.forget_typed())

    @on(Conversation.Chosen)
    def _take_offer(self, event: Conversation.Chosen) -> None:
        reply = event.view.reply
        if reply is None or event.choice == REMEMBER:
            self.post_message(self.RememberWanted(event.view))
        elif event.view is self.conversation.views[-1]:
            self._say(str(event.choice))
        else:
            self._say(reply.offers[event.choice - 1])

    @on(Answering.Acted)
    def _acted(self, event: Answering.Acted) -> None:
        event.stop()
        self.answering.take(event)

    @on(LongReader.Progress)
    def _read_on(self, event: LongReader.Progress) -> None:
        event.stop()
        self._reader.take(event)

    # ---- what the panel shows, and the menu of a message

    def _edited(self, text: str) -> None:
        """Let the network read each word as it is finished."""
        self._text = text
        self.control.show()

    @on(TextArea.Changed, "#prompt")
    def _changed(self) -> None:
        """Notice what is not an edit: another text from the history, an edit undone."""
        if self.prompt.text != self._text:
            self._edited(self.prompt.text)

    @on(Conversation.Selected)
    def _selected(self) -> None:
        self.control.show()
        self._draw_placeholder()

    def _draw_placeholder(self) -> None:
        key = self._session.keys.written("prompt.send")
        chosen = _("{key} opens this message's menu").format(key=key)
        self.prompt.placeholder = chosen if self.conversation.is_chosen else _(PLACEHOLDER)

    @on(Prompt.NothingSent)
    def _open_chosen(self) -> None:
        if self.conversation.is_chosen:
            self.post_message(self.MessageMenuWanted())

    @on(Conversation.Asked)
    def _open_asked(self) -> None:
        self.post_message(self.MessageMenuWanted())

    # ---- keys and the mouse

    def validate_selections(self, found: dict[Widget, Selection]) -> dict[Widget, Selection]:
        """Let what is selected be in the conversation alone, or elsewhere alone."""
        if not found:
            return found
        turns = self.conversation.turns
        return {part: found[part] for part in found if (part is turns) == turns.is_selecting}

    def on_key(self, event: events.Key) -> None:
        """Let typing anywhere reach the prompt, except the panel's own keys in the panel."""
        if self.panel.has_focus_within and event.key in self.active_bindings:
            return
        if event.is_printable and event.character and self.focused is not self.prompt:
            event.stop()
            self.prompt.focus()
            self.prompt.insert(event.character)

    def on_paste(self, event: events.Paste) -> None:
        """Let pasting anywhere reach the prompt."""
        if self.focused is not self.prompt:
            event.stop()
            self.prompt.focus()
            self.prompt.insert(event.text)

    def action_select(self, by: int) -> None:
        """Select an earlier or later message for the panel."""
        self.conversation.move_selection(by)

    def action_page(self, by: int) -> None:
        """Scroll the conversation by a page."""
        turns = self.conversation.turns
        if by < 0:
            turns.scroll_page_up(animate=False)
        else:
            turns.scroll_page_down(animate=False)

    def on_find_bar_closed(self) -> None:
        """Go back to the prompt."""
        self.prompt.focus()

    def action_to_prompt(self) -> None:
        """Leave the panel, and put it back to its size; what was selected is not any more."""
        self.clear_selection()
        self.conversation.is_chosen = False
        self.control.leave()
