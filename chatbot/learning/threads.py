"""How many threads torch computes on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch


@contextmanager
def one_thread() -> Iterator[None]:
    """Let torch compute on one thread inside this context.

    The matrices are too small for two to gain much (6.7 s against 7.0 for the default file), and on
    a busy machine two that wait for each other lose a lot (21 s against 7.2 with two trainings on
    two cores). It also makes the weights independent of the number of cores.
    """
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)
