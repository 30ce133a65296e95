"""Calibration: from held-out logits to a confidence that means something, and its threshold.

Everything is fitted without a single out-of-scope example, which users do not have.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from chatbot.classifier import Calibration, confidences
from chatbot.weights import Floats

TEMPERATURES = np.geomspace(0.5, 4.0, 43)
"""Temperatures tried: the loss has one minimum, and 5 % steps are finer than the data can tell."""

NONE_QUANTILE = 0.15
"""Share of held-out patterns whose energy may lie below the logit of "none of these intents"."""

KEPT = 0.93
"""Share of the rightly answered held-out patterns that must stay above the threshold."""

THRESHOLDS = (0.15, 0.60)
"""Bounds of the threshold: a small held-out split must not set an absurd one."""


def fit(logits: Floats, labels: NDArray[np.int64]) -> Calibration:
    """Fit temperature, none-logit and threshold on held-out logits (patterns, intents).

    `labels` (patterns,) holds the index of the right intent.
    """
    candidates = [_with_none(logits, temperature) for temperature in TEMPERATURES]
    unbounded = min(candidates, key=lambda c: _cross_entropy(confidences(logits, c), labels))
    right = logits.argmax(axis=1) == labels
    best = confidences(logits, unbounded).max(axis=1)
    kept = np.quantile(best[right], 1 - KEPT) if right.any() else THRESHOLDS[1]
    threshold = max(kept, _worthwhile(best, right))
    return replace(unbounded, threshold=float(np.clip(threshold, *THRESHOLDS)))


def _worthwhile(best: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """Return the threshold at which right answers most outnumber wrong ones.

    Where a model is often wrong, "I don't know" must come sooner.
    """
    order = np.argsort(-best)
    ahead = np.cumsum(np.where(right[order], 1, -1))  # right minus wrong, answering the surest k
    return float(best[order[np.argmax(ahead)]])


def expected_calibration_error(
    confidence: NDArray[np.float64], right: NDArray[np.bool_], bins: int = 10
) -> float:
    """Return the mean gap between confidence and accuracy over equal-width bins (Naeini 2015)."""
    index = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [
        abs(confidence[index == b].mean() - right[index == b].mean()) * np.mean(index == b)
        for b in np.unique(index)
    ]
    return float(sum(gaps))


def _with_none(logits: Floats, temperature: float) -> Calibration:
    """Return the calibration of a temperature: its none-logit follows from the energies."""
    energies = np.logaddexp.reduce(logits.astype(np.float64) / temperature, axis=1)
    return Calibration(
        float(temperature), float(np.quantile(energies, NONE_QUANTILE)), threshold=0.0
    )


def _cross_entropy(confidence: NDArray[np.float64], labels: NDArray[np.int64]) -> float:
    """Return the mean −log confidence (nats) of the right intents."""
    of_right = confidence[np.arange(len(labels)), labels]
    return float(-np.log(np.maximum(of_right, np.finfo(float).tiny)).mean())
