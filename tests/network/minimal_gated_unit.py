"""A made-up cell with one gate, after the minimal gated unit (Zhou et al. 2016), as a table entry.

z = σ(W_z x + b_z + U_z h + c_z), n = tanh(W_n x + b_n + z · (U_n h + c_n)),
h' = (1 − z) · n + z · h.
"""

from __future__ import annotations

import numpy as np

from chatbot.network.arrays import logistic
from chatbot.network.cells import CELLS, Cell
from chatbot.network.rows import Floats
from chatbot.network.step import Step
from chatbot.network.weights import Weights

NAME = "mgu"
ENTRY = Cell(
    title="minimal gated unit",
    blocks=("update_gate", "candidate"),
    formulas="tests.network.minimal_gated_unit",
    torch_module="tests.network.minimal_gated_unit_in_torch:MinimalGatedUnit",
    keep="update_gate",
    look_back="update_gate",
)


def add() -> None:
    """Add the cell for the rest of the process."""
    CELLS[NAME] = ENTRY


def forward(from_word: Floats, from_state: Floats, before: Step) -> Step:
    size = len(before.hidden)
    update_gate = logistic(from_word[:size] + from_state[:size])
    candidate = np.tanh(from_word[size:] + update_gate * from_state[size:])
    return Step(candidate + update_gate * (before.hidden - candidate), candidate, update_gate)


def backward(
    weights: Weights, step: Step, before: Step, hidden: Floats, cell: Floats
) -> tuple[Floats, Floats]:
    z, n = step.update_gate, step.candidate
    assert z is not None
    size = len(n)
    looked_at = weights.recurrent_weight[size:] @ before.hidden + weights.recurrent_bias[size:]
    into_n = hidden * (1 - z) * (1 - n**2)
    into_z = (hidden * (before.hidden - n) + into_n * looked_at) * z * (1 - z)
    through = np.concatenate([into_z, into_n * z])
    return hidden * z + weights.recurrent_weight.T @ through, cell
