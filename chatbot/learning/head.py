"""The feed-forward layer on frozen embeddings: multinomial logistic regression.

The problem is convex: the same patterns give the same layer, whatever the seed, and in a fraction
of a second.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from chatbot.learning.data import Indices
from chatbot.network import Floats

STRENGTH = 10.0
"""What an error weighs against the squared length of the weights, for parts of length 1. Hardly
matters: 3 to 30 give the same accuracy on practice bots."""

ITERATIONS = 200
"""Of L-BFGS at most; a small file needs about 30."""


TOLERANCE = 1e-5
"""Relative fall of the loss at which it ends; the answers of 1e-7 are the same."""


class Head(NamedTuple):
    """A feed-forward layer."""

    weight: Floats
    """(intents, embedding)"""
    bias: Floats
    """(intents,)"""

    def logits(self, embedded: Floats) -> Floats:
        """Return the logits (messages, intents) of embeddings (messages, embedding)."""
        found: Floats = embedded @ self.weight.T + self.bias
        return found


def fitted(
    embedded: Floats,
    labels: Indices,
    intents: int,
    parts: int = 1,
    weights: NDArray[np.float32] | None = None,
) -> Head:
    """Return the layer that tells patterns apart best.

    `embedded` is (patterns, embedding), of length 1 and in `parts` parts; `labels` (patterns,)
    holds indices of intents, `weights` (patterns,) what each pattern counts, 1 where there are
    none. It minimises
    STRENGTH · Σ weight · cross-entropy(W e √parts + b) + |W|² / 2.
    """
    from scipy.optimize import minimize  # 0.2 s, only when training (start-up)

    scale = np.float32(parts**0.5)
    inputs = embedded * scale
    count, size = inputs.shape
    right = np.arange(count), labels
    counts = STRENGTH * (np.ones(count, np.float32) if weights is None else weights)

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weight = flat.reshape(intents, size + 1).astype(np.float32)
        logits = inputs @ weight[:, :size].T + weight[:, size]
        logits -= logits.max(axis=1, keepdims=True)
        probabilities = np.exp(logits)
        total = probabilities.sum(axis=1, keepdims=True)
        likelihood = logits[right] - np.log(total[:, 0])
        probabilities /= total
        probabilities[right] -= 1
        slope = (probabilities * counts[:, None]).T
        gradient = np.empty_like(weight)
        gradient[:, :size] = slope @ inputs + weight[:, :size]
        gradient[:, size] = slope.sum(axis=1)
        value = 0.5 * np.square(weight[:, :size]).sum() - counts @ likelihood
        return float(value), gradient.ravel().astype(np.float64)

    start = np.zeros(intents * (size + 1))
    found = minimize(
        loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ITERATIONS, "ftol": TOLERANCE}
    )
    weight = found.x.reshape(intents, size + 1).astype(np.float32)
    return Head(weight[:, :size] * scale, weight[:, size].copy())


def dealt(labels: Indices, intents: int, folds: int) -> list[tuple[Indices, Indices]]:
    """Return the patterns to learn and those to ask, for each of at most `folds` folds.

    The patterns of an intent are dealt in turn, so no seed decides. An intent with a single pattern
    is never asked.
    """
    turn = np.zeros(len(labels), dtype=np.int64)
    for label in range(intents):
        members = np.flatnonzero(labels == label)
        turn[members] = np.arange(len(members)) % folds if len(members) > 1 else folds
    parts = ((np.flatnonzero(turn != fold), np.flatnonzero(turn == fold)) for fold in range(folds))
    return [(learned, asked) for learned, asked in parts if len(asked)]
