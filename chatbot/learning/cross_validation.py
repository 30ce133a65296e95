"""Cross-validation: every pattern is asked of a model that has not learned it.

For every fold (`folds`) a model is trained on the other folds as `chatbot train` trains one: the
number of epochs and the calibration come from patterns held out from the other folds, so nothing in
a model depends on the fold that it is asked. A training on the base as it is asks its patterns in
the same folds, of the same feed-forward layers: the accuracy in its card is the one found here.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from chatbot.common import _
from chatbot.conversation import Reader
from chatbot.intents import Intents, count_of, sampled
from chatbot.learning.data import Indices, Patterns, patterns_of, why_not_learnable
from chatbot.learning.folds import FOLDS, Fold, dealt, singles
from chatbot.learning.large import LARGE, SAMPLE, is_large
from chatbot.learning.learned import Learned
from chatbot.learning.settings import Settings
from chatbot.learning.threads import one_thread
from chatbot.learning.training import is_tuned, learn
from chatbot.model import IntentClassifier
from chatbot.network import Recurrent
from chatbot.quality import SIZES, Answer, Evaluated, EvaluationError, EvaluationProgress, metrics
from chatbot.versions import Progress

Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Folds:
    """How the patterns are dealt."""

    folds: tuple[Fold, ...]
    not_asked: tuple[str, ...]
    """Intents with a single pattern, apart from punctuation: it is learned in every fold."""


def evaluate(
    intents: Intents,
    folds: int = FOLDS,
    settings: Settings | None = None,
    cancelled: Cancelled = lambda: False,
    *,
    with_learning_curve: bool = False,
) -> Iterator[EvaluationProgress | Evaluated]:
    """Cross-validate an intents file; yields EvaluationProgress and, as the last, Evaluated.

    `cancelled` is called before every batch. An intent with fewer patterns than folds is asked in
    as many folds as it has patterns; with a single one it is never asked, but learned as an answer.
    Where no intent has as many patterns as `folds`, there are fewer folds. Raises EvaluationError,
    TrainingCancelledError, and ModelError when the base is damaged.

    The learning curve takes three more trainings per fold: with a quarter, half and three quarters
    of the patterns of every intent, each part within the next larger one; each point is the
    accuracy over all folds. Of a large file a sample is dealt, and learned on the base as it is, as
    the whole file is.
    """
    count = count_of(intents)
    patterns = patterns_of(sampled(intents, SAMPLE) if is_large(intents) else intents)
    settings = settings or Settings()
    into = deal(patterns, folds, settings.seed)
    with one_thread():
        course = _Evaluation(patterns, into, settings, cancelled, count)
        yield from course.run(SIZES[:-1] if with_learning_curve else ())


def deal(patterns: Patterns, folds: int, seed: int) -> Folds:
    """Deal the patterns into at most `folds` folds. Raises EvaluationError if that is impossible.

    Of the seed 0 they are those in which a training asks its own patterns.
    """
    if folds < 2:
        raise EvaluationError(_("Cross-validation needs at least 2 folds. Ask for 5 or 10"))
    problem = why_not_learnable(patterns)
    if problem is not None:
        raise EvaluationError(problem)
    found = dealt(patterns.labels, patterns.twins, folds, seed)
    if not found:
        raise EvaluationError(
            _(
                "No intent has two different patterns, so nothing can be asked that was not "
                "learned. Add patterns: 12 to 25 varied ones per intent"
            )
        )
    single = singles(patterns.labels, patterns.twins).tolist()
    return Folds(tuple(found), tuple(patterns.tags[label] for label in single))


class _Evaluation:
    """One cross-validation in progress."""

    def __init__(
        self,
        patterns: Patterns,
        into: Folds,
        settings: Settings,
        cancelled: Cancelled,
        count: int = 0,
    ) -> None:
        """Take the patterns, and how many the file has."""
        self._count = count
        self._patterns, self._dealt = patterns, into
        self._settings, self._cancelled = settings, cancelled
        self._tunes = self._count <= LARGE and is_tuned(patterns)
        """As a training on all of the patterns does."""
        self._started = time.perf_counter()
        self._done = 0
        """Finished trainings."""
        self._trainings = 0
        self._share = 0.0
        self._accuracy: float | None = None
        self._is_by_descent = False
        self._answers: dict[int, Answer] = {}
        """By the pattern's index."""

    def run(self, sizes: tuple[float, ...]) -> Iterator[EvaluationProgress | Evaluated]:
        """Train and ask; `sizes` are the shares of the patterns that the learning curve adds."""
        folds, patterns = self._dealt.folds, self._patterns
        self._trainings = len(folds) * (1 + len(sizes))
        for number, fold in enumerate(folds):
            where = EvaluationProgress("fold", number + 1, len(folds), 0, None, 0, 0)
            yield from self._train_and_ask(fold, where, self._answers)
            self._accuracy = float(np.mean([a.is_right for a in self._answers.values()]))
        source = (
            _("{folds}-fold cross-validation of {patterns} patterns, a sample of {all:,}")
            if self._count > LARGE
            else _("{folds}-fold cross-validation of {patterns} patterns")
        )
        result = metrics.figures(
            [self._answers[i] for i in sorted(self._answers)],
            patterns.tags,
            source=source.format(folds=len(folds), patterns=len(self._answers), all=self._count),
            seconds=time.perf_counter() - self._started,
            folds=len(folds),
            not_asked=self._dealt.not_asked,
        )
        asks_a_part = self._is_by_descent or self._count > LARGE
        result = replace(result, asks_a_part=asks_a_part)
        if sizes:
            right, learned = [], []
            for s, size in enumerate(sizes):
                answers: dict[int, Answer] = {}
                counts = []
                for number, fold in enumerate(folds):
                    part = self._part(fold.learned, size, number)
                    counts.append(len(part))
                    where = EvaluationProgress(
                        "learning curve",
                        s * len(folds) + number + 1,
                        len(sizes) * len(folds),
                        0, None, 0, 0,
                    )  # fmt: skip
                    yield from self._train_and_ask(Fold(part, fold.asked), where, answers)
                right.append(np.array([answers[i].is_right for i in sorted(answers)]))
                learned.append(float(np.mean(counts)))
            right.append(np.array([answer.is_right for answer in result.answers]))
            learned.append(float(np.mean([len(fold.learned) for fold in folds])))
            result = replace(
                result,
                curve=metrics.learning_curve((*sizes, 1.0), learned, right),
                seconds=round(time.perf_counter() - self._started, 2),
            )
        yield result

    def _part(self, learned: Indices, share: float, number: int) -> Indices:
        """Return a share of the patterns of every intent, at least one.

        The seed depends on the fold alone, so every share takes the first of the same order, and a
        larger one contains a smaller one.
        """
        rng = np.random.default_rng((self._settings.seed, number, 1))
        labels = self._patterns.labels[learned]
        parts = []
        for label in np.unique(labels):
            members = rng.permutation(learned[labels == label])
            parts.append(members[: max(1, round(len(members) * share))])
        return np.sort(np.concatenate(parts))

    def _train_and_ask(
        self, fold: Fold, where: EvaluationProgress, answers: dict[int, Answer]
    ) -> Iterator[EvaluationProgress]:
        """Train on a fold's learned patterns, then add the answers to those that are asked."""
        for record in learn(
            self._patterns,
            fold.learned,
            self._settings,
            self._cancelled,
            started=time.perf_counter(),
            tunes=self._tunes,
        ):
            if isinstance(record, Progress):
                yield self._progress(record, where)
            else:
                self._is_by_descent |= not record.is_frozen
                answers.update(ask(self._patterns, fold.asked, record))
        self._done += 1

    def _progress(self, training: Progress, where: EvaluationProgress) -> EvaluationProgress:
        total = training.seconds + training.eta_seconds
        within = training.seconds / total if total > 0 else 0.0
        elapsed = time.perf_counter() - self._started
        # At first the training's own estimate, then the mean time of the finished ones.
        each = (elapsed - training.seconds) / self._done if self._done else total
        left = each * max(self._trainings - self._done - within, 0.0)
        self._share = max(self._share, min((self._done + within) / self._trainings, 0.99))
        return replace(
            where,
            done=self._share,
            accuracy=self._accuracy,
            seconds=elapsed,
            eta_seconds=left,
        )


def ask(patterns: Patterns, asked: Indices, learned: Learned) -> dict[int, Answer]:
    """Return a model's answers to some patterns, by their indices."""
    weights = learned.weights
    classifier = IntentClassifier(weights, patterns.tags, learned.calibration)
    reader = Reader(Recurrent(weights), classifier)
    answers = {}
    for i in asked.tolist():
        read = patterns.messages.words_of(i)
        prediction = reader.read_words(patterns.texts[i], read).prediction
        answers[i] = Answer(
            patterns.texts[i],
            patterns.tags[patterns.labels[i]],
            prediction.intent,
            prediction.confidence,
            prediction.in_scope,
        )
    return answers
