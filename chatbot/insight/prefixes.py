"""Answer so far: what the bot would answer if the message stopped after each word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from chatbot.model import IntentClassifier
from chatbot.network import Floats, Step


class Answer(NamedTuple):
    """The best intent for a prefix of the message."""

    intent: str
    confidence: float
    in_scope: bool
    is_pattern: bool = False
    """Whether the prefix is a pattern of the intents file, and the answer therefore certain."""


def hidden_states(steps: Sequence[Step], hidden_size: int) -> Floats:
    """Return the states of all steps, (words, hidden)."""
    if not steps:
        return np.zeros((0, hidden_size), dtype=np.float32)
    return np.stack([step.hidden for step in steps])


def answers_so_far(
    classifier: IntentClassifier, states: Floats, evidence: Sequence[bool]
) -> tuple[Answer, ...]:
    """Return the answer after each word, from the states (words, hidden).

    `evidence` says of each word whether it may count (see `Reading.evidence`); a prefix without
    any has confidence 0, as in `IntentClassifier.predict`.
    """
    if not len(states):
        return ()
    scores = classifier.confidences(states)
    best = scores.argmax(axis=1)
    any_evidence = np.logical_or.accumulate(np.asarray(evidence))
    confidence = np.where(any_evidence, scores[np.arange(len(best)), best], 0.0)
    threshold = classifier.calibration.threshold
    return tuple(
        Answer(classifier.intents[k], c, c >= threshold)
        for k, c in zip(best.tolist(), confidence.tolist(), strict=True)
    )


def changes(states: Floats) -> tuple[float, ...]:
    """Return how much each word changed the state: the root mean square of h_t − h_{t−1}.

    0 is no change and 2 the maximum, every unit going from −1 to 1. The state before
    the first word is zero. States are (words, hidden).
    """
    before = np.vstack([np.zeros_like(states[:1]), states[:-1]])
    return tuple(np.sqrt(np.mean((states - before) ** 2, axis=1)).tolist())
