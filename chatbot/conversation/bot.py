"""The bot: a reader (message → intent) and a replier (intent → reply) together."""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from pathlib import Path

from chatbot.common import _
from chatbot.conversation.reader import Reader
from chatbot.conversation.reading import Reading
from chatbot.conversation.replies import Replier, built_in_fallback
from chatbot.intents import Intents
from chatbot.model import Model
from chatbot.model import files as model_files
from chatbot.opening import read_intents


@dataclass(frozen=True, slots=True)
class Turn:
    """A message and its answer."""

    reading: Reading
    reply: str


class Chatbot:
    """Answers messages from an intents file with a trained model: a reader and a replier."""

    def __init__(
        self, intents: Intents, model: Model, replier: Replier, threshold: float | None = None
    ) -> None:
        """Take what it is made of; `threshold` is used in place of the model's own."""
        self.intents = intents
        self.model = model
        self.replier = replier
        self.threshold = threshold
        self.reader = Reader.of(model, intents, threshold)

    @classmethod
    def load(cls, intents: Path, model: Path, seed: int | None = None) -> Chatbot:
        """Load a bot. Raises IntentsError or ModelError, each naming what to do."""
        file = read_intents(intents)
        return cls(file.intents, model_files.load(model), Replier(user_name(), seed))

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

    def read(self, message: str, after: Reading | None = None) -> Reading:
        """Read a message without answering it (see `Reader.read`)."""
        return self.reader.read(message, after)

    def reply(self, message: str) -> Turn:
        """Read a message and answer it."""
        reading = self.reader.read(message)
        prediction = reading.prediction
        intent = self.intents.by_tag(prediction.intent) if prediction.in_scope else None
        text = self.replier.reply(
            intent or self.intents.fallback or built_in_fallback(),
            named=prediction.intent,
            confidence=prediction.confidence,
        )
        return Turn(reading, text)


def user_name() -> str:
    """Return the login name for {user}, or "friend" where the system knows none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return _("friend")
