"""One line of progress on stderr, where that is a terminal; the next one overwrites it."""

from __future__ import annotations

import sys

_CLEAR = "\r\x1b[K"


def show(line: str) -> None:
    """Overwrite the line."""
    if sys.stderr.isatty():
        print(f"{_CLEAR}{line}", end="", file=sys.stderr, flush=True)


def clear() -> None:
    """Remove the line."""
    if sys.stderr.isatty():
        print(_CLEAR, end="", file=sys.stderr)


def fail(message: str) -> None:
    """Remove the line and print an error."""
    clear()
    print(f"Error: {message}", file=sys.stderr)
