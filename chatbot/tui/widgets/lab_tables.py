"""The lab's tables and curves as lines: numbers with bars, side by side where there is room."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.style import Style
from rich.text import Text

from chatbot.common import N_, _
from chatbot.lab import STAGES, Figure, Lab, Sentence, Table, shown_titles, tables
from chatbot.tui.text import shorten, shown
from chatbot.tui.widgets.bars import bar
from chatbot.tui.widgets.loss_curve import curve
from chatbot.tui.widgets.ring import RING_HEIGHT, RING_WIDTH, draw_ring, stacked_bar

SHORT_COLUMNS = {
    "untrained": N_("before"),
    "trained": N_("after"),
    "first steps": N_("first"),
    "last steps": N_("last"),
}
"""Names for columns that are too narrow for the full ones."""

LABEL = 12
"""Most cells of a row's name."""

LEAST_BAR = 3
"""Cells below which a bar says nothing."""

CURVE_WIDTH = 30
"""Least width, in character cells, of one network's curves beside another's."""


class Styles(NamedTuple):
    """How the parts of a table look."""

    heading: Style
    muted: Style
    untrained: Style
    trained: Style


def draw_table(table: Table, width: int, styles: Styles) -> list[Text]:
    """Draw a table in `width` cells: a number and a bar for every figure."""
    names = max(cell_len(text) for text in (*table.rows, table.row_name))
    label = min(names, LABEL) + 1
    groups = len(table.groups)
    column = max((width - label) // (2 * groups), 6)
    lines = [Text(line, styles.heading) for line in _wrapped(table.title, width)]
    heading = Text(" " * label)
    for name in map(_, table.groups):
        heading.append(set_cell_size(shorten(name, 2 * column), 2 * column), styles.heading)
    under = Text(set_cell_size(shorten(table.row_name, label - 1), label), styles.muted)
    for name in table.columns * groups:
        short = _(name)
        if cell_len(short) >= column and name in SHORT_COLUMNS:
            short = _(SHORT_COLUMNS[name])
        under.append(set_cell_size(shorten(short, column - 1), column), styles.muted)
    lines += [heading, under]
    numbers = max(
        cell_len(figure.text) for group in table.figures for part in group for figure in part
    )
    for row, name in enumerate(table.rows):
        line = Text(set_cell_size(shorten(name, label - 1), label))
        for group in table.figures:
            for figures, style in zip(group, (styles.untrained, styles.trained), strict=True):
                line.append_text(_figure(figures[row], table.full, numbers, column, style))
        lines.append(line)
    return lines


def _figure(figure: Figure, full: float, numbers: int, width: int, style: Style) -> Text:
    text = Text(f"{figure.text:>{numbers}} ")
    room = width - numbers - 2
    if figure.share is not None and room >= LEAST_BAR:
        share = figure.share / full
        # A share above the full length has a bar that ends in an arrow; the number says how much.
        text.append("█" * (room - 1) + "▸" if share > 1.005 else bar(share, room), style)
    text.append(" " * (width - text.cell_len))
    return text


def draw_circles(
    sentence: Sentence, width: int, height: int, styles: Styles, *, glyphs: bool
) -> list[Text]:
    """Draw a circle for every network, in one row or in two, or bars where there is no room."""
    pictures = [
        (_("{cell}, {stage}").format(cell=title, stage=_(stage)), network.shares)
        for stage, networks in zip(STAGES, (sentence.untrained, sentence.trained), strict=True)
        for title, network in zip(shown_titles(), networks, strict=True)
    ]
    cells = len(shown_titles())
    block = RING_HEIGHT + 1
    if width >= 2 * cells * (RING_WIDTH + 2) and height >= block:
        # The two of a cell beside each other, as in the tables.
        order = [i + stage * cells for i in range(cells) for stage in (0, 1)]
        return _rings([pictures[i] for i in order], width // (2 * cells), styles, glyphs=glyphs)
    if width >= cells * (RING_WIDTH + 2) and height >= 2 * block:
        first = _rings(pictures[:cells], width // cells, styles, glyphs=glyphs)
        return first + _rings(pictures[cells:], width // cells, styles, glyphs=glyphs)
    longest = max(cell_len(title) for title, _ in pictures)
    lines = []
    for title, shares in pictures:
        line = Text(set_cell_size(title, longest + 1), styles.muted)
        lines.append(line + stacked_bar(shares, width - longest - 1, glyphs=glyphs))
    return lines


def _rings(
    pictures: Sequence[tuple[str, tuple[float, ...]]], width: int, styles: Styles, *, glyphs: bool
) -> list[Text]:
    lines = [Text() for _ in range(RING_HEIGHT + 1)]
    for title, shares in pictures:
        lines[0].append(set_cell_size(f" {title}"[: width - 1], width), styles.heading)
        for line, part in zip(lines[1:], draw_ring(shares, glyphs=glyphs), strict=True):
            line.append_text(part)
            line.append(" " * (width - RING_WIDTH))
    return lines


def draw_curves(lab: Lab, width: int, height: int, styles: Styles) -> list[Text]:
    """Draw, for every cell, loss, gradient norm and reach over the steps of its training."""
    cells = len(lab.cells)
    beside = width >= cells * CURVE_WIDTH
    each = width // cells if beside else width
    rows = min(max((height - 4) // 3 - 1, 2), 7) if beside else 3
    blocks = _curves(lab, each - 2, rows, styles)
    if not beside:
        return [line for block in blocks for line in (*block, Text())][:-1]
    lines = []
    for parts in zip(*blocks, strict=True):
        line = Text()
        for part in parts:
            line.append_text(part)
            line.append(" " * (each - part.cell_len))
        lines.append(line)
    return lines


def _curves(lab: Lab, width: int, rows: int, styles: Styles) -> list[list[Text]]:
    """Draw the three curves of every cell; those of one kind share a scale."""
    table = tables.training(lab)
    courses = [
        (r.course.losses, r.course.gradient_norms, tuple(share for _, share in r.reach))
        for r in lab.cells
    ]
    blocks = [[Text(set_cell_size(_(name), width), styles.heading)] for name in table.groups]
    for kind, name in enumerate(table.rows):
        drawn = [_means(course[kind], 2 * width) for course in courses]
        high = max(max(values) for values in drawn)
        for block, values, (first, last) in zip(blocks, drawn, table.figures, strict=True):
            numbers = f"{first[kind].text} → {last[kind].text}"
            block.append(Text(set_cell_size(f"{name}  {numbers}", width)))
            end = max(len(values) - 1, 1)
            points = [(i / end, value) for i, value in enumerate(values)]
            lines = curve(points, 0.0, high, width, rows)
            block += [Text(line, styles.trained) for line in lines]
    return blocks


def _means(values: Sequence[float], most: int) -> list[float]:
    """Return at most `most` means of neighbouring values, one per dot."""
    size = -(-len(values) // max(most, 1))
    parts = [values[i : i + size] for i in range(0, len(values), size)]
    return [sum(part) / len(part) for part in parts]


def _wrapped(text: str, width: int) -> list[str]:
    return wrap(shown(text), max(width, 20))
