"""The feed-forward layer on frozen embeddings: multinomial logistic regression.

The problem is convex: the same patterns give the same layer, whatever the seed, and in a fraction
of a second.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from chatbot.learning.data import Indices
from chatbot.learning.lbfgs import lowest
from chatbot.network import Floats

STRENGTH = 10.0
"""What an error weighs against the squared length of the weights, for parts of length 1. Hardly
matters: 3 to 30 give the same accuracy on practice bots."""

ITERATIONS = 200
"""Of L-BFGS at most; a small file needs about 40."""

TOLERANCE = 1e-6
"""Relative fall of the loss in an iteration at which it ends; the answers of 1e-7 are the same."""


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
    scale = float(parts**0.5)
    inputs = torch.from_numpy(embedded) * scale
    count, size = inputs.shape
    right = torch.arange(count), torch.from_numpy(labels)
    counts = torch.full((count,), STRENGTH)
    if weights is not None:
        counts *= torch.from_numpy(weights)

    def loss(layer: Tensor) -> tuple[float, Tensor]:
        weight, bias = layer[:, :size], layer[:, size]
        likelihood = torch.log_softmax(torch.addmm(bias, inputs, weight.T), dim=1)
        value = 0.5 * weight.square().sum() - counts @ likelihood[right]
        slope = likelihood.exp_()
        slope[right] -= 1
        slope *= counts[:, None]
        gradient = torch.cat([slope.T @ inputs + weight, slope.sum(dim=0)[:, None]], dim=1)
        return value.item(), gradient

    found = lowest(loss, torch.zeros(intents, size + 1), ITERATIONS, TOLERANCE).numpy()
    return Head(found[:, :size] * np.float32(scale), found[:, size].copy())
