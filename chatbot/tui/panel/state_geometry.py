"""Where the heat map draws words and units at a width: lines, columns, and places of units."""

from __future__ import annotations

from typing import NamedTuple

MAX_TILE = 64
"""Widest tile in cells: 128 units are one row of half blocks, two units per cell."""

MARGIN = 2
"""Cells before a word, for the mark of the cursor."""

CHANGE = 9
"""Cells of the change: a bar of four, a blank and 0.00."""


class Columns(NamedTuple):
    """Widths of a title line's columns, in cells."""

    word: int
    answer: int


class Geometry(NamedTuple):
    """The layout of the heat map: each word has a title line, and below it its units.

    The units are a tile of all, or, as a row, as many of them as fit.
    """

    width: int
    """Cells."""
    units: int
    """Units of the hidden state."""
    in_row: bool
    """Whether a word has one row of units instead of a tile."""
    glyphs: bool
    """Whether a unit is a sign, one per cell, instead of half a block."""

    @property
    def units_per_cell(self) -> int:
        """Two in a tile of half blocks, one above the other."""
        return 1 if self.glyphs or self.in_row else 2

    @property
    def units_per_line(self) -> int:
        """Units in a line of the drawing; in a tile they stay in line at any width."""
        if self.in_row:
            return max(min(self.width - MARGIN - 1, self.units), 1)
        available = max(self.width - MARGIN - 1, 8)  # a cell for the scrollbar
        tile = next(cells for cells in (MAX_TILE, 32, 16, 8) if cells <= available)
        return tile * self.units_per_cell

    @property
    def lines_per_word(self) -> int:
        """Lines of a word: its title and its units."""
        if self.units == 0 or self.in_row:
            return 2
        return 1 + -(-self.units // self.units_per_line)

    @property
    def columns(self) -> Columns:
        """Widths of a title line's columns."""
        room = max(self.width - MARGIN - 1, 1)
        word = min(max(room // 3, 6), 16)
        return Columns(word, max(room - word - CHANGE - 2, 0))

    def first_place(self, cursor: int) -> int:
        """Return the place of the first unit drawn, with the cursor on a place: it is in sight."""
        return cursor // self.units_per_line * self.units_per_line if self.in_row else 0

    def place_at(self, x: int, line: int, first: int) -> int | None:
        """Return the place of the unit at a cell of a word's lines; None where there is none.

        Line 0 is the title. `first` is the place of the first unit drawn.
        """
        across = (x - MARGIN) * self.units_per_cell
        if line == 0 or not 0 <= across < self.units_per_line:
            return None
        return min(first + (line - 1) * self.units_per_line + across, self.units - 1)
