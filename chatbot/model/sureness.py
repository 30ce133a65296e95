"""How sure is sure enough: learned once, from practice bots, for all bots to come.

A bot of eighty patterns cannot tell by itself how sure it must be: what is fitted on so few swings
with the seed. But what an answer looks like that is right is the same in all bots. Nine numbers
describe an answer, six the bot; logistic regression over thousands of answers of practice bots,
which the base had not learned from, says how likely such an answer is right (docs/base.md). A bot's
own patterns then adapt it a little (`chatbot.learning.own_sureness`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chatbot.network import Floats, Memory, Weights, logistic, products

Probabilities = NDArray[np.float64]
Confidences = NDArray[np.float64]

OF_ANSWERS = (
    "log odds of the largest probability",
    "its lead on the second",
    "largest logit less the mean logit",
    "energy less the mean logit",
    "cosine to the answer's prototype",
    "its lead on the nearest other prototype",
    "mean cosine to the three nearest background messages",
    "lead of the nearest out-of-scope example on the answer's prototype, 0 where it has none",
    "log probability of being in scope, by a layer fitted to those examples, 0 without them",
)
OF_BOTS = (
    "log of the number of intents",
    "log of the patterns per intent",
    "median cosine of a pattern to the nearest one of its intent",
    "median cosine of a pattern to the nearest one of another intent",
    "accuracy on its own patterns, out of fold",
    "median log odds of its answers to them",
)

LARGEST = 12.0
"""Log odds are bounded: a probability of 1 − 1e-6 is no surer than one of 1 − 1e-5."""

NEAREST = 3
"""Background messages that count."""

THRESHOLD = 0.40
"""A message is answered when the answer is at least so likely to be right. Below .5: a bot that
asks back too often is put away. The same for every bot; compared with others in docs/base.md."""


@dataclass(frozen=True)
class Sureness:
    """How likely an answer of one bot is right."""

    coefficients: tuple[float, ...]
    """Of the numbers OF_ANSWERS."""
    offset: float
    """What is the same for every answer: the bias, and what the numbers of the bot add."""
    threshold: float = THRESHOLD

    def chance(self, numbers: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return how likely answers are right, (…), from their numbers (…, OF_ANSWERS)."""
        found: NDArray[np.float64] = logistic(numbers @ np.array(self.coefficients) + self.offset)
        return found


@dataclass(frozen=True, slots=True)
class LearnedSureness:
    """What practice bots taught: part of the base's card."""

    of_answers: tuple[float, ...]
    of_bots: tuple[float, ...]
    bias: float

    def of(self, bot: NDArray[np.float64]) -> Sureness:
        """Return the sureness of a bot with the numbers `bot` (OF_BOTS,)."""
        return Sureness(self.of_answers, float(bot @ np.array(self.of_bots)) + self.bias)


