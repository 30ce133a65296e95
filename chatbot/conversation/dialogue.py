"""A conversation with a bot: what is active in it, from one message to the next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from chatbot.conversation.offers import examples
from chatbot.conversation.reading import Reading
from chatbot.intents import Context

if TYPE_CHECKING:
    from chatbot.conversation.bot import Chatbot, Turn


class Dialogue:
    """Answers messages one after the other; an answer may leave contexts active for the next ones.

    A context lasts for as many messages as its intent says, answered or not. One that is set again
    begins anew. After a message that is not answered, the number of an offer asks it; after two in
    a row that nothing is likely for, examples are offered. Not for two threads at once; the bot may
    be shared by any number of conversations.
    """

    def __init__(self, bot: Chatbot, active: Iterable[Context] = ()) -> None:
        self.bot = bot
        self._active = {context.name: context.turns for context in active if context.turns > 0}
        self._last: Turn | None = None

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
        last = self._last
        chosen = None if last is None else last.offers.chosen(message)
        if last is None or chosen is None:
            return self.answer(self.read(message))
        return self._keep(replace(self.bot_now.reply(chosen), instead_of=last.reading.message))

    def answer(self, reading: Reading) -> Turn:
        """Answer a message that `bot_now` has read; no number of an offer."""
        last, turn = self._last, self.bot_now.answer(reading)
        if last is not None and _is_lost(last) and _is_lost(turn):
            turn = replace(turn, offers=examples(self.bot_now.reader))
        return self._keep(turn)

    def _keep(self, turn: Turn) -> Turn:
        """Take over what an answer makes active."""
        self._active = after(self._active, turn.contexts)
        self._last = replace(turn, contexts=self.contexts)
        return self._last

    def forget(self) -> None:
        """End every context, and take back what is offered."""
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
