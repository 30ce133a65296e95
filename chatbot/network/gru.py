"""The GRU (Cho et al. 2014), forwards and backwards; torch.nn.GRU's formulas."""

from __future__ import annotations

import numpy as np

from chatbot.network.arrays import logistic
from chatbot.network.rows import Floats
from chatbot.network.step import Step
from chatbot.network.weights import Weights


def forward(from_word: Floats, from_state: Floats, before: Step) -> Step:
    """H' = (1 − z) · n + z · h, with n = tanh(W x + b + r · (U h + b'))."""
    size = len(before.hidden)
    gates = logistic(from_word[: 2 * size] + from_state[: 2 * size])
    reset_gate, update_gate = gates[:size], gates[size:]
    candidate = reset_gate * from_state[2 * size :]
    candidate += from_word[2 * size :]
    np.tanh(candidate, out=candidate)
    hidden = before.hidden - candidate
    hidden *= update_gate
    hidden += candidate
    return Step(hidden, candidate, update_gate, reset_gate)


def backward(
    weights: Weights, step: Step, before: Step, hidden: Floats, cell: Floats
) -> tuple[Floats, Floats]:
    """Backwards through H' = (1 − z) · n + z · h, with n = tanh(W x + b + r · (U h + b'))."""
    r, z, n = step.reset_gate, step.update_gate, step.candidate
    assert r is not None and z is not None  # a GRU's steps have both
    size = len(n)
    looked_at = weights.recurrent_weight[2 * size :] @ before.hidden
    looked_at += weights.recurrent_bias[2 * size :]
    into_n = hidden * (1 - z) * (1 - n**2)
    into_z = hidden * (before.hidden - n) * z * (1 - z)
    into_r = into_n * looked_at * r * (1 - r)
    through = np.concatenate([into_r, into_z, into_n * r])
    return hidden * z + weights.recurrent_weight.T @ through, cell