class Judge:
    """Describes the answers of one network, which remembers its patterns."""

    def __init__(self, weights: Weights, memory: Memory) -> None:
        beyond = memory.prototypes[:0] if memory.beyond is None else memory.beyond
        # One product with everything that a message is compared with.
        self._compared: Floats = np.concatenate(
            [memory.prototypes, beyond, memory.out_of_scope, memory.background]
        ).astype(np.float32)
        self._beyond, self._examples = len(beyond), len(memory.out_of_scope)
        self._scope_layer = memory.scope_layer
        self._view = slice(weights.embedding_size - weights.parts[-1], weights.embedding_size)
        self._scale = np.float32(len(weights.parts) ** 0.5)

    def numbers(
        self, embedded: Floats, logits: Floats, probabilities: Probabilities | None = None
    ) -> NDArray[np.float64]:
        """Return the numbers (messages, OF_ANSWERS) of embeddings (messages, embedding).

        `logits` and `probabilities`, their softmax if that is known already, are (messages,
        intents).
        """
        if probabilities is None:
            probabilities = softmax(logits)
        return self._described(embedded, self._cosines(embedded), logits, probabilities)

    def numbers_without_intents(
        self, embedded: Floats, logits: Floats, labels: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        """Return the numbers as if the network had no such intent as each message's own.

        `labels` (messages,) are the indices of these: their logits and prototypes are left out. The
        other rows of the layer were learned against them. There must be two intents at least.
        """
        count, intents = logits.shape
        cosines = self._cosines(embedded)
        is_other = np.arange(intents) != labels[:, None]
        left = cosines[:, :intents][is_other].reshape(count, -1)
        cosines = np.concatenate([left, cosines[:, intents:]], axis=1)
        logits = logits[is_other].reshape(count, -1)
        return self._described(embedded, cosines, logits, softmax(logits))

    def _cosines(self, embedded: Floats) -> Floats:
        return products(embedded[:, self._view] * self._scale, self._compared)

    def _described(
        self, embedded: Floats, cosines: Floats, logits: Floats, probabilities: Probabilities
    ) -> NDArray[np.float64]:
        """Return the numbers of answers; `cosines` are (messages, compared)."""
        intents = logits.shape[1]
        prototypes = intents + self._beyond
        not_background = prototypes + self._examples
        rows = np.arange(len(logits))
        answer = logits.argmax(axis=1)
        first, second = _two_largest(probabilities)
        log_odds = np.log(first / np.maximum(1 - first, 1e-12))
        nearest = np.partition(cosines[:, not_background:], -NEAREST, axis=1)[:, -NEAREST:]
        to_answer = cosines[rows, answer]
        others = cosines[:, :prototypes].copy()
        others[rows, answer] = -1
        out_of_scope = cosines[:, prototypes:not_background].max(axis=1, initial=-1)
        found = np.empty((len(rows), len(OF_ANSWERS)))
        found[:, 0] = np.minimum(np.maximum(log_odds, -LARGEST), LARGEST)
        found[:, 1] = first - second
        found[:, 2] = logits[rows, answer] - logits.sum(axis=1) / logits.shape[1]
        found[:, 3] = found[:, 2] - np.log(first)  # energy = logit − log probability
        found[:, 4] = to_answer
        found[:, 5] = to_answer - others.max(axis=1)
        found[:, 6] = nearest.sum(axis=1) / NEAREST
        found[:, 7] = np.maximum(out_of_scope - to_answer, 0)
        found[:, 8] = self._log_in_scope(embedded)
        return found

    def _log_in_scope(self, embedded: Floats) -> NDArray[np.float64]:
        """Return the logarithm of what the scope layer says, (messages,); 0 without one."""
        if not len(self._scope_layer):
            return np.zeros(len(embedded))
        logits = products(embedded, self._scope_layer[:, :-1])[:, 0] + self._scope_layer[0, -1]
        found: NDArray[np.float64] = -np.logaddexp(0, -logits.astype(np.float64))
        return np.maximum(found, -LARGEST)


def shared_out(probabilities: Probabilities, chance: NDArray[np.float64]) -> Confidences:
    """Return the confidence in every intent, (messages, intents).

    The best intent has the chance (messages,) that it is right. The others share what is left in
    proportion to their probabilities, none above the best; the rest is "none of them".
    """
    best = probabilities.argmax(axis=1)
    rows = np.arange(len(best))
    first = probabilities[rows, best]
    per_share = np.minimum(chance / first, (1 - chance) / np.maximum(1 - first, 1e-12))
    # Rounding must not lift one that is as probable as the best above it.
    found: Confidences = np.minimum(probabilities * per_share[:, None], chance[:, None])
    found[rows, best] = chance
    return found


def softmax(logits: Floats) -> Probabilities:
    """Return the probabilities (…, intents) of logits of that shape."""
    found = logits.astype(np.float64)
    found -= found.max(axis=-1, keepdims=True)  # nothing overflows
    np.exp(found, out=found)
    found /= found.sum(axis=-1, keepdims=True)
    return found


def _two_largest(values: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the largest and the second of each row; the second of a single one is 0."""
    if values.shape[1] == 1:
        return values[:, 0], np.zeros(len(values))
    ordered = np.partition(values, -2, axis=1)
    return ordered[:, -1], ordered[:, -2]
