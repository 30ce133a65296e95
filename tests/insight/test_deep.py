"""The gradient at every layer of a deep network against torch's own."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from chatbot.insight.deep import (
    ACTIVATIONS,
    Activation,
    layer_gradients,
    layer_outputs,
    relative_to_last,
)
from chatbot.learning.lab.deep_network import deep_network, deep_weights


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_outputs_and_gradients_are_torchs(activation: Activation) -> None:
    torch.manual_seed(1)
    network = deep_network(activation, inputs=12, intents=5)
    inputs = torch.randn(7, 12)
    intents = np.array([0, 4, 2, 1, 1, 3, 0])
    values, outputs = inputs, []
    for layer in network:
        values = layer(values)
        if not isinstance(layer, torch.nn.Linear):
            outputs.append(values)
    centred = values - values.mean(dim=1, keepdim=True)
    loss = centred[torch.arange(7), torch.from_numpy(intents)].sum()
    expected = torch.stack([g.norm(dim=1) for g in torch.autograd.grad(loss, outputs)], dim=1)

    deep = deep_weights(network, activation)
    norms = layer_gradients(deep, inputs.numpy(), intents)
    assert norms.shape == (7, deep.depth)
    np.testing.assert_allclose(norms, expected.numpy(), rtol=1e-4)
    logits = layer_outputs(deep, inputs.numpy())[-1]
    np.testing.assert_allclose(logits, values.detach().numpy(), atol=1e-5)


def test_the_mean_is_over_messages_of_what_is_relative_to_the_last_layer() -> None:
    norms = np.array([[1.0, 2.0], [3.0, 4.0]], np.float32)
    assert relative_to_last(norms) == pytest.approx((0.625, 1.0))
    assert relative_to_last(np.zeros((0, 3), np.float32)) == ()


def test_a_gradient_that_is_nothing_at_all_stays_nothing() -> None:
    assert relative_to_last(np.zeros((1, 2), np.float32)) == (0.0, 0.0)
