"""The verdict on a hidden state: ranked intents, confidence, in scope or not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import repeat
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from chatbot.model.sureness import Judge, Sureness, shared_out, softmax
from chatbot.network import Floats, Weights, embeddings, intent_logits, logistic, logits_of


class RankedIntent(NamedTuple):
    """An intent and how confident the classifier is of it."""

    intent: str
    confidence: float
    """0 to 1; the confidences of all intents sum to less than 1, the rest is "none of them"."""


_RANKED: Callable[[tuple[str, float]], RankedIntent] = partial(tuple.__new__, RankedIntent)


@dataclass(frozen=True, slots=True)
class Calibration:
    """How logits become a confidence that means something; fitted on held-out patterns."""

    temperature: float
    """Divides the logits (Guo et al. 2017, "On calibration of modern neural networks")."""
    scope_energy: float
    """Energy at which a message is as likely in scope as out of scope."""
    scope_slope: float
    """Steepness of the transition from out of scope to in scope, per unit of energy."""
    threshold: float
    """A message whose best confidence is below this is out of scope."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the classifier makes of a hidden state."""

    ranking: tuple[RankedIntent, ...]
    """Every intent, best first."""
    in_scope: bool
    """Whether the best confidence reaches the threshold."""
    energy: float
    """Activation of all intents, in nats: log Σ exp(logit). A low one is out of scope."""
    is_pattern: bool = False
    """Whether the message is a pattern of the intents file: then the first place is certain. Out of
    scope, it is one of the file's examples of that, or `needs` says why."""
    needs: str = ""
    """The intent that it is a pattern of, where that cannot be meant now: its context is not
    active."""
    is_gone: bool = False
    """Whether the best intent is one that the network has learned and the intents file no longer
    has: it cannot be answered, however sure the network is."""

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

    A network that began with the base remembers its patterns: confidence in the best intent is how
    likely such an answer is right (`sureness`).

    One that began with nothing knows only its logits. Their energy E = log Σ exp(l) (Liu et al.
    2020, with the opposite sign) says how strongly any intent is activated, and confidence in an
    intent is the probability that the message is in scope times that of the intent among the
    intents:

        p(k) = σ(slope · (E − scope_energy)) · softmax(l / T)(k)

    so for a message far from all patterns no confidence is high, however clear the first place.
    """

    def __init__(
        self, weights: Weights, intents: Sequence[str], calibration: Calibration | Sureness
    ) -> None:
        self.intents = tuple(intents)
        self.calibration = calibration
        self._weights = weights

    @cached_property
    def _judge(self) -> Judge:
        """What describes the answers; made at the first message (start-up)."""
        assert self._weights.memory is not None, "the card of a model says that it has one"
        return Judge(self._weights, self._weights.memory)

    def logits(self, states: Floats) -> Floats:
        """Return the logits (…, intents) of hidden states (…, hidden)."""
        return intent_logits(self._weights, states)

    def confidences(self, states: Floats) -> NDArray[np.float64]:
        """Return the confidence in every intent, (…, intents), for hidden states (…, hidden)."""
        return self._confidences(embeddings(self._weights, states))[1]

    def _confidences(self, embedded: Floats) -> tuple[Floats, NDArray[np.float64]]:
        """Return logits and confidences, (…, intents) each, of embeddings (…, embedding)."""
        logits = logits_of(self._weights, embedded)
        if isinstance(self.calibration, Calibration):
            return logits, confidences(logits, self.calibration)
        rows = np.atleast_2d(logits)
        probabilities = softmax(rows)
        numbers = self._judge.numbers(np.atleast_2d(embedded), rows, probabilities)
        found = shared_out(probabilities, self.calibration.chance(numbers))
        return logits, found.reshape(logits.shape)

    def surest(self, states: Floats) -> tuple[list[str], NDArray[np.float64]]:
        """Return the best intent and the confidence in it, (messages,), for (messages, hidden).

        What `predict` finds, without what it works out of the others.
        """
        embedded = embeddings(self._weights, states)
        logits = logits_of(self._weights, embedded)
        if isinstance(self.calibration, Calibration):
            found = confidences(logits, self.calibration).max(axis=1)
        else:
            found = self.calibration.chance(self._judge.numbers(embedded, logits))
        return [self.intents[i] for i in logits.argmax(axis=1).tolist()], found

    def predict(self, state: Floats, *, evidence: bool = True) -> Prediction:
        """Rank the intents for one hidden state (hidden,).

        A message of unknown words and punctuation only (`evidence` false) is no evidence for any
        intent: every confidence is 0.
        """
        logits, scores = self._confidences(embeddings(self._weights, state))
        order = (-scores).argsort(kind="stable")
        if not evidence:
            scores = np.zeros_like(scores)
        # All of it in C: a thousand intents take 0.2 ms, and 1.5 one by one.
        names = map(self.intents.__getitem__, order.tolist())
        ranked = zip(names, scores[order].tolist(), strict=True)
        ranking = tuple(map(_RANKED, ranked))
        in_scope = ranking[0].confidence >= self.calibration.threshold
        return Prediction(ranking, in_scope, float(energies(logits)))

    def predict_pattern(self, state: Floats, intent: str) -> Prediction:
        """Rank the intents for the state of a message that is a pattern of `intent`.

        That one is certain; the others follow in the network's order, which is that of the logits.
        """
        logits = self.logits(state)
        order = (-logits).argsort(kind="stable")
        others = [tag for tag in map(self.intents.__getitem__, order.tolist()) if tag != intent]
        ranking = (RankedIntent(intent, 1.0), *map(_RANKED, zip(others, repeat(0.0))))
        return Prediction(ranking, True, float(energies(logits)), is_pattern=True)


def energies(logits: Floats) -> NDArray[np.float64]:
    """Return the energy (…) of logits (…, intents)."""
    result: NDArray[np.float64] = np.logaddexp.reduce(logits.astype(np.float64), axis=-1)
    return result


def in_scope_probability(
    energy: NDArray[np.float64], calibration: Calibration
) -> NDArray[np.float64]:
    """Return the probability that messages of these energies are in scope."""
    return logistic(calibration.scope_slope * (energy - calibration.scope_energy))


def confidences(logits: Floats, calibration: Calibration) -> NDArray[np.float64]:
    """Return the confidence in every intent, (…, intents), for logits of that shape."""
    scaled = logits.astype(np.float64)
    energy = np.logaddexp.reduce(scaled, axis=-1, keepdims=True)
    scaled /= calibration.temperature
    # Logarithms of sums of exponentials: nothing overflows, however large a logit is.
    scaled -= np.logaddexp.reduce(scaled, axis=-1, keepdims=True)
    result: NDArray[np.float64] = np.exp(scaled, out=scaled)
    result *= in_scope_probability(energy, calibration)
    return result
