"""Scores of a training, measured on its held-out patterns."""

from __future__ import annotations

import numpy as np

from chatbot.learning.data import Indices
from chatbot.learning.learned import Learned
from chatbot.model import Metrics, Sureness, confidences, expected_calibration_error
from chatbot.network import Floats


def metrics_of(patterns: int, learned: Learned, seconds: float) -> Metrics:
    """Return how good a training is that has learned so many patterns in so many seconds."""
    asked, epochs = learned.asked, learned.epochs
    if asked is None:
        return Metrics(
            patterns, 0, None, None, None, learned.known_words, epochs, round(seconds, 2)
        )
    answers, labels, right = asked.logits.argmax(axis=1), asked.labels, asked.is_right
    f1 = [
        2 * np.sum(right & (labels == k)) / (np.sum(answers == k) + np.sum(labels == k))
        for k in np.unique(labels)
    ]
    if isinstance(learned.calibration, Sureness):
        chance = learned.calibration.chance(asked.numbers)
    else:
        chance = confidences(asked.logits, learned.calibration).max(axis=1)
    return Metrics(
        patterns=patterns,
        held_out_patterns=len(labels),
        held_out_accuracy=round(float(right.mean()), 4),
        held_out_macro_f1=round(float(np.mean(f1)), 4),
        held_out_calibration_error=round(expected_calibration_error(chance, right), 4),
        known_words=learned.known_words,
        epochs=epochs,
        seconds=round(seconds, 2),
    )


def accuracy_and_likelihood(logits: Floats, labels: Indices) -> tuple[float, float]:
    """Return accuracy and mean log-likelihood (nats)."""
    log_total = np.logaddexp.reduce(logits, axis=1)
    log_likelihood = logits[np.arange(len(labels)), labels] - log_total
    return float((logits.argmax(axis=1) == labels).mean()), float(log_likelihood.mean())
