"""The bot: a reader (message → intent) and a replier (intent → reply) together."""

from __future__ import annotations

import getpass
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path

from chatbot.actions import RESULT, Asked, Later, carry_out, is_known
from chatbot.common import _, paths
from chatbot.conversation.dialogue import Dialogue
from chatbot.conversation.offers import NO_OFFERS, Offers, likely
from chatbot.conversation.reader import Reader
from chatbot.conversation.reading import Reading
from chatbot.conversation.replies import Replier, built_in_fallback
from chatbot.conversation.two_questions import two_questions
from chatbot.intents import Context, Intents
from chatbot.model import Model
from chatbot.model import files as model_files
from chatbot.opening import read_intents


@dataclass(frozen=True, slots=True)
class Turn:
    """A message and its answer."""

    reading: Reading
    reply: str
    contexts: tuple[Context, ...] = ()
    """What the answer makes active; in a conversation, all that is active after it."""
    offers: Offers = NO_OFFERS
    """What can be asked instead, where there is no answer."""
    parts: tuple[Reading, ...] = ()
    """The two messages that it holds, where both are answered; else none."""
    later: tuple[Later, ...] = ()
    """What is to be said after a while."""
    problem: str = ""
    """Why an action found nothing; the reply says so too."""
    instead_of: str | None = None
    """The message that was not answered, if this is what was chosen from its offers."""


class Chatbot:
    """Answers messages from an intents file with a trained model: a reader and a replier.

    Any number of threads and conversations may share one.
    """

    def __init__(
        self, intents: Intents, model: Model, replier: Replier, threshold: float | None = None
    ) -> None:
        """Take what it is made of; `threshold` is used in place of the model's own."""
        self.intents = intents
        self.model = model
        self.replier = replier
        self.threshold = threshold
        self.reader = Reader.of(model, intents, threshold)
        """Of all intents; `within` brings the bot of those that can be meant."""
        self._latest = self
        """The bot that `within` brought last: it is asked for again with every key."""

    @classmethod
    def load(
        cls,
        intents: str | PathLike[str],
        model: str | PathLike[str] | None = None,
        seed: int | None = None,
    ) -> Chatbot:
        """Load a bot from an intents file and the folder of its model.

        By default that is `models/NAME` beside the file `NAME.json`. `seed` fixes the choice of
        replies. Raises IntentsError or ModelError, each saying what is wrong, where, and what to
        do.
        """
        file = Path(intents)
        folder = paths.locations_of_file(file, "").model if model is None else Path(model)
        return cls(read_intents(file).intents, model_files.load(folder), Replier(user_name(), seed))

    @property
    def is_stale(self) -> bool:
        """Whether patterns or tags have changed since the model was trained."""
        return self.model.card.intents_digest != self.intents.digest

    def with_intents(self, intents: Intents) -> Chatbot:
        """Return the same bot with other replies: no training, no loading."""
        return Chatbot(intents, self.model, self.replier, self.threshold)

    def with_threshold(self, threshold: float | None) -> Chatbot:
        """Return the same bot that must be so sure to answer; None is as sure as it has learned."""
        if threshold == self.threshold:
            return self
        return Chatbot(self.intents, self.model, self.replier, threshold)

    def within(self, active: Iterable[str]) -> Chatbot:
        """Return the bot that answers while these contexts are active, and no others.

        Its reader decides among the intents that can be meant then; all else is the same.
        """
        reader = self.reader.within(active)
        if reader is self.reader:
            return self
        bot = self._latest  # once: another thread may want another one
        if bot.reader is not reader:
            bot = copy(self)
            bot.reader = reader
            bot._latest = bot  # not the one before: each would keep all that came earlier
            self._latest = bot
        return bot

    def conversation(self) -> Dialogue:
        """Begin a conversation, in which an answer may depend on what was said before."""
        return Dialogue(self)

    def read(self, message: str, after: Reading | None = None) -> Reading:
        """Read a message by itself, without answering it (see `Reader.read`)."""
        return self.reader.within(()).read(message, after)

    def reply(self, message: str) -> Turn:
        """Read a message by itself and answer it; `conversation` takes into account those before.

        Without a conversation no context is active.
        """
        return self.answer(self.reader.within(()).read(message))

    async def areply(self, message: str) -> Turn:
        """Do what `reply` does, in a thread: nothing else has to wait for the answer."""
        from asyncio import to_thread  # start-up: only programs that run asyncio need it

        return await to_thread(self.reply, message)

    def answer(self, reading: Reading, replier: Replier | None = None) -> Turn:
        """Answer a message that the bot's reader has read.

        `replier` is that of a conversation; without one it is the bot's own. An intent with an
        action has it carried out, which may take a few seconds (`has_actions`).
        """
        reader = self.reader.within(())
        replier = replier or self.replier
        parts = two_questions(reader, reading) or ()
        if parts:
            return replace(
                _together([self._answer(part, replier) for part in parts]), reading=reading
            )
        turn = self._answer(reading, replier)
        if reading.prediction.in_scope:
            return turn
        return replace(turn, offers=likely(reader, reading))

    @property
    def has_actions(self) -> bool:
        """Whether an answer may take a few seconds: on no thread that somebody waits for."""
        return any(i.action and is_known(i.action) for i in self.intents.intents)

    def _answer(self, reading: Reading, replier: Replier) -> Turn:
        """Return the answer to one message, or to one of two parts."""
        prediction = reading.prediction
        intent = self.intents.by_tag(prediction.intent) if prediction.in_scope else None
        situation = replier.situation({}, reading.contexts)
        done, problem = None, ""
        if intent is not None and intent.action and is_known(intent.action):
            asked = Asked(
                reading.message, intent.tag, situation.slots, situation.now, situation.language
            )
            done, problem = carry_out(intent.action, asked)
        if problem:
            return Turn(reading, problem, problem=problem)
        if done is not None:
            found = {**situation.slots, **done.values, RESULT: done.result}
            situation = replace(situation, slots=found)
        if done is not None and intent is not None and not intent.has_replies:
            messages: tuple[str, ...] = (done.result,)
        else:
            messages = replier.reply(
                intent or self.intents.fallback or built_in_fallback(),
                named=prediction.intent,
                confidence=prediction.confidence,
                situation=situation,
            )
        return Turn(
            reading,
            "\n".join(messages),
            intent.context_set if intent else (),
            later=(done.later,) if done is not None and done.later else (),
        )


def _together(turns: Sequence[Turn]) -> Turn:
    """Return the answers to the parts of a message as one."""
    first = turns[0]
    return replace(
        first,
        reply="\n".join(turn.reply for turn in turns),
        contexts=tuple(context for turn in turns for context in turn.contexts),
        parts=tuple(turn.reading for turn in turns),
        later=tuple(later for turn in turns for later in turn.later),
        problem="\n".join(filter(None, (turn.problem for turn in turns))),
    )


def user_name() -> str:
    """Return the login name for {user}, or "friend" where the system knows none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return _("friend")
