"""The memory circle: a ring of half blocks, a slice for each word's share; and a one-line form."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate

from rich.color import Color
from rich.style import Style
from rich.text import Text

from chatbot.tui.widgets.half_blocks import half_block

RING_WIDTH = 20
RING_HEIGHT = 10
"""Cells; a cell is two pixels high, so the ring is round."""

_INNER = 0.5
"""Radius of the hole, in radii of the ring."""

_COLOURS = (
    "#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7", "#999999",
)  # fmt: skip
"""Okabe and Ito's colours, safe for colour-blind people, and grey. The number is the key."""

_DARK = {"#0072b2"}
"""On which white is read better than black."""


def word_colour(word: int) -> str:
    """Return the colour of a word by its index, as #rrggbb; after eight they repeat."""
    return _COLOURS[word % len(_COLOURS)]


def slice_at(shares: Sequence[float], turn: float) -> int:
    """Return the word whose slice is at a turn, 0 … 1 clockwise from twelve o'clock."""
    for word, end in enumerate(accumulate(shares)):
        if turn < end:
            return word
    return len(shares) - 1


def pixels(shares: Sequence[float]) -> list[list[int | None]]:
    """Return the ring as pixels [2 · RING_HEIGHT][RING_WIDTH]: the word there, None outside."""
    radius = RING_WIDTH / 2
    rows: list[list[int | None]] = []
    for y in range(2 * RING_HEIGHT):
        row: list[int | None] = []
        for x in range(RING_WIDTH):
            right, up = (x + 0.5 - radius) / radius, (radius - y - 0.5) / radius
            inside = _INNER <= math.hypot(right, up) <= 1
            turn = math.atan2(right, up) / math.tau % 1
            row.append(slice_at(shares, turn) if inside else None)
        rows.append(row)
    return rows


def draw_ring(shares: Sequence[float], *, glyphs: bool) -> list[Text]:
    """Draw the ring, RING_HEIGHT lines; with `glyphs` in digits instead of colours."""
    grid = pixels(shares)
    labels = _labels(shares)
    lines = []
    for y in range(RING_HEIGHT):
        line = Text()
        for x in range(RING_WIDTH):
            upper, lower = grid[2 * y][x], grid[2 * y + 1][x]
            word = upper if upper is not None else lower
            if word is None:
                line.append(" ")
            elif glyphs:
                line.append(_digit(word))
            elif labels.get((x, y)) == word:
                line.append(_digit(word), _on(word))
            else:
                line.append(*half_block(*map(_pixel, (upper, lower))))
        lines.append(line)
    return lines


def stacked_bar(shares: Sequence[float], width: int, *, glyphs: bool) -> Text:
    """Draw the shares as one line of digits: 1122222334, coloured where there are colours."""
    line = Text()
    for x in range(max(width, 0)):
        word = slice_at(shares, (x + 0.5) / width)
        line.append(_digit(word), Style() if glyphs else _on(word))
    return line


def _labels(shares: Sequence[float]) -> dict[tuple[int, int], int]:
    """Return the cells (x, y) in the middle of each slice, where its number is drawn."""
    labels: dict[tuple[int, int], int] = {}
    begin = 0.0
    for word, share in enumerate(shares):
        angle = (begin + share / 2) * math.tau
        begin += share
        distance = (1 + _INNER) / 2 * RING_WIDTH / 2
        x = RING_WIDTH / 2 + distance * math.sin(angle)
        y = (RING_WIDTH / 2 - distance * math.cos(angle)) / 2
        labels[(min(int(x), RING_WIDTH - 1), min(int(y), RING_HEIGHT - 1))] = word
    return labels


def _pixel(word: int | None) -> str | None:
    return None if word is None else word_colour(word)


def _on(word: int) -> Style:
    """Return the style of a number on its word's colour: black or white, whichever is legible."""
    colour = word_colour(word)
    text = "#ffffff" if colour in _DARK else "#000000"
    return Style(color=Color.parse(text), bgcolor=Color.parse(colour))


def _digit(word: int) -> str:
    """Return the last digit of a word's number: the tenth is 0."""
    return str((word + 1) % 10)
