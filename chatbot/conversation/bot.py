"""The bot: words → states → intent → reply, tied together."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from chatbot.conversation.reading import Reading, speaks
from chatbot.conversation.replies import BUILT_IN_FALLBACK, Replier
from chatbot.intents import Intents
from chatbot.model import IntentClassifier, Model
from chatbot.model import files as model_files
from chatbot.network import Recurrent
from chatbot.opening import read_intents
from chatbot.words import spoken, words


@dataclass(frozen=True, slots=True)
class Turn:
    """A message and its answer."""

    reading: Reading
    reply: str


class Chatbot:
    """Answers messages from an intents file with a trained model.

    A message that is a pattern of the file, but for case, spacing and punctuation, is not left to
    the network: that intent is certain (`Prediction.is_pattern`).
    """

    def __init__(self, intents: Intents, model: Model, replier: Replier) -> None:
        self.intents = intents
        self.model = model
        self.replier = replier
        self.recurrent = Recurrent(model.weights)
        self.classifier = IntentClassifier(
            model.weights, model.card.intents, model.card.calibration
        )

    @classmethod
    def load(cls, intents: Path, model: Path, seed: int | None = None) -> Chatbot:
        """Load a bot. Raises IntentsError or ModelError, each naming what to do."""
        file = read_intents(intents)
        return cls(file.intents, model_files.load(model), Replier(user_name(), seed))

    @property
    def is_stale(self) -> bool:
        """Whether patterns or tags have changed since the model was trained."""
        return self.model.card.intents_digest != self.intents.digest

    @cached_property
    def patterns(self) -> dict[tuple[str, ...], str]:
        """The intent of every pattern, by its words without punctuation.

        A pattern that stands in two intents is certain of neither. Of intents that the model has
        not learned yet, the pattern alone is known. 10 µs a pattern, at the first message.
        """
        found: dict[tuple[str, ...], str] = {}
        twice: set[tuple[str, ...]] = set()
        for intent in self.intents.trainable:
            for pattern in intent.patterns:
                key = spoken(words(pattern))
                if key and found.setdefault(key, intent.tag) != intent.tag:
                    twice.add(key)
        return {key: tag for key, tag in found.items() if key not in twice}

    def pattern_intent(self, read: Sequence[str]) -> str | None:
        """Return the intent of which these words are a pattern, if they are one."""
        return self.patterns.get(spoken(read))

    def with_intents(self, intents: Intents) -> Chatbot:
        """Return the same bot with other replies: no training, no loading."""
        return Chatbot(intents, self.model, self.replier)

    def read(self, message: str, after: Reading | None = None) -> Reading:
        """Read a message word by word, going on where `after` began with the same words."""
        return self.read_words(message, words(message), after)

    def read_words(
        self, message: str, given: Sequence[str], after: Reading | None = None
    ) -> Reading:
        """Read words that are given, be it in another order than in the message."""
        read = tuple(given)
        same = _common(read, after.words) if after else 0
        steps = list(after.steps[:same]) if after else []
        steps += self.recurrent.read(read[same:], steps[-1] if steps else None)
        state = steps[-1] if steps else self.recurrent.initial_state
        known = tuple(self.recurrent.known(word) for word in read)
        pattern = self.pattern_intent(read)
        if pattern is not None:
            prediction = self.classifier.predict_pattern(state.hidden, pattern)
        else:
            evidence = any(map(speaks, read, known))
            prediction = self.classifier.predict(state.hidden, evidence=evidence)
        return Reading(message, read, tuple(steps), known, prediction)

    def reply(self, message: str) -> Turn:
        """Read a message and answer it."""
        reading = self.read(message)
        prediction = reading.prediction
        intent = self.intents.by_tag(prediction.intent) if prediction.in_scope else None
        if intent is None:
            intent = self.intents.fallback or BUILT_IN_FALLBACK
            if prediction.in_scope:
                # The intent was deleted from the file since the training.
                prediction = replace(prediction, in_scope=False)
                reading = replace(reading, prediction=prediction)
        text = self.replier.reply(intent, named=prediction.intent, confidence=prediction.confidence)
        return Turn(reading, text)


def user_name() -> str:
    """Return the login name for {user}, or "friend" where the system knows none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "friend"


def _common(a: tuple[str, ...], b: tuple[str, ...]) -> int:
    """Return how many leading words are the same."""
    for i, (left, right) in enumerate(zip(a, b, strict=False)):
        if left != right:
            return i
    return min(len(a), len(b))
