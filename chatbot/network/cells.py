"""The kinds of recurrent cell, as a table: all that the program knows of each. No NumPy here.

Whatever depends on the kind of cell reads this table: weights and their file, the NumPy network,
gates and gradients, training in torch, the forgetting lab, and `--cell` on the command line. To add
a cell, add an entry, a module with its formulas, and torch's module where torch has none.
"""

from __future__ import annotations

from dataclasses import dataclass

from chatbot.common import N_


@dataclass(frozen=True, slots=True)
class Cell:
    """One kind of recurrent cell."""

    title: str
    """Its name on the screen."""
    blocks: tuple[str, ...]
    """What each block of `hidden` rows in its matrices computes, as fields of Step, in the order of
    torch's module."""
    formulas: str
    """The module of its NumPy formulas, a `chatbot.network.recurrent.Formulas`. By name: the names
    of the cells must not cost an import of NumPy (start-up)."""
    torch_module: str
    """Its torch module as "module:class", with the arguments, results and parameter names of
    torch.nn.GRU or LSTM. By name: torch is imported only to train."""
    keep: str | None = None
    """Field of Step with the share of its memory that a unit keeps; None for a cell without gates.
    The memory is the cell state of an LSTM and the hidden state of the others."""
    write: str | None = None
    """Field of Step with the share of the candidate that a unit writes; None where that is what
    `keep` leaves, 1 − keep."""
    look_back: str | None = None
    """Field of Step with the share of the old state that the candidate reads; None where no gate
    decides that."""


CELLS: dict[str, Cell] = {
    "rnn": Cell(
        title=N_("plain RNN"),
        blocks=("candidate",),
        formulas="chatbot.network.rnn",
        torch_module="torch.nn:RNN",
    ),
    "lstm": Cell(
        title="LSTM",
        blocks=("input_gate", "forget_gate", "candidate", "output_gate"),
        formulas="chatbot.network.lstm",
        torch_module="torch.nn:LSTM",
        keep="forget_gate",
        write="input_gate",
    ),
    "gru": Cell(
        title="GRU",
        blocks=("reset_gate", "update_gate", "candidate"),
        formulas="chatbot.network.gru",
        torch_module="torch.nn:GRU",
        keep="update_gate",
        look_back="reset_gate",
    ),
}
"""By the name in model cards and on the command line, in the order of their invention."""
