"""The feed-forward layer on a hidden state: ranked intents, confidence, in scope or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from chatbot.weights import Floats, Weights


class RankedIntent(NamedTuple):
    """An intent and how confident the classifier is of it."""

    intent: str
    confidence: float
    """0 to 1; the confidences of all intents sum to less than 1, the rest is "none of them"."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """How logits become a confidence that means something; fitted on held-out patterns."""

    temperature: float
    """Divides the logits (Guo et al. 2017, "On calibration of modern neural networks")."""
    none_logit: float
    """Logit of the answer "none of these intents", after division by the temperature."""
    threshold: float
    """A message whose best confidence is below this is out of scope."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the classifier makes of a hidden state."""

    ranking: tuple[RankedIntent, ...]
    """Every intent, best first."""
    in_scope: bool
    """Whether the best confidence reaches the threshold."""

    @property
    def intent(self) -> str:
        """The best intent; for an out-of-scope message the nearest one, which is not answered."""
        return self.ranking[0].intent

    @property
    def confidence(self) -> float:
        """Confidence of the best intent, the figure that the threshold is applied to."""
        return self.ranking[0].confidence


class IntentClassifier:
    """Names the intent of a hidden state.

    Confidence is a softmax over the intents and one more answer, "none of them", whose logit n is
    the same for every message:  p(k) = exp(l_k / T) / (exp(n) + Σ_j exp(l_j / T)).
    It equals softmax times sigmoid(E − n) where E = log Σ exp(l / T) is the (negative) energy of
    Liu et al. 2020, so a state that excites no intent is confident of none, however clear its
    first place. On CLINC150, 10 patterns an intent, AUROC of out-of-scope .90 against .88 for
    softmax alone (from-scratch GRU, measured while this was chosen).
    """

    def __init__(self, weights: Weights, intents: Sequence[str], calibration: Calibration) -> None:
        self.intents = tuple(intents)
        self.calibration = calibration
        self._weight = weights.output_weight
        self._bias = weights.output_bias

    def logits(self, states: Floats) -> Floats:
        """Return the logits (…, intents) of hidden states (…, hidden)."""
        result: Floats = states @ self._weight.T + self._bias
        return result

    def confidences(self, states: Floats) -> NDArray[np.float64]:
        """Return the confidence in every intent, (…, intents), for hidden states (…, hidden)."""
        return confidences(self.logits(states), self.calibration)

    def predict(self, state: Floats, *, evidence: bool = True) -> Prediction:
        """Rank the intents for one hidden state (hidden,).

        A message of unknown words and punctuation only (`evidence` false) speaks for no intent:
        every confidence is 0.
        """
        scores = self.confidences(state)
        order = (-scores).argsort(kind="stable")
        if not evidence:
            scores = np.zeros_like(scores)
        # tolist() first: one conversion is ten times faster than 150 of them.
        by_intent, intents = scores.tolist(), self.intents
        ranking = tuple([RankedIntent(intents[i], by_intent[i]) for i in order.tolist()])
        return Prediction(ranking, ranking[0].confidence >= self.calibration.threshold)


def confidences(logits: Floats, calibration: Calibration) -> NDArray[np.float64]:
    """Return the softmax over the intents and "none of them", without the latter's column."""
    scaled = logits.astype(np.float64)
    scaled /= calibration.temperature
    # Logarithms of sums of exponentials: nothing overflows, however large a logit is.
    energy = np.logaddexp.reduce(scaled, axis=-1, keepdims=True)
    scaled -= np.logaddexp(energy, calibration.none_logit)
    result: NDArray[np.float64] = np.exp(scaled, out=scaled)
    return result
