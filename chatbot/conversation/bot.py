"""The bot: a reader (message → intent) and a replier (intent → reply) together."""

from __future__ import annotations

import getpass
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

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

        `replier` is that of a conversation; without one it is the bot's own.
        """
        reader = self.reader.within(())
        replier = replier or self.replier
        parts = two_questions(reader, reading) or ()
        if parts:
            answers = [self._answer(part, replier) for part in parts]
            replies, begun = zip(*answers, strict=True)
            return Turn(reading, "\n".join(replies), sum(begun, ()), parts=parts)
        text, made = self._answer(reading, replier)
        answered = reading.prediction.in_scope
        return Turn(reading, text, made, NO_OFFERS if answered else likely(reader, reading))

    def _answer(self, reading: Reading, replier: Replier) -> tuple[str, tuple[Context, ...]]:
        """Return the reply to a reading, and what it makes active."""
        prediction = reading.prediction
        intent = self.intents.by_tag(prediction.intent) if prediction.in_scope else None
        reply = replier.reply(
            intent or self.intents.fallback or built_in_fallback(),
            named=prediction.intent,
            confidence=prediction.confidence,
        )
        return reply, intent.context_set if intent else ()


def user_name() -> str:
    """Return the login name for {user}, or "friend" where the system knows none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return _("friend")
