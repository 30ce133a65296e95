"""The conversation screen: messages and prompt on the left, the hidden state on the right."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static, TextArea

from chatbot.common import N_, _, percent
from chatbot.conversation import History
from chatbot.tui.actions import Keymap, bindings
from chatbot.tui.panel import HiddenStatePanel
from chatbot.tui.screens.chat_bar import MenuButton, describe, title_of, untrained
from chatbot.tui.session import Session
from chatbot.tui.widgets import Conversation, Footer, Prompt, Said, TurnView

if TYPE_CHECKING:
    from chatbot.conversation import Chatbot, Reading, Turn
    from chatbot.intents import Intents

LOADING = N_("loading…")
CANNOT_ANSWER = N_("cannot answer")
NO_MODEL = N_("no model")
"""What is lacking while the bot has never been trained."""


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
    class Answered(Message):
        """A message was answered."""

        view: TurnView
        turn: Turn

    @dataclass
    class Begun(Message):
        """Another conversation is on the screen; after the last answer of the one before."""

        conversation: int | None
        """The number of the kept one that is continued; None for a new one."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._lack = LOADING
        """What to say while there is no bot."""
        self._problem = ""
        """Why there is none, where something is wrong."""
        self._queue: deque[TurnView] = deque()
        """Messages sent before the bot was there."""
        self._typing: Reading | None = None
        """What has been read of the message in the prompt."""
        self._text = ""
        """The text of the prompt when it was last looked at."""

    def compose(self) -> ComposeResult:
        """Title bar, banner, conversation and prompt beside the panel, footer."""
        with Horizontal(id="bar"):
            yield Static("chatbot", id="bar-title", markup=False)
            yield Static(_(self._lack), id="bar-status", markup=False)
            yield MenuButton("", id="bar-menu", markup=False)
        yield Static(id="banner", markup=False)
        with Horizontal(id="body"):
            with Vertical(id="talk"):
                yield Conversation(id="conversation")
                yield Prompt(id="prompt")
            yield HiddenStatePanel(id="panel")
        yield Footer(show_command_palette=False)

    # ---- parts

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
        self._session.training_changed.subscribe(self, lambda _: self._training_changed())
        self._session.keys_changed.subscribe(self, self._keys_changed)
        self._keys_changed(self._session.keys)
        self._draw_title()
        self.prompt.edited.subscribe(self, self._edited, immediate=True)
        self._draw_status()

    def _keys_changed(self, keys: Keymap) -> None:
        """Other keys work from now on."""
        self.prompt.take_keys(keys)
        self.query_one("#bar-menu", Static).update(
            Content(_("≡ Menu {key}").format(key=keys.written("menu")))
        )

    def _bot_changed(self, bot: Chatbot) -> None:
        """Another bot answers from now on: answer what waits, and say what it is."""
        self._draw_status()
        self.conversation.offer(bot.intents)
        self._draw_banner()
        while self._queue:
            self._answer(self._queue.popleft(), bot)
        self._typing = None
        self.panel.bot = bot
        self.panel.free()
        self._show_in_panel()

    def _draw_status(self) -> None:
        """Say how far a training is, else what answers."""
        course, bot = self._session.training, self._session.bot
        if course is not None and course.waiting is not None:
            self._show_status(_("a new model waits for you · F5 shows it"))
        elif course is not None and course.is_running:
            self._show_status(
                _("training starts · F5 shows it")
                if course.share is None
                else _("training {share} · F5 shows it").format(share=percent(course.share))
            )
        else:
            self._show_status(_(self._lack) if bot is None else describe(bot))

    def bot_failed(self, problem: str, intents: Intents | None) -> None:
        """There is no bot: say why, and the way out. Messages go on waiting.

        `intents` are those of the bot, where all that is missing is a model.
        """
        self._lack = CANNOT_ANSWER if intents is None else NO_MODEL
        self._problem = problem
        self.conversation.offer(intents)
        self._training_changed()

    def _training_changed(self) -> None:
        """Say how far the training is; where there is no model yet, that it is the way to one."""
        self._draw_status()
        self._draw_banner()

    def _draw_banner(self) -> None:
        """Say what is wrong with the bot, and the way out."""
        bot, intents = self._session.bot, self._session.locations.intents
        if bot is not None:
            old = _("The model is older than {name}: F5 retrains it.").format(name=intents.name)
            text = old if bot.is_stale else ""
        elif self._lack == NO_MODEL:
            course = self._session.training
            text = untrained(intents, in_training=course is not None and course.is_running)
        else:
            text = self._problem
        banner = self.query_one("#banner", Static)
        banner.update(Content(text))
        banner.set_class(bool(text), "-shown")

    def say_again(self) -> None:
        """Say everything anew, in another language."""
        self._keys_changed(self._session.keys)
        self._training_changed()
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
        self.panel.bot = None
        return said

    def enter_bot(self, said: Sequence[Said]) -> None:
        """Continue the conversation with the bot that is open now; it is loading."""
        self._lack, self._problem = LOADING, ""
        self._draw_title()
        self._draw_status()
        self._draw_banner()
        self.conversation.offer(None)
        self._show(said)
        self._queue += [view for view in self.conversation.views if view.reply is None]

    def new_conversation(self) -> None:
        """Start afresh; the panel is free again."""
        self.show_conversation(None, ())

    def show_conversation(self, number: int | None, said: Iterable[Said], at: int = -1) -> None:
        """Show a conversation that goes on here, and select the turn at a place in it."""
        self._show(said, at)
        self.post_message(self.Begun(number))

    def _show(self, said: Iterable[Said], at: int = -1) -> None:
        self._queue.clear()
        self.conversation.show(said, at)
        self._show_in_panel()
        self.panel.free()
        self.prompt.focus()

    def find(self) -> None:
        """Open the find bar; it is made when it is first wanted."""
        from chatbot.tui.widgets import FindBar  # not paid for at start-up

        self.remove_class("-maximised")
        for bar in self.query(FindBar):
            bar.open()
            return
        self.mount(FindBar(self.conversation), before=self.prompt)

    def toggle_panel_focus(self) -> None:
        """Move the keys between prompt and panel."""
        if not self.panel.display:
            self.toggle_maximised()
        elif self.panel.has_focus_within:
            self.action_to_prompt()
        else:
            self.panel.focus_view()

    def next_view(self) -> None:
        """Show the panel's next view; where the panel has no room, first the panel."""
        if self.panel.display:
            self.panel.next_view()
        else:
            self.toggle_maximised()

    def toggle_pin(self) -> None:
        """Pin the panel to what it shows, or free it."""
        self.panel.toggle_pin()

    def toggle_maximised(self) -> None:
        """Give the panel the whole body, or put it back."""
        self.toggle_class("-maximised")
        if self.has_class("-maximised"):
            self.panel.focus_view()
        else:
            self.prompt.focus()

    # ---- talking

    @on(Prompt.Submitted)
    def _send(self, event: Prompt.Submitted) -> None:
        self._say(event.text)

    @on(Conversation.ExampleChosen)
    def _say_example(self, event: Conversation.ExampleChosen) -> None:
        self.prompt.sent.add(event.text)
        self._say(event.text)

    def _say(self, text: str) -> None:
        """Answer a message, or let it wait for the bot; it is never lost."""
        self._typing = None
        view = self.conversation.add(text)
        bot = self._session.bot
        if bot is None:
            self._queue.append(view)
        else:
            self._answer(view, bot)  # selected already: the panel follows by message

    def _answer(self, view: TurnView, bot: Chatbot) -> None:
        turn = bot.reply(view.message)
        self.conversation.answer(view, turn)
        self.post_message(self.Answered(view, turn))

    def answer_again(self, view: TurnView) -> None:
        """Show what the bot answers to an earlier message now, and select it."""
        if self._session.bot is not None:
            self.conversation.answer(view, self._session.bot.reply(view.message))
            self.conversation.select(view)

    # ---- the panel

    def _edited(self, text: str) -> None:
        """Let the network read each word as it is finished."""
        self._text = text
        self._show_in_panel()

    @on(TextArea.Changed, "#prompt")
    def _changed(self) -> None:
        """Notice what is not an edit: another text from the history, an edit undone."""
        if self.prompt.text != self._text:
            self._edited(self.prompt.text)

    @on(Conversation.Selected)
    def _selected(self) -> None:
        self._show_in_panel()

    def _show_in_panel(self) -> None:
        """Show the message being typed, else the selected one; a pinned panel stays."""
        bot = self._session.bot
        if bot is None:
            return
        from chatbot.words import as_read, finished  # not paid for at start-up

        text = self.prompt.text
        if text.strip():
            begun = finished(text)
            if self._typing is None or self._typing.message != begun:
                self._typing = bot.read(begun, after=self._typing)
            self.panel.show(self._typing, "typing", as_read(text)[len(begun) :].strip())
            return
        self._typing = None
        view = self.conversation.selected
        if view is None or view.reply is None:
            self.panel.show(None, "")
        else:
            reading = bot.read(view.message) if view.turn is None else view.turn.reading
            self.panel.show(reading, "sent")

    # ---- keys

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
        """Leave the panel; put it back to its size."""
        self.remove_class("-maximised")
        self.prompt.focus()

    # ---- bar and banner

    def _draw_title(self) -> None:
        """Name the bot."""
        title = title_of(self._session.locations.intents)
        self.query_one("#bar-title", Static).update(Content(title))

    def _show_status(self, text: str) -> None:
        """Show what the bot is or does, at the top, and whether nothing of it is kept."""
        text = _("private · {text}").format(text=text) if self._session.is_private else text
        self.query_one("#bar-status", Static).update(Content(text))
