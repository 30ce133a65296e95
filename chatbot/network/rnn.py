"""The plain recurrent cell (Elman 1990), forwards and backwards; torch.nn.RNN's formulas."""

from __future__ import annotations

import numpy as np

from chatbot.network.rows import Floats
from chatbot.network.step import Step
from chatbot.network.weights import Weights


def forward(from_word: Floats, from_state: Floats, before: Step) -> Step:
    """H' = tanh(W x + b + U h + b')."""
    hidden = np.tanh(from_word + from_state)
    return Step(hidden, hidden)


def backward(
    weights: Weights, step: Step, before: Step, hidden: Floats, cell: Floats
) -> tuple[Floats, Floats]:
    """Backwards through H' = tanh(W x + b + U h + b')."""
    return weights.recurrent_weight.T @ (hidden * (1 - step.hidden**2)), cell
