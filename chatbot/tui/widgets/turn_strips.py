"""A turn as the strips that Textual draws; each cell knows which character it stands for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console
from rich.segment import Segment
from textual.strip import Strip

from chatbot.tui.widgets.turn_selection import number_of
from chatbot.tui.widgets.turn_view import Hit, TurnStyles, TurnView, lines_of

EDGE = "▌"
"""Before the selected turn."""

MARGIN = 3
"""Cells beside the text: the edge, and a blank at each side."""


def strips_of(
    console: Console,
    view: TurnView,
    index: int,
    width: int,
    styles: TurnStyles,
    *,
    edge: Segment,
    hits: Iterable[Hit],
    current: Hit | None,
    selected: Sequence[tuple[int, int] | None],
) -> list[Strip]:
    """Return the lines of the turn at a place, and the blank one behind it."""
    before = (edge, Segment(" ", styles.text))
    at = 0, number_of(index, "bot")
    strips = []
    for line in lines_of(view, max(width - MARGIN, 1), styles, hits, current, selected):
        at = line.start, number_of(index, line.speaker)
        # Each cell before the text stands for its first character.
        cells = (cell for part in line.label.render(console) for cell in _cells(part))
        label = (Strip([cell]).apply_offsets(*at) for cell in (*before, *cells))
        text = Strip(line.text.render(console)).apply_offsets(*at)
        strips.append(Strip.join([*label, text]))
        at = line.start + len(line.text), at[1]
    strips.append(Strip(before).apply_offsets(*at))
    return [strip.adjust_cell_length(width, styles.text) for strip in strips]


def _cells(label: Segment) -> Iterator[Segment]:
    """Yield the letters of a label, none of which is wide."""
    for letter in label.text:
        yield Segment(letter, label.style)
