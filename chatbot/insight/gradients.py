"""Gradients through time: how much of the gradient of an answer reaches each word.

The backward pass of a cell (Werbos 1990, "Backpropagation through time"), in NumPy and along one
message. A recurrent network forgets where this gradient has vanished (Hochreiter 1991;
Bengio et al. 1994): what does not reach a word cannot teach the network to remember it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from chatbot.network import Floats, Recurrent, Step, Weights, lengths, part_starts, projected


def logit_gradient(weights: Weights, state: Floats, intent: int) -> Floats:
    """Return ∂l/∂h, (hidden,), of an intent's centred logit l for a final state h (hidden,).

    With P h + p = (e₁, e₂, …) in m parts and w the intent's row less the mean row, also in parts:
    ∂l/∂h = Pᵀ ((w₁ − (w₁·ê₁) ê₁) / |e₁|, …) / √m.
    """
    embedded = projected(weights, state)
    divisors = lengths(weights, embedded)
    direction = embedded / divisors
    row = weights.output_weight[intent] - weights.output_weight.mean(axis=0)
    starts = part_starts(weights)
    # ê is √m times the direction's part, twice.
    along = np.repeat(np.add.reduceat(row * direction, starts), weights.parts) * len(starts)
    gradient: Floats = weights.projection_weight.T @ ((row - along * direction) / divisors)
    return gradient


def gradient_norms(recurrent: Recurrent, steps: Sequence[Step], gradient: Floats) -> Floats:
    """Return |∂l/∂state| of the state after each word, (words,), from ∂l/∂h of the last one.

    The state of an LSTM is its hidden state and its cell state together, as it passes them on: in
    the hidden state alone the gradient seems to vanish, since the cell state carries it.
    """
    norms = np.zeros(len(steps), np.float32)
    hidden, cell = gradient.astype(np.float32), np.zeros_like(gradient)
    for t in range(len(steps) - 1, -1, -1):
        norms[t] = np.sqrt(hidden @ hidden + cell @ cell)
        before = steps[t - 1] if t else recurrent.initial_state
        hidden, cell = recurrent.formulas.backward(
            recurrent.weights, steps[t], before, hidden, cell
        )
    return norms
