"""The result of an evaluation, and its JSON. No torch, no scikit-learn: the app reads it too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from chatbot.common import ChatbotError, RecordCodec

SIZES = (0.25, 0.5, 0.75, 1.0)
"""Shares of an intent's patterns that the learning curve is measured at."""


class EvaluationError(ChatbotError):
    """Nothing can be evaluated; says what is missing and what to do."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of a model to a message that it had not learned."""

    text: str
    intent: str
    """The right intent, as the file has it."""
    predicted: str
    """The model's best intent."""
    confidence: float
    """In the predicted intent, calibrated."""
    in_scope: bool
    """Whether that reaches the threshold; otherwise the bot says that it does not know."""

    @property
    def is_right(self) -> bool:
        """Whether the best intent is the right one, in scope or not."""
        return self.predicted == self.intent


@dataclass(frozen=True, slots=True)
class IntentFigures:
    """How well one intent is recognised."""

    intent: str
    precision: float
    """Share of the messages taken for it that are of it; 0 if there are none."""
    recall: float
    """Share of its messages that are taken for it."""
    f1: float
    support: int
    """Its messages."""


@dataclass(frozen=True, slots=True)
class Confusion:
    """One cell of the confusion matrix, off its diagonal."""

    intent: str
    predicted: str
    count: int


@dataclass(frozen=True, slots=True)
class Bin:
    """One bar of the histogram: the messages of a tenth of the confidences."""

    low: float
    high: float
    right: int
    wrong: int


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """Accuracy with a part of every intent's patterns."""

    share: float
    patterns: float
    """Learned, on average over the folds."""
    accuracy: float
    """Over all messages, each asked by the fold that did not learn it."""


@dataclass(frozen=True, slots=True)
class LearningCurve:
    """Would more examples help?"""

    points: tuple[CurvePoint, ...]
    gain: float
    """Accuracy with all patterns, less that with three quarters."""
    gain_error: float
    """Standard error of the gain, paired by message."""
    verdict: str
    """The answer in a sentence."""


@dataclass(frozen=True, slots=True)
class OutOfScope:
    """The messages of a test file whose intent the model does not know: it should refuse them."""

    labels: tuple[str, ...]
    """The intents that the file gives them."""
    answers: tuple[Answer, ...]
    recall: float
    """Share that is refused."""


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What an evaluation found."""

    source: str
    """What was asked, in words."""
    folds: int | None
    """Of the cross-validation; None for a test file."""
    answers: tuple[Answer, ...]
    """Every message once; not those out of scope."""
    not_asked: tuple[str, ...]
    """Intents with a single pattern: a model that learned it cannot be asked it."""
    accuracy: float
    """Share of the answers whose best intent is right, in scope or not."""
    macro_f1: float
    """F1 averaged over the intents that have messages."""
    answered: float
    """Share of the messages that reach the threshold."""
    answered_rightly: float
    """Share of those that are right; 0 where none is answered."""
    calibration_error: float
    """Expected calibration error, ten bins."""
    intents: tuple[IntentFigures, ...]
    """In the order of the file."""
    confusions: tuple[Confusion, ...]
    """Most frequent first."""
    histogram: tuple[Bin, ...]
    """Ten bins of confidence."""
    seconds: float
    curve: LearningCurve | None = None
    out_of_scope: OutOfScope | None = None
    asks_a_part: bool = False
    """Whether the present model was asked only a part of its patterns before it learned them, as
    one that is trained by gradient descent or on more than 30,000: its card has another figure."""

    def messages(self, intent: str | None, predicted: str | None) -> tuple[Answer, ...]:
        """Return the answers of a cell of the confusion matrix; None stands for all."""
        return tuple(
            answer
            for answer in self.answers
            if intent in (None, answer.intent) and predicted in (None, answer.predicted)
        )

    @property
    def wrong(self) -> tuple[Answer, ...]:
        """The answers whose best intent is not the right one."""
        return tuple(answer for answer in self.answers if not answer.is_right)


@dataclass(frozen=True, slots=True)
class EvaluationProgress:
    """Where an evaluation stands; one per batch."""

    part: Literal["fold", "learning curve"]
    number: int
    """Number of the current training among those of its part, from 1."""
    of: int
    done: float
    """Share of the whole evaluation that is done, 0 to 1; never falls."""
    accuracy: float | None
    """Over the folds that are finished; None before."""
    seconds: float
    eta_seconds: float
    """Seconds to go, at the pace of the trainings so far."""


@dataclass(frozen=True, slots=True)
class EvaluationFailed:
    """The evaluation ended without a result. It never changes a file."""

    message: str


EvaluationRecord = EvaluationProgress | Evaluated | EvaluationFailed


_CODEC: RecordCodec[EvaluationRecord] = RecordCodec(
    {"progress": EvaluationProgress, "evaluated": Evaluated, "failed": EvaluationFailed}
)

encode, decode = _CODEC.encode, _CODEC.decode
