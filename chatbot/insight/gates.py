"""Gates: what a cell did with its memory at each word, as four shares that a person can read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from chatbot.network import CELLS, Step

MOVED = 0.1
"""Change of a unit's value, of the 2 there are from −1 to 1, from which it counts as moved."""


@dataclass(frozen=True, slots=True)
class GateUse:
    """What the cell did at one word, averaged over the units; shares from 0 to 1."""

    keep: float
    """Share of its memory that was kept: the mean of a GRU's update gate z (PyTorch's sign) or of
    an LSTM's forget gate."""
    write: float
    """How far the gate for writing was open: the mean of 1 − z, or of an LSTM's input gate."""
    look_back: float | None
    """How much of the old state the candidate read: the mean of a GRU's reset gate r. None for a
    cell without such a gate, like the LSTM."""
    left: float | None
    """Share of what was written here that is still there at the end: mean over the units of the
    product of the keep gates of the words that follow; 1 at the last word. None for a message whose
    last gates are not kept."""
    moved: int
    """Units whose value changed by at least MOVED."""


def gate_use(
    cell: str, steps: Sequence[Step], *, is_whole: bool = True
) -> tuple[GateUse, ...] | None:
    """Return what the gates of a kind of cell did at each word; None for a cell without gates.

    `is_whole` says whether these are the steps of all words of the message.
    """
    gates = CELLS[cell]
    if gates.keep is None:
        return None
    uses: list[GateUse] = []
    left = None
    for t in range(len(steps) - 1, -1, -1):
        step = steps[t]
        keep_gate = getattr(step, gates.keep)
        write_gate = 1 - keep_gate if gates.write is None else getattr(step, gates.write)
        look_back = None if gates.look_back is None else getattr(step, gates.look_back)
        before = steps[t - 1].hidden if t else np.zeros_like(step.hidden)
        left = np.ones_like(keep_gate) if left is None else left
        uses.append(
            GateUse(
                keep=float(keep_gate.mean()),
                write=float(write_gate.mean()),
                look_back=None if look_back is None else float(look_back.mean()),
                left=float(left.mean()) if is_whole else None,
                moved=int(np.count_nonzero(np.abs(step.hidden - before) >= MOVED)),
            )
        )
        left = left * keep_gate
    return tuple(reversed(uses))
