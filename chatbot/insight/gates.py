"""Gates: what a GRU did with its memory at each word, as four shares a person can read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from chatbot.recurrent import Step

MOVED = 0.1
"""Change of a unit's value, of the 2 there are from −1 to 1, from which it counts as moved."""


@dataclass(frozen=True, slots=True)
class GateUse:
    """What the cell did at one word, averaged over the units; shares from 0 to 1."""

    keep: float
    """Share of the old state that was kept: the mean of the update gate z (PyTorch's sign)."""
    look_back: float
    """How much of the old state the candidate looked back at: the mean of the reset gate r."""
    left: float
    """Share of what was written here that is still there at the end: mean of Π z over the words
    behind; 1 at the last word."""
    moved: int
    """Units whose value changed by at least MOVED."""

    @property
    def write(self) -> float:
        """Share of the new state that was written: mean of 1 − z."""
        return 1 - self.keep


def gate_use(steps: Sequence[Step]) -> tuple[GateUse, ...] | None:
    """Return what the gates did at each word; None for a cell that has no update gate."""
    uses: list[GateUse] = []
    left = None
    states = [step.hidden for step in steps]
    for t in range(len(steps) - 1, -1, -1):
        keep_gate, reset_gate = steps[t].update_gate, steps[t].reset_gate
        if keep_gate is None or reset_gate is None:
            return None
        before = states[t - 1] if t else np.zeros_like(states[0])
        left = np.ones_like(keep_gate) if left is None else left
        uses.append(
            GateUse(
                keep=float(keep_gate.mean()),
                look_back=float(reset_gate.mean()),
                left=float(left.mean()),
                moved=int(np.count_nonzero(np.abs(states[t] - before) >= MOVED)),
            )
        )
        left = left * keep_gate
    return tuple(reversed(uses))
