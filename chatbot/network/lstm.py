"""The LSTM (Hochreiter and Schmidhuber 1997), forwards and backwards; torch.nn.LSTM's formulas."""

from __future__ import annotations

import numpy as np

from chatbot.network.arrays import logistic
from chatbot.network.rows import Floats
from chatbot.network.step import Step
from chatbot.network.weights import Weights


def forward(from_word: Floats, from_state: Floats, before: Step) -> Step:
    """C' = f · c + i · g and h' = o · tanh(c')."""
    size = len(before.hidden)
    total = from_word + from_state
    input_gate = logistic(total[:size])
    forget_gate = logistic(total[size : 2 * size])
    candidate = np.tanh(total[2 * size : 3 * size])
    output_gate = logistic(total[3 * size :])
    assert before.cell is not None  # LSTM steps follow LSTM steps
    cell = forget_gate * before.cell + input_gate * candidate
    return Step(
        output_gate * np.tanh(cell),
        candidate,
        input_gate=input_gate,
        forget_gate=forget_gate,
        output_gate=output_gate,
        cell=cell,
    )


def backward(
    weights: Weights, step: Step, before: Step, hidden: Floats, cell: Floats
) -> tuple[Floats, Floats]:
    """Backwards through C' = f · c + i · g and h' = o · tanh(c')."""
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
