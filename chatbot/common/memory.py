"""What a process that runs for days gives back to the system."""

from __future__ import annotations

LARGE = 256 * 1024
"""Bytes of a block that the system gets back as soon as it is free; a page fault for each 4 KB is
what that costs."""

_M_MMAP_THRESHOLD = -3
"""The name of this limit in glibc's malloc.h."""


def give_back_large_blocks() -> None:
    """Let free arrays go back to the system, with glibc; other allocators do so of themselves.

    glibc (mallopt(3)) raises the limit to the largest block that was ever freed, up to 32 MB. The
    arrays of later messages then lie between small blocks that stay, in a heap of each thread, and
    their memory is not given back: 90 MB more after six sessions of the app (docs/benchmarks.md).
    """
    import ctypes  # start-up: first needed where NumPy, which has it, is too

    try:
        ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, LARGE)
    except (AttributeError, OSError, TypeError):  # not glibc
        return
