"""Answer so far: what the bot would answer if the message stopped after each word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from chatbot.model import IntentClassifier
from chatbot.network import Floats, Step


class Answer(NamedTuple):
    """The best intent for a prefix of the message."""

    intent: str
    confidence: float
    in_scope: bool
    is_pattern: bool = False
    """Whether the prefix is a pattern of the intents file, or out of scope by an example there."""
    needs: str = ""
    """The intent that it is a pattern of, where that cannot be meant now."""
    is_gone: bool = False
    """Whether the network has learned the intent, and the intents file no longer has it."""

    @property
    def label(self) -> str:
        """The intent with a sign before it: ? for the fallback reply, = for an exact pattern."""
        sign = "= " if self.is_pattern else ""
        return f"{sign if self.in_scope else '? '}{self.intent}"


def hidden_states(steps: Sequence[Step], hidden_size: int) -> Floats:
    """Return the states of all steps, (words, hidden)."""
    if not steps:
        return np.zeros((0, hidden_size), dtype=np.float32)
    return np.stack([step.hidden for step in steps])


def answers_so_far(
    classifier: IntentClassifier, states: Floats, any_evidence: NDArray[np.bool_]
) -> tuple[Answer, ...]:
    """Return the answer after each word, from the states (words, hidden).

    `any_evidence` (words,) tells of each word whether it or a word before it is evidence for an
    intent (`Reading.evidence`); without, the confidence is 0, as in `IntentClassifier.predict`.
    """
    if not len(states):
        return ()
    scores = classifier.confidences(states)
    best = scores.argmax(axis=1)
    confidence = np.where(any_evidence, scores[np.arange(len(best)), best], 0.0)
    threshold = classifier.calibration.threshold
    return tuple(
        Answer(classifier.intents[k], c, c >= threshold)
        for k, c in zip(best.tolist(), confidence.tolist(), strict=True)
    )


def changes(states: Floats, before: Floats | None = None) -> tuple[float, ...]:
    """Return how much each word changed the state: the root mean square of h_t − h_{t−1}.

    From 0, no change, to 2, every unit going from −1 to 1. `before` (hidden,) is the state before
    the first word, zero by default. States are (words, hidden).
    """
    if not len(states):
        return ()
    first = np.zeros_like(states[0]) if before is None else before
    differences = np.diff(states, axis=0, prepend=first[None])
    return tuple(np.sqrt(np.mean(differences**2, axis=1)).tolist())
