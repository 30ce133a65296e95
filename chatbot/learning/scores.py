"""Scores of a training, measured on its held-out patterns."""

from __future__ import annotations

import numpy as np

from chatbot.learning.data import Indices
from chatbot.model import Calibration, Metrics, confidences, expected_calibration_error
from chatbot.network import Floats


def metrics_of(
    patterns: int,
    held_out: tuple[Floats, Indices] | None,
    fitted: Calibration,
    known_words: float | None,
    epochs: int,
    seconds: float,
) -> Metrics:
    """Return how good a training is.

    `patterns` is how many were learned, `held_out` the logits (patterns, intents) and labels
    (patterns,) of those held out, None where there are none; the rest is only recorded.
    """
    if held_out is None:
        return Metrics(patterns, 0, None, None, None, known_words, epochs, round(seconds, 2))
    logits, labels = held_out
    answers = logits.argmax(axis=1)
    right = answers == labels
    f1 = [
        2 * np.sum(right & (labels == k)) / (np.sum(answers == k) + np.sum(labels == k))
        for k in np.unique(labels)
    ]
    error = expected_calibration_error(confidences(logits, fitted).max(axis=1), right)
    return Metrics(
        patterns=patterns,
        held_out_patterns=len(labels),
        held_out_accuracy=round(float(right.mean()), 4),
        held_out_macro_f1=round(float(np.mean(f1)), 4),
        held_out_calibration_error=round(error, 4),
        known_words=known_words,
        epochs=epochs,
        seconds=round(seconds, 2),
    )


def accuracy_and_likelihood(logits: Floats, labels: Indices) -> tuple[float, float]:
    """Return accuracy and mean log-likelihood (nats)."""
    log_total = np.logaddexp.reduce(logits, axis=1)
    log_likelihood = logits[np.arange(len(labels)), labels] - log_total
    return float((logits.argmax(axis=1) == labels).mean()), float(log_likelihood.mean())
