"""The lab's deep feed-forward networks in torch: how they start, and how they learn."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import torch
from torch import Tensor, nn

from chatbot.common import _
from chatbot.insight import (
    ACTIVATIONS,
    Activation,
    DeepWeights,
    layer_gradients,
    layer_outputs,
    relative_to_last,
)
from chatbot.lab import Course, DeepResult
from chatbot.learning.data import Indices, Patterns
from chatbot.learning.optimizer import AdamW, Group
from chatbot.network import Floats, Recurrent, Weights

DEPTH = 8
"""Layers with an activation; deep enough for a gradient to vanish."""

UNITS = 64

BATCH = 32

RATE = 1e-3
"""Learning rate, Adam's usual."""

DeepStep = tuple[str, float]
"""What is trained, and the loss of the batch."""


def deep_network(activation: Activation, inputs: int, intents: int) -> nn.Sequential:
    """Return a network with PyTorch's default initial weights."""
    layers: list[nn.Module] = []
    for layer in range(DEPTH):
        layers += [nn.Linear(UNITS if layer else inputs, UNITS)]
        layers += [nn.Tanh() if activation == "tanh" else nn.Sigmoid()]
    return nn.Sequential(*layers, nn.Linear(UNITS, intents))


def deep_weights(network: nn.Sequential, activation: Activation) -> DeepWeights:
    """Return a copy of a network's weights, for NumPy."""

    def array(tensor: Tensor) -> Floats:
        result: Floats = np.array(tensor.detach().numpy())
        return result

    layers = [layer for layer in network if isinstance(layer, nn.Linear)]
    return DeepWeights(
        activation,
        tuple(array(layer.weight) for layer in layers),
        tuple(array(layer.bias) for layer in layers),
    )


def mean_word_vectors(words: Weights, patterns: Patterns) -> Floats:
    """Return the mean of the word vectors of every pattern, (patterns, word_size)."""
    recurrent = Recurrent(words)
    messages = patterns.messages
    vectors = np.stack([recurrent.word_vector(word) for word in messages.vocabulary])
    rows = [
        vectors[row[:length]].mean(axis=0)
        for row, length in zip(messages.words, messages.lengths.tolist(), strict=True)
    ]
    return np.stack(rows)


def train_deep(
    words: Weights, patterns: Patterns, learned: Indices, steps: int, seed: int
) -> Iterator[DeepStep | DeepResult]:
    """Train one network per activation; yields every step, and a DeepResult after each network."""
    inputs = mean_word_vectors(words, patterns)
    held_out = np.setdiff1d(np.arange(len(patterns)), learned)
    measured = held_out if len(held_out) else learned
    for activation in ACTIVATIONS:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            network = deep_network(activation, inputs.shape[1], len(patterns.tags))
        untrained = deep_weights(network, activation)
        losses: list[float] = []
        norms: list[float] = []
        for loss, norm in _learn(network, inputs, patterns.labels, learned, steps, seed):
            losses.append(loss)
            norms.append(norm)
            yield (
                _("training a deep network of {activation} layers").format(activation=activation),
                loss,
            )
        trained = deep_weights(network, activation)

        def layers(weights: DeepWeights) -> tuple[float, ...]:
            gradients = layer_gradients(weights, inputs[measured], patterns.labels[measured])
            return relative_to_last(gradients)

        right = layer_outputs(trained, inputs)[-1].argmax(axis=1) == patterns.labels
        yield DeepResult(
            untrained,
            trained,
            Course(tuple(losses), tuple(norms)),
            layers(untrained),
            layers(trained),
            int(right[learned].sum()),
            int(right[held_out].sum()),
        )


def _learn(
    network: nn.Sequential, inputs: Floats, labels: Indices, learned: Indices, steps: int, seed: int
) -> Iterator[tuple[float, float]]:
    """Take the gradient steps; yields the loss and the norm of the gradient."""
    rng = np.random.default_rng(seed)
    optimizer = AdamW([Group(list(network.parameters()), RATE, weight_decay=0.0)])
    for __ in range(steps):
        chosen = rng.choice(learned, min(BATCH, len(learned)), replace=False)
        logits = network(torch.from_numpy(inputs[chosen]))
        loss = nn.functional.cross_entropy(logits, torch.from_numpy(labels[chosen]))
        optimizer.clear()
        loss.backward()  # type: ignore[no-untyped-call]
        norm = nn.utils.get_total_norm([p.grad for p in network.parameters() if p.grad is not None])
        optimizer.step()
        yield loss.item(), norm.item()
