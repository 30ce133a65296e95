"""A conversation with a bot: what is active in it, from one message to the next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from threading import RLock
from typing import TYPE_CHECKING, NamedTuple

from chatbot.conversation.offers import Offers, examples
from chatbot.conversation.reading import Reading
from chatbot.intents import Context

if TYPE_CHECKING:
    from chatbot.conversation.bot import Chatbot, Turn


class _Before(NamedTuple):
    """What the next answer needs of a turn. Not the turn: its states take 6 kB a word."""

    message: str
    offers: Offers
    is_lost: bool
    """Whether it is not answered, and nothing is likely for it."""


class Dialogue:
    """Answers messages one after the other; an answer may leave contexts active for the next ones.

    A context lasts for as many messages as its intent says, answered or not. One that is set again
    begins anew. After a message that is not answered, the number of an offer asks it; after two in
    a row that nothing is likely for, examples are offered. The bot may be shared by any number of
    conversations, and any number of threads may use them: the messages of one conversation are
    answered one at a time.
    """

    def __init__(self, bot: Chatbot, active: Iterable[Context] = ()) -> None:
        self.bot = bot
        self._active = {context.name: context.turns for context in active if context.turns > 0}
        self._last: _Before | None = None
        self._replier = bot.replier.for_conversation()
        self._turn = RLock()
        """Held while something is answered. What is active is replaced, never changed in place, so
        that looking at it, and forgetting it, need not wait for an action that takes long."""
        self._forgotten = 0
        """How often everything was: an answer that began before leaves nothing active."""

    @property
    def contexts(self) -> tuple[Context, ...]:
        """What is active now, and for how many more messages; what was set last is last."""
        return tuple(Context(name, turns) for name, turns in self._active.items())

    def use(self, bot: Chatbot) -> None:
        """Go on with another bot, as after a training: what is active stays."""
        self.bot = bot

    @property
    def bot_now(self) -> Chatbot:
        """The bot in the contexts that are active: it decides among what can be meant."""
        return self.bot.within(self._active)

    def read(self, message: str, after: Reading | None = None) -> Reading:
        """Read a message in this conversation without answering it (see `Reader.read`)."""
        return self.bot_now.read(message, after)

    def reply(self, message: str) -> Turn:
        """Read a message and answer it; `Turn.contexts` is what is active after it."""
        with self._turn:
            last = self._last
            chosen = None if last is None else last.offers.chosen(message)
            if last is None or chosen is None:
                return self.answer(self.read(message))
            forgotten = self._forgotten
            turn = self.bot_now.answer(self.read(chosen), self._replier)
            return self._keep(replace(turn, instead_of=last.message), forgotten)

    async def areply(self, message: str) -> Turn:
        """Do what `reply` does, in a thread: nothing else has to wait for the answer.

        Await each answer before the next message of the conversation; of messages that are sent at
        once, nobody knows which is answered first.
        """
        from asyncio import to_thread  # start-up: only programs that run asyncio need it

        return await to_thread(self.reply, message)

    def answer(self, reading: Reading) -> Turn:
        """Answer a message that `bot_now` has read; no number of an offer."""
        with self._turn:
            last, forgotten = self._last, self._forgotten
            turn = self.bot_now.answer(reading, self._replier)
            if last is not None and last.is_lost and _is_lost(turn):
                turn = replace(turn, offers=examples(self.bot_now.reader))
            return self._keep(turn, forgotten)

    def _keep(self, turn: Turn, forgotten: int) -> Turn:
        """Take over what an answer makes active, unless all was forgotten meanwhile."""
        if forgotten != self._forgotten:
            return replace(turn, contexts=())
        self._active = after(self._active, turn.contexts)
        self._last = _Before(turn.reading.message, turn.offers, _is_lost(turn))
        return replace(turn, contexts=self.contexts)

    def forget(self) -> None:
        """End every context, and take back what is offered."""
        self._forgotten += 1
        self._active, self._last = {}, None


def _is_lost(turn: Turn) -> bool:
    """Whether a message is not answered, and nothing is likely for it."""
    answered = turn.reading.prediction.in_scope or bool(turn.parts)
    return not answered and not turn.offers.are_likely


def after(active: Mapping[str, int], begun: Iterable[Context]) -> dict[str, int]:
    """Return what is active after one more message whose answer sets the contexts `begun`."""
    left = {name: turns - 1 for name, turns in active.items() if turns > 1}
    for context in begun:
        left.pop(context.name, None)  # so that it is the last one
        if context.turns > 0:
            left[context.name] = context.turns
    return left
