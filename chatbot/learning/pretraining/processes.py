"""The processes of one pretraining: one, or as many as torchrun has started."""

from __future__ import annotations

import os

from torch import distributed


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
