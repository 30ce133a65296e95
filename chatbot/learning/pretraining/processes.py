"""Where a pretraining runs: on a GPU if there is one, in one process or in those of torchrun."""

from __future__ import annotations

import os

import torch
from torch import distributed


def device() -> torch.device:
    """Return the GPU if there is one, else the processor."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def join() -> bool:
    """Meet the other processes, if torchrun has started several; return whether this is the first.

    The first one embeds the lines, speaks, and writes the base.
    """
    if "RANK" not in os.environ:
        return True
    distributed.init_process_group("gloo")
    return distributed.get_rank() == 0


def wait() -> None:
    """Wait until all processes are here."""
    if distributed.is_initialized():
        distributed.barrier()
