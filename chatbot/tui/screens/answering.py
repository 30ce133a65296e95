"""Answers the messages of the conversation on show in their order, a few of them in threads."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message
from textual.screen import Screen

from chatbot.tui.screens.chat_panel import PanelControl
from chatbot.tui.screens.long_reader import LongReader, is_long
from chatbot.tui.screens.promises import Promises
from chatbot.tui.session import Session
from chatbot.tui.widgets import Conversation, Prompt, TurnView

if TYPE_CHECKING:
    from chatbot.conversation import Chatbot, Dialogue, Reading, Remembered, Turn


class Answering:
    """Lets the bot answer what is said; messages wait for it, and for those before them."""

    @dataclass
    class Answered(Message):
        """A message was answered."""

        view: TurnView
        turn: Turn
        remembered: Remembered
        """What the next answer may depend on."""

    @dataclass
    class Forgot(Message):
        """Somebody wanted something forgotten."""

        remembered: Remembered
        """What is still remembered."""

    @dataclass
    class Acted(Message):
        """A message was answered in a thread."""

        view: TurnView
        turn: Turn
        dialogue: Dialogue | None
        """None where it had an answer before."""

    def __init__(
        self, screen: Screen[None], session: Session, reader: LongReader, control: PanelControl
    ) -> None:
        """Take the screen, which has a conversation and a prompt, and its reader.

        The screen must pass every `Acted` to `take`.
        """
        self._screen = screen
        self._session = session
        self._reader = reader
        self._control = control
        self._queue: deque[TurnView] = deque()
        """Messages that wait: for the bot, or for one before them that is answered in a thread."""
        self._acting: TurnView | None = None
        """The message that is answered in a thread."""
        self._dialogue: Dialogue | None = None
        """What is active, and what is offered; None without a bot."""
        self._to_recall: Remembered | None = None
        """What the conversation on the screen remembers, until there is a bot."""
        self.promises = Promises()
        """What actions have promised to say later, such as that a timer is over."""

    @property
    def _conversation(self) -> Conversation:
        return self._screen.query_one(Conversation)

    # ---- who answers, and what it knows

    @property
    def bot_now(self) -> Chatbot | None:
        """The bot in the contexts that are active."""
        return None if self._dialogue is None else self._dialogue.bot_now

    @property
    def slots(self) -> dict[str, str]:
        """The values of slots that were said in the conversation."""
        return {} if self._dialogue is None else self._dialogue.slots

    @property
    def remembered(self) -> Remembered | None:
        """What the next answer may depend on; None where there is nothing."""
        return self._to_recall if self._dialogue is None else self._dialogue.remembered

    def use(self, bot: Chatbot) -> None:
        """Let another bot answer from now on, what waits first."""
        if self._dialogue is None:
            self._begin_dialogue(bot)
        else:
            self._dialogue.use(bot)
        self._reader.cancel("answer")
        self._answer_waiting()

    def _begin_dialogue(self, bot: Chatbot) -> None:
        """Begin a conversation, or go on with the one on the screen."""
        remembered, self._to_recall = self._to_recall, None
        self._dialogue = bot.conversation() if remembered is None else bot.conversation(remembered)

    def forget(self, slot: str | None = None) -> None:
        """End what is active, forget all slots, and take back what is offered; or one slot only."""
        if self._dialogue is None:
            return
        if slot is not None:
            self._dialogue.forget_slot(slot)
        else:
            self._dialogue.forget()
        self._screen.post_message(self.Forgot(self._dialogue.remembered))

    # ---- which conversation

    def begin(self, remembered: Remembered | None) -> None:
        """Answer nothing that waits: another conversation follows, and is `remembered` so far."""
        self._queue.clear()
        self._reader.cancel("answer")
        self._to_recall = remembered
        if self._dialogue is not None:
            self._dialogue.forget()  # an answer under way leaves nothing active
            self._begin_dialogue(self._dialogue.bot)

    def leave(self) -> None:
        """Have no bot."""
        self._dialogue = None

    def take_up(self) -> None:
        """Let the messages on show that have no reply wait for the bot."""
        self._queue += [view for view in self._conversation.views if view.reply is None]

    # ---- answering

    def say(self, text: str, begun: Reading | None = None) -> None:
        """Answer a message, or let it wait for the bot; it is never lost.

        `begun` has read the beginning of it.
        """
        self._queue.append(self._conversation.add(text))
        self._answer_waiting(begun)

    def _answer_waiting(self, begun: Reading | None = None) -> None:
        """Answer the messages that wait, in their order; a long one is read in a thread."""
        dialogue = self._dialogue
        while dialogue is not None and self._queue:
            view = self._queue[0]
            if is_long(view.message):
                answer = partial(self._answer_long, view, dialogue)
                self._reader.read("answer", dialogue.bot_now, view.message, answer, begun)
                return
            if dialogue.bot.may_take_long:
                if self._acting is not view:
                    self._acting = view
                    self._answer_aside(view, partial(dialogue.reply, view.message), dialogue)
                return
            self._queue.popleft()
            self._answer(view, dialogue.reply(view.message), dialogue)

    def _answer_aside(
        self, view: TurnView, reply: Callable[[], Turn], dialogue: Dialogue | None
    ) -> None:
        """Answer in a thread what may take a few seconds; the next messages wait for it."""

        def act() -> None:
            self._screen.post_message(self.Acted(view, reply(), dialogue))

        self._screen.run_worker(act, thread=True, group="act", exit_on_error=False)

    def take(self, acted: Answering.Acted) -> None:
        """Show the answer, unless another conversation is on the screen by now."""
        if acted.dialogue is None:
            self._conversation.answer(acted.view, acted.turn)
            return
        if self._acting is acted.view:
            self._acting = None
        if self._queue and self._queue[0] is acted.view:
            self._answer_first(acted.view, acted.turn, acted.dialogue)

    def _answer_long(
        self, view: TurnView, dialogue: Dialogue, reading: Reading, words: int
    ) -> None:
        """Answer a long message once it is read; until then say how far it is."""
        is_typing = bool(self._screen.query_one(Prompt).text.strip())
        if len(reading.words) == words:
            self._answer_first(view, dialogue.answer(reading), dialogue)
        elif self._conversation.selected is view and not is_typing:
            self._control.show_part(reading, "sent", words)

    def _answer_first(self, view: TurnView, turn: Turn, dialogue: Dialogue) -> None:
        """Answer the first message that waits, which was not done at once, and go on."""
        self._queue.popleft()
        self._answer(view, turn, dialogue)
        self._control.show()
        self._answer_waiting()

    def _answer(self, view: TurnView, turn: Turn, dialogue: Dialogue) -> None:
        self._conversation.answer(view, turn)  # selected already: the panel follows by message
        self.promises.take(self._screen.app, turn)
        self._screen.post_message(self.Answered(view, turn, dialogue.remembered))

    def again(self, view: TurnView) -> None:
        """Show what the bot answers to an earlier message now, and select it."""
        bot = self._session.bot
        if bot is None:
            return
        from chatbot.conversation import KnownSlots  # start-up: it imports NumPy

        bot = bot.within(() if view.turn is None else view.turn.reading.contexts)
        known = KnownSlots(self.slots)

        def answered() -> Turn:
            return bot.answer(bot.read(view.message), known=known)

        def answer(reading: Reading, words: int) -> None:
            if len(reading.words) == words:
                self._conversation.answer(view, bot.answer(reading, known=known))
                self._control.show()

        if is_long(view.message):
            self._reader.read("again", bot, view.message, answer)
        elif bot.may_take_long:
            self._answer_aside(view, answered, None)
        else:
            self._conversation.answer(view, answered())
        self._conversation.select(view)
