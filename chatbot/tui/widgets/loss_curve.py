"""Live curves of a training: the loss and the held-out accuracy, epoch by epoch."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from chatbot.common import _, ngettext, percent
from chatbot.tui.session import Point

LABEL_WIDTH = 7
"""Cells for the numbers at the axis: `100 % ` and `12.345 `."""
MARK = "│"
"""Between the two phases."""

# The dots of a braille cell by column and row, added to U+2800 (Unicode block "Braille Patterns").
_BRAILLE = 0x2800
_DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))

Series = list[tuple[float, float]]
"""Points of a curve: x from 0 to 1 in their phase, and the value."""


class LossCurve(Widget):
    """Two plots, one above the other, over the same epochs.

    Every axis has its numbers, and each title the current value: nothing is told by colour or
    shape alone. A bar divides the phases; the second has no held-out accuracy.
    """

    DEFAULT_CSS = """
    LossCurve { height: 1fr; min-height: 7; }
    """

    points: reactive[tuple[Point, ...]] = reactive(())
    """One per epoch, oldest first. Assign a new tuple to redraw."""
    held_out: reactive[float | None] = reactive(None)
    """The accuracy of the model that was kept, once it is known: that of its best epoch."""

    def render(self) -> Content:
        """Draw for the present size."""
        width, height = self.size
        return draw(self.points, width, height, self.held_out)


def draw(
    points: Sequence[Point], width: int, height: int, held_out: float | None = None
) -> Content:
    """Return both plots in `width` × `height` cells; `held_out` is that of the model kept."""
    axis = 1 if height >= 7 else 0
    rows = max(height - axis, 2)
    upper = (rows + 1) // 2
    first, second = _phases(points)
    plot_width = max(width - LABEL_WIDTH, 2)
    split = _split(len(first), len(second), plot_width)
    losses = [_series(part, lambda point: point.loss) for part in (first, second)]
    accuracies = [_series(part, lambda point: point.held_out_accuracy) for part in (first, second)]
    place = (plot_width, split)
    later = _("not known yet")
    never = later if not points or points[0].phase == "held-out" else _("not measured")
    lines = [
        *_plot(_("loss"), "$text-primary", losses, "{:.3f}".format, later, upper, *place),
        *_plot(
            _("held-out accuracy"),
            "$text-accent",
            accuracies,
            percent,
            never,
            rows - upper,
            *place,
            now=held_out,
        ),
    ]
    if axis:
        lines.append(_epochs(first, second, plot_width, split))
    return Content("\n").join(line.truncate(width) for line in lines[:height])


def _phases(points: Sequence[Point]) -> tuple[list[Point], list[Point]]:
    """Divide the points; a training whose only phase learns all patterns fills the whole width."""
    first = [point for point in points if point.phase == "held-out"]
    second = [point for point in points if point.phase != "held-out"]
    return (first, second) if first else (second, [])


def _split(first: int, second: int, width: int) -> int:
    """Return the cells of the first phase; the bar takes the next one, if there is a second."""
    if not second:
        return width
    return min(max(round((width - 1) * first / (first + second)), 1), max(width - 2, 1))


def _series(points: Sequence[Point], value: Callable[[Point], float | None]) -> Series:
    """Return the finite values, each at its place among the epochs."""
    last = max(len(points) - 1, 1)
    found = ((i / last, value(point)) for i, point in enumerate(points))
    return [(x, y) for x, y in found if y is not None and math.isfinite(y)]


def _plot(
    title: str,
    colour: str,
    series: Sequence[Series],
    number: Callable[[float], str],
    unknown: str,
    height: int,
    width: int,
    split: int,
    now: float | None = None,
) -> list[Content]:
    """Return a plot: the title with the current value, and the curve beside its axis."""
    values = [y for part in series for _, y in part]
    heading: list[str | tuple[str, str]] = [(title, "bold")]
    if not values:
        heading.append((f"  {unknown}", "$foreground-muted"))
    else:
        heading.append(f"  {number(values[-1] if now is None else now)}")
        if not series[-1] and split < width:
            heading.append(("  " + _("(phase 1)"), "$foreground-muted"))
    rows = height - 1
    low, high = (min(values), max(values)) if values else (0.0, 0.0)
    if values and rows < 2:  # no room for two numbers at the axis
        span = _("{low} to {high}").format(low=number(low), high=number(high))
        heading.append((f"  {span}", "$foreground-muted"))
    parts = [curve(series[0], low, high, split, rows)]
    if split < width:
        parts.append([MARK] * rows)
        parts.append(curve(series[1], low, high, width - split - 1, rows))
    lines = [Content.assemble(*heading)]
    for row in range(rows):
        label = ""
        if values and rows >= 2:
            # A curve that is flat has one number, beside it.
            if low == high:
                label = number(high) if row == rows // 2 else ""
            else:
                label = number(high) if row == 0 else number(low) if row == rows - 1 else ""
        pieces: list[tuple[str, str]] = [(f"{label:>{LABEL_WIDTH - 1}} ", "$foreground-muted")]
        for index, part in enumerate(parts):
            pieces.append((part[row], "$foreground-muted" if index == 1 else colour))
        lines.append(Content.assemble(*pieces))
    return lines


def curve(series: Series, low: float, high: float, width: int, rows: int) -> list[str]:
    """Return a curve in braille dots, two across and four down per cell, as `rows` strings."""
    if width < 1 or rows < 1:
        return [""] * rows
    cells = [[0] * width for _ in range(rows)]
    right, bottom = 2 * width - 1, 4 * rows - 1

    def place(x: float, y: float) -> tuple[int, int]:
        share = (y - low) / (high - low) if high > low else 0.5
        return round(x * right), round((1 - share) * bottom)

    spots = [place(x, y) for x, y in series]
    for spot, following in zip(spots, [*spots[1:], spots[-1]] if spots else [], strict=True):
        for column, row in _line(spot, following):
            cells[row // 4][column // 2] |= _DOTS[column % 2][row % 4]
    # A plain space where nothing is: some fonts draw the empty braille cell as eight rings.
    return ["".join(chr(_BRAILLE + dots) if dots else " " for dots in row) for row in cells]


def _line(start: tuple[int, int], end: tuple[int, int]) -> Iterable[tuple[int, int]]:
    """Yield the dots from one place to another."""
    across, down = end[0] - start[0], end[1] - start[1]
    steps = max(abs(across), abs(down), 1)
    for i in range(steps + 1):
        yield start[0] + round(across * i / steps), start[1] + round(down * i / steps)


def _epochs(first: Sequence[Point], second: Sequence[Point], width: int, split: int) -> Content:
    """Return the axis below both plots: the number of epochs of each phase so far."""
    pieces: list[tuple[str, str]] = [(" " * LABEL_WIDTH, "")]
    parts = [(first, split)] + ([(second, width - split - 1)] if split < width else [])
    for number, (points, cells) in enumerate(parts, start=1):
        last = points[-1].epoch if points else 0
        choices = [ngettext("{count} epoch", "{count} epochs", last), "{count}", ""]
        if split < width:
            with_epochs = ngettext(
                "phase {number}: {count} epoch", "phase {number}: {count} epochs", last
            )
            choices = [with_epochs, _("phase {number}"), *choices]
        choices = [choice.format(number=number, count=last) for choice in choices]
        if not points:
            choices = [""]
        text = next((choice for choice in choices if len(choice) <= cells), "")
        pieces += [(MARK, "$foreground-muted")] if number == 2 else []
        pieces.append((text.center(cells), "$foreground-muted"))
    return Content.assemble(*pieces)
