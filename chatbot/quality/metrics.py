"""The figures of an evaluation, computed from its answers by scikit-learn."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from chatbot.common import _
from chatbot.model import expected_calibration_error
from chatbot.quality.results import (
    Answer,
    Bin,
    Confusion,
    CurvePoint,
    Evaluated,
    IntentFigures,
    LearningCurve,
)

Flags = NDArray[np.bool_]

BINS = 10

WORTHWHILE = 0.01
"""Gain of accuracy from a third more patterns that is worth writing them: one point."""


def figures(
    answers: Sequence[Answer],
    tags: Sequence[str],
    *,
    source: str,
    seconds: float,
    folds: int | None = None,
    not_asked: Sequence[str] = (),
) -> Evaluated:
    """Return all figures of some answers, at least one; `tags` in the order of the file."""
    # Its import takes a second, for which no other command should wait.
    from sklearn.metrics import accuracy_score, precision_recall_fscore_support

    expected = [answer.intent for answer in answers]
    predicted = [answer.predicted for answer in answers]
    columns = precision_recall_fscore_support(
        expected, predicted, labels=list(tags), average=None, zero_division=0
    )
    intents = tuple(
        IntentFigures(tag, float(p), float(r), float(f), int(n))
        for tag, p, r, f, n in zip(tags, *columns, strict=True)
    )
    confidence = np.array([answer.confidence for answer in answers])
    right = np.array([answer.is_right for answer in answers])
    in_scope = np.array([answer.in_scope for answer in answers])
    return Evaluated(
        source=source,
        folds=folds,
        answers=tuple(answers),
        not_asked=tuple(not_asked),
        accuracy=float(accuracy_score(expected, predicted)),
        macro_f1=float(np.mean([intent.f1 for intent in intents if intent.support])),
        answered=float(in_scope.mean()),
        answered_rightly=float(right[in_scope].mean()) if in_scope.any() else 0.0,
        calibration_error=expected_calibration_error(confidence, right, BINS),
        intents=intents,
        confusions=_confusions(expected, predicted, tags),
        histogram=_histogram(confidence, right),
        seconds=round(seconds, 2),
    )


def _confusions(
    expected: Sequence[str], predicted: Sequence[str], tags: Sequence[str]
) -> tuple[Confusion, ...]:
    """Return the cells of the confusion matrix off its diagonal that are not empty."""
    order = {tag: i for i, tag in enumerate(tags)}
    counts = Counter(pair for pair in zip(expected, predicted, strict=True) if pair[0] != pair[1])
    cells = [Confusion(*pair, count) for pair, count in counts.items()]
    return tuple(sorted(cells, key=lambda c: (-c.count, order[c.intent], order[c.predicted])))


def _histogram(confidence: NDArray[np.float64], right: Flags) -> tuple[Bin, ...]:
    """Count right and wrong answers in ten bins; the last one holds 1.0 too."""
    index = np.minimum((confidence * BINS).astype(int), BINS - 1)
    return tuple(
        Bin(
            b / BINS,
            (b + 1) / BINS,
            int(np.sum(right & (index == b))),
            int(np.sum(~right & (index == b))),
        )
        for b in range(BINS)
    )


def learning_curve(
    shares: Sequence[float], patterns: Sequence[float], right: Sequence[Flags]
) -> LearningCurve:
    """Return the curve of accuracies, and what it says.

    `patterns` is how many were learned at each share, `right` (messages,) at each share whether
    each message, the same ones in the same order, was answered rightly.
    """
    points = tuple(
        CurvePoint(share, count, float(np.mean(at)))
        for share, count, at in zip(shares, patterns, right, strict=True)
    )
    difference = right[-1].astype(float) - right[-2].astype(float)
    gain = float(difference.mean())
    error = float(difference.std(ddof=1) / math.sqrt(len(difference))) if len(right[-1]) > 1 else 0
    return LearningCurve(points, gain, error, _verdict(gain, error))


def _verdict(gain: float, error: float) -> str:
    """Answer "would more examples help?" where the gain is clear within two standard errors."""
    if gain >= WORTHWHILE and gain > 2 * error:
        verdict = _(
            "Yes, more examples would help: the last quarter of the patterns brought {points:+.1f} "
            "points of accuracy (standard error {error:.1f})."
        )
    elif gain + 2 * error < 2 * WORTHWHILE:
        verdict = _(
            "More examples of the same kind would hardly help: the last quarter of the patterns "
            "brought {points:+.1f} points of accuracy (standard error {error:.1f})."
        )
    else:
        verdict = _(
            "So few messages do not show whether more examples would help: the last quarter of the "
            "patterns brought {points:+.1f} points of accuracy (standard error {error:.1f})."
        )
    return verdict.format(points=100 * gain, error=100 * error)
