"""A deep feed-forward network, and the gradient that reaches each of its layers, in NumPy.

It is the first picture in every guide to recurrent networks: the gradient gets smaller with each
layer on its way back (Hochreiter 1991; Glorot and Bengio 2010 for depth), so the first
layers hardly learn.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from chatbot.network import Floats, logistic

Activation = Literal["sigmoid", "tanh"]
ACTIVATIONS: tuple[Activation, ...] = get_args(Activation)


@dataclass(frozen=True)
class DeepWeights:
    """Layers of one size, each an affine map and an activation, and a last affine map."""

    activation: Activation
    weights: tuple[Floats, ...]
    """One per layer, (units, inputs); the last one is (intents, units)."""
    biases: tuple[Floats, ...]
    """One per layer, (units,); the last one is (intents,)."""

    @property
    def depth(self) -> int:
        """Layers with an activation."""
        return len(self.weights) - 1


def layer_outputs(deep: DeepWeights, inputs: Floats) -> list[Floats]:
    """Return the output of every layer, (messages, units), and last the logits."""
    outputs: list[Floats] = []
    value = inputs
    for number, (weight, bias) in enumerate(zip(deep.weights, deep.biases, strict=True)):
        value = value @ weight.T + bias
        if number < deep.depth:
            value = np.tanh(value) if deep.activation == "tanh" else logistic(value)
        outputs.append(value)
    return outputs


def layer_gradients(deep: DeepWeights, inputs: Floats, intents: NDArray[np.int64]) -> Floats:
    """Return |∂l/∂h| of every layer's output h, (messages, layers), first layer first.

    l is the centred logit of each message's intent. `inputs` is (messages, word_size).
    """
    *hidden, logits = layer_outputs(deep, inputs)
    chosen = np.full_like(logits, -1 / logits.shape[1])
    chosen[np.arange(len(intents)), intents] += 1
    gradient: Floats = chosen @ deep.weights[-1]
    norms = np.zeros((len(inputs), deep.depth), np.float32)
    for layer in range(deep.depth - 1, -1, -1):
        norms[:, layer] = np.sqrt(np.square(gradient).sum(axis=1))
        output = hidden[layer]
        slope = 1 - output**2 if deep.activation == "tanh" else output * (1 - output)
        gradient = (gradient * slope).astype(np.float32) @ deep.weights[layer]
    return norms


def relative_to_last(norms: Floats) -> tuple[float, ...]:
    """Return the mean over messages of each layer's gradient relative to the last layer's."""
    last = np.maximum(norms[:, -1:].astype(np.float64), np.finfo(np.float64).tiny)
    return tuple((norms / last).mean(axis=0).tolist()) if len(norms) else ()
