"""A line of units in the heat map, drawn once for the same values."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from chatbot.tui.widgets import LOWER, UPPER, palette

LINES = 128
"""Lines that are kept: two screens. With 512 the garbage collector had 30,000 more objects to look
through, and typing waited 45 ms for it instead of 33 (`benchmarks/panel.py`)."""


@lru_cache(maxsize=LINES)
def unit_line(
    values: bytes, marked: int, look: str, cursor: Style, background: Style, margin: int, width: int
) -> Strip:
    """Draw units, given as the bytes of their float32 values.

    `look` is "glyphs" for one sign per unit, or "dark" or "light", for the theme, with two units
    per cell as ▀; "dark row" or "light row" has one per cell. `marked` is the index of the unit at
    the cursor, −1 if it is elsewhere. Lines are cached since a finished word adds one tile to many:
    a frame of 12 words took 30 ms of work without the cache, 17 with it (`benchmarks/panel.py`).
    """
    numbers = array("f", values)
    if look == "glyphs":
        cells = _glyphs(numbers, marked)
    elif look.endswith("row"):
        cells = _whole_cells(numbers, marked, look == "dark row", cursor)
    else:
        cells = _half_cells(numbers, marked, look == "dark", cursor)
    strip = Strip([Segment(" " * margin), *Segment.simplify(cells)]).apply_style(background)
    return strip.adjust_cell_length(width, background)


def _glyphs(values: Sequence[float], marked: int) -> list[Segment]:
    reverse = Style(reverse=True)
    return [
        Segment(palette.glyph(value), reverse if i == marked else None)
        for i, value in enumerate(values)
    ]


def _whole_cells(values: Sequence[float], marked: int, dark: bool, cursor: Style) -> list[Segment]:
    steps = [palette.level(value) for value in values]
    return [
        Segment("▪", cursor) if i == marked else Segment(*palette.pair(step, step, dark))
        for i, step in enumerate(steps)
    ]


def _half_cells(values: Sequence[float], marked: int, dark: bool, cursor: Style) -> list[Segment]:
    steps = [palette.level(value) for value in values]
    steps += [palette.level(0.0)] * (len(steps) % 2)
    cells = []
    for i in range(0, len(steps), 2):
        if marked in (i, i + 1):
            cells.append(Segment(UPPER if marked == i else LOWER, cursor))
        else:
            cells.append(Segment(*palette.pair(steps[i], steps[i + 1], dark)))
    return cells
