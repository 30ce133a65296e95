"""What an evaluation finds, and its JSON. No torch and no scikit-learn: the app reads it too."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from chatbot.common import ChatbotError

SIZES = (0.25, 0.5, 0.75, 1.0)
"""Shares of an intent's patterns that the learning curve is measured at."""


class EvaluationError(ChatbotError):
    """Nothing can be evaluated; says what is missing and what to do."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model that had not learned a message made of it."""

    text: str
    intent: str
    """The right one, as the file has it."""
    predicted: str
    """The model's best."""
    confidence: float
    """In the predicted one, calibrated."""
    in_scope: bool
    """Whether that reaches the threshold; otherwise the bot says that it does not know."""

    @property
    def is_right(self) -> bool:
        """Whether the best intent is the right one, in scope or not."""
        return self.predicted == self.intent


@dataclass(frozen=True, slots=True)
class IntentFigures:
    """How well one intent is told from the others."""

    intent: str
    precision: float
    """Share of the messages taken for it that are; 0 where there is none."""
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
    """Standard error of the gain, over the messages in pairs."""
    verdict: str
    """The answer in a sentence."""


@dataclass(frozen=True, slots=True)
class OutOfScope:
    """The messages of a test file whose intent the model does not know: it should refuse them."""

    labels: tuple[str, ...]
    """What the file calls their intents."""
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
    """Intents with a single pattern: who learns it cannot be asked it."""
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
    """Where an evaluation stands; one a batch."""

    part: Literal["fold", "learning curve"]
    number: int
    """Of the training under way among those of its part, from 1."""
    of: int
    done: float
    """Share of the whole evaluation that is done, 0 to 1; never falls."""
    accuracy: float | None
    """Over the folds that are finished; None before."""
    seconds: float
    eta_seconds: float
    """Seconds to go, as the trainings so far took."""


@dataclass(frozen=True, slots=True)
class EvaluationFailed:
    """The evaluation ended without a result. It never changes a file."""

    message: str


EvaluationRecord = EvaluationProgress | Evaluated | EvaluationFailed


def as_dict(evaluated: Evaluated) -> dict[str, Any]:
    """Return the figures as what JSON can hold."""
    return asdict(evaluated)


def from_dict(values: dict[str, Any]) -> Evaluated:
    """Return what `as_dict` was made of. Raises KeyError or TypeError for anything else."""
    curve, strangers = values["curve"], values["out_of_scope"]
    flat = Evaluated(
        **{
            **values,
            "answers": tuple(Answer(**value) for value in values["answers"]),
            "not_asked": tuple(values["not_asked"]),
            "intents": tuple(IntentFigures(**value) for value in values["intents"]),
            "confusions": tuple(Confusion(**value) for value in values["confusions"]),
            "histogram": tuple(Bin(**value) for value in values["histogram"]),
            "curve": None,
            "out_of_scope": None,
        }
    )
    if curve is not None:
        points = tuple(CurvePoint(**value) for value in curve["points"])
        flat = replace(flat, curve=LearningCurve(**{**curve, "points": points}))
    if strangers is not None:
        answers = tuple(Answer(**value) for value in strangers["answers"])
        labels = tuple(strangers["labels"])
        flat = replace(flat, out_of_scope=OutOfScope(labels, answers, recall=strangers["recall"]))
    return flat


def encode(record: EvaluationRecord) -> str:
    """Return a record as one line of JSON with its kind under `record`."""
    if isinstance(record, Evaluated):
        kind, values = "evaluated", as_dict(record)
    elif isinstance(record, EvaluationProgress):
        kind, values = "progress", asdict(record)
    else:
        kind, values = "failed", asdict(record)
    # Escaped: half a character of a message must not stop the line.
    return json.dumps({"record": kind, **values})


def decode(line: str) -> EvaluationRecord | None:
    """Return the record of a line, or None for a line that is none (a library's warning, say)."""
    try:
        values = json.loads(line)
        kind = values.pop("record")
        if kind == "evaluated":
            return from_dict(values)
        if kind == "progress":
            return EvaluationProgress(**values)
        return EvaluationFailed(**values) if kind == "failed" else None
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
