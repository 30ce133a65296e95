"""Gates: what a cell did with its memory at each word, as four shares a person can read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from chatbot.network import Step

MOVED = 0.1
"""Change of a unit's value, of the 2 there are from −1 to 1, from which it counts as moved."""


@dataclass(frozen=True, slots=True)
class GateUse:
    """What the cell did at one word, averaged over the units; shares from 0 to 1."""

    keep: float
    """Share of the old state (of an LSTM: of its cell) that was kept: the mean of a GRU's update
    gate z (PyTorch's sign) or of an LSTM's forget gate."""
    write: float
    """How far the gate for writing was open: the mean of 1 − z, or of an LSTM's input gate."""
    look_back: float | None
    """How much of the old state the candidate looked back at: the mean of the reset gate r.
    An LSTM has no such gate."""
    left: float
    """Share of what was written here that is still there at the end: mean over the units of the
    product of the keeping gates of the words behind; 1 at the last word."""
    moved: int
    """Units whose value changed by at least MOVED."""


def gate_use(steps: Sequence[Step]) -> tuple[GateUse, ...] | None:
    """Return what the gates did at each word; None for the plain cell, which has none."""
    uses: list[GateUse] = []
    left = None
    for t in range(len(steps) - 1, -1, -1):
        step = steps[t]
        keep_gate = step.update_gate if step.forget_gate is None else step.forget_gate
        if keep_gate is None:
            return None
        write_gate = 1 - keep_gate if step.input_gate is None else step.input_gate
        before = steps[t - 1].hidden if t else np.zeros_like(step.hidden)
        left = np.ones_like(keep_gate) if left is None else left
        uses.append(
            GateUse(
                keep=float(keep_gate.mean()),
                write=float(write_gate.mean()),
                look_back=None if step.reset_gate is None else float(step.reset_gate.mean()),
                left=float(left.mean()),
                moved=int(np.count_nonzero(np.abs(step.hidden - before) >= MOVED)),
            )
        )
        left = left * keep_gate
    return tuple(reversed(uses))
