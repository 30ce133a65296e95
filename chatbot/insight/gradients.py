"""Gradients through time: how much of what training is told about an answer reaches each word.

The backward pass of the three cells (Werbos 1990, "Backpropagation through time"), in NumPy and
along one message. A recurrent network forgets where this gradient has vanished (Hochreiter 1991;
Bengio et al. 1994): what does not reach a word cannot teach the network to remember it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from chatbot.network import SHORTEST, Floats, Recurrent, Step, Weights


def logit_gradient(weights: Weights, state: Floats, intent: int) -> Floats:
    """Return ∂l/∂h, (hidden,), of an intent's centred logit l for a final state h (hidden,).

    With e = P h + p and w the intent's row less the mean row:  ∂l/∂h = Pᵀ (w − (w·ê) ê) / |e|.
    """
    embedded = weights.projection_weight @ state + weights.projection_bias
    length = max(float(np.linalg.norm(embedded)), SHORTEST)
    direction = embedded / length
    row = weights.output_weight[intent] - weights.output_weight.mean(axis=0)
    gradient: Floats = weights.projection_weight.T @ (row - (row @ direction) * direction) / length
    return gradient


def gradient_norms(recurrent: Recurrent, steps: Sequence[Step], gradient: Floats) -> Floats:
    """Return |∂l/∂state| of the state after each word, (words,), from ∂l/∂h of the last one.

    The state of an LSTM is its hidden state and its cell together, as it passes them on: through h
    alone its gradient seems to vanish, for the cell carries it.
    """
    norms = np.zeros(len(steps), np.float32)
    hidden, cell = gradient.astype(np.float32), np.zeros_like(gradient)
    for t in range(len(steps) - 1, -1, -1):
        norms[t] = np.sqrt(hidden @ hidden + cell @ cell)
        before = steps[t - 1] if t else recurrent.initial_state
        hidden, cell = _back(recurrent.weights, steps[t], before, hidden, cell)
    return norms


def _back(
    weights: Weights, step: Step, before: Step, hidden: Floats, cell: Floats
) -> tuple[Floats, Floats]:
    """Return the gradients of the hidden state and of the cell one step earlier."""
    if weights.cell == "gru":
        return _gru(weights, step, before, hidden), cell
    if weights.cell == "lstm":
        return _lstm(weights, step, before, hidden, cell)
    return weights.recurrent_weight.T @ (hidden * (1 - step.hidden**2)), cell


def _gru(weights: Weights, step: Step, before: Step, hidden: Floats) -> Floats:
    """Backwards through H' = (1 − z) · n + z · h, n = tanh(W x + b + r · (U h + b'))."""
    r, z, n = step.reset_gate, step.update_gate, step.candidate
    assert r is not None and z is not None  # a GRU's steps have both
    size = len(n)
    looked_at = weights.recurrent_weight[2 * size :] @ before.hidden
    looked_at += weights.recurrent_bias[2 * size :]
    into_n = hidden * (1 - z) * (1 - n**2)
    into_z = hidden * (before.hidden - n) * z * (1 - z)
    into_r = into_n * looked_at * r * (1 - r)
    through = np.concatenate([into_r, into_z, into_n * r])
    earlier: Floats = hidden * z + weights.recurrent_weight.T @ through
    return earlier


def _lstm(
    weights: Weights, step: Step, before: Step, hidden: Floats, cell: Floats
) -> tuple[Floats, Floats]:
    """Backwards through C' = f · c + i · g and h' = o · tanh(C')."""
    i, f, g, o = step.input_gate, step.forget_gate, step.candidate, step.output_gate
    assert i is not None and f is not None and o is not None and step.cell is not None
    assert before.cell is not None
    squashed = np.tanh(step.cell)
    cell = cell + hidden * o * (1 - squashed**2)
    through = np.concatenate(
        [
            cell * g * i * (1 - i),
            cell * before.cell * f * (1 - f),
            cell * i * (1 - g**2),
            hidden * squashed * o * (1 - o),
        ]
    )
    return weights.recurrent_weight.T @ through, cell * f
