"""Work on large arrays in several threads: NumPy lets others run while it multiplies."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")

MOST_THREADS = 4
"""More gain little: memory is what they wait for."""


def number_of_threads() -> int:
    """Return how many threads large work is shared out to: one for each processor, up to 4."""
    try:
        cores = len(os.sched_getaffinity(0))  # those that this process may use
    except AttributeError:  # not on macOS and Windows
        cores = os.cpu_count() or 1
    return min(cores, MOST_THREADS)


def in_threads(work: Callable[[T], object], pieces: Iterable[T]) -> None:
    """Do the work of every piece, in no order. Raises what the first that fails raises."""
    from concurrent.futures import ThreadPoolExecutor  # start-up: only large work needs it

    with ThreadPoolExecutor(number_of_threads()) as pool:
        for _ in pool.map(work, pieces):
            pass
