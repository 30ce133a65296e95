"""Cells of a table that hold several texts: `hello|hi|hey`, `['hello', 'hi']`, `Hello / Hi`."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

SPLIT = "cells with several texts were split"

_LONGEST_LIST = 100_000
"""Characters of a cell that is tried as a list of Python or JSON."""

_LISTED = re.compile(r"\s*[\[({].*[\])}]\s*", re.DOTALL)
_QUOTED = re.compile(r"""\s*(["'])(?:(?!\1).)+\1(?:\s*,\s*\1(?:(?!\1).)+\1)+\s*""")
"""`"hello", "hi"`: a list without its brackets."""

_PARTS: dict[str, re.Pattern[str]] = {
    "|": re.compile(r"\s*\|\s*"),
    "\n": re.compile(r"\s*\n\s*"),
    ";": re.compile(r"\s*;\s*"),
    "/": re.compile(r"\s+/\s+"),
    ",": re.compile(r"\s*,\s*"),
}
"""What separates the texts of a cell, the surest first."""

_MOST_WORDS = 6
"""Words that each part may have where only commas separate them: a longer one is a sentence."""

Splitter = Callable[[str], list[str]]


class _Judged(NamedTuple):
    """How a separator divides the cells of a column."""

    several: int
    """Cells with more than one part."""
    longest: int
    """Words of the longest part."""
    fewest: int
    """Parts of the cells with several, at least."""


def listed(cell: str) -> list[str] | None:
    """Return the texts of a cell that is a list in JSON or Python; None for any other."""
    if len(cell) > _LONGEST_LIST:
        return None
    if _QUOTED.fullmatch(cell):
        cell = f"[{cell}]"
    elif not _LISTED.fullmatch(cell):
        return None
    value = None
    for parse in (json.loads, ast.literal_eval):
        try:
            value = parse(cell.strip())
            break
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
    if isinstance(value, list | tuple | set) and all(
        isinstance(v, str | int | float) for v in value
    ):
        return [str(item) for item in value]
    return None


def splitter(cells: Sequence[str], *, one_each: bool) -> Splitter:
    """Return how to split the cells of a column of questions or patterns.

    `one_each` says that every row is an intent of its own: several patterns in a cell are then to
    be expected. Where rows share intents half of the cells must have several. Sentences have commas
    as well: there must be two in each cell, and short texts between.
    """
    filled = [cell for cell in cells if cell.strip() and listed(cell) is None]
    for mark in _PARTS:
        found = _judged(filled, mark)
        most = 2 * found.several >= len(filled) and found.several > 1
        if mark == ",":
            fits = one_each and most and found.fewest > 2 and found.longest <= _MOST_WORDS
        else:
            fits = found.several > 0 and (most or one_each)
        if fits:
            return lambda cell, mark=mark: _split(cell, mark)  # type: ignore[misc]
    return _whole


def reply_splitter(cells: Sequence[str], patterns: Splitter) -> Splitter:
    """Return how to split a column of replies: at `|`, or as the patterns are, without blanks.

    "Open at nine; closed on Sundays." is one reply, "Hi!;Hello!" is two.
    """
    filled = [cell for cell in cells if cell.strip()]
    if any("|" in cell for cell in filled):
        return lambda cell: _split(cell, "|")
    if patterns("a;b") == ["a", "b"] and not any("; " in cell for cell in filled):
        return lambda cell: _split(cell, ";")
    if patterns("a / b") == ["a", "b"]:
        return lambda cell: _split(cell, "/")
    return _whole


def _judged(cells: Sequence[str], mark: str) -> _Judged:
    parts = [found for cell in cells if len(found := _parts(cell, mark)) > 1]
    longest = max((len(part.split()) for found in parts for part in found), default=0)
    return _Judged(len(parts), longest, min(map(len, parts), default=0))


def _parts(cell: str, mark: str) -> list[str]:
    return [part for part in _PARTS[mark].split(cell.strip()) if part.strip()]


def _split(cell: str, mark: str) -> list[str]:
    return found if (found := listed(cell)) is not None else _parts(cell, mark) or [cell]


def _whole(cell: str) -> list[str]:
    return found if (found := listed(cell)) is not None else [cell]
