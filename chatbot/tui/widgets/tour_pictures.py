"""The pictures of the tour: one per step, drawn from the figures of a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from rich.color import Color
from rich.style import Style
from rich.text import Text

from chatbot.common import _, percent
from chatbot.tui.text import shorten
from chatbot.tui.widgets import palette
from chatbot.tui.widgets.bars import bar
from chatbot.tui.widgets.ring import RING_WIDTH, draw_ring, stacked_bar, word_colour

if TYPE_CHECKING:
    from chatbot.tour import TourFigures

LABEL = 14
"""Cells of a word."""

RANKED = 5


def picture(
    step: str, figures: TourFigures, width: int, height: int, *, glyphs: bool, dark: bool
) -> list[Text]:
    """Return the lines of a step's picture; `glyphs` is for too few colours to tell words by."""
    if step == "sequence":
        return [Text(f"{n:>3} ").append(word) for n, word in enumerate(figures.words, start=1)]
    if step == "words":
        return _answers(figures, width)
    if step == "state":
        return _states(figures, width, glyphs=glyphs, dark=dark)
    if step == "feed_forward":
        return _ranking(figures, width)
    if step == "circle":
        return _circle(figures, width, height, glyphs=glyphs)
    if step == "forgetting":
        return _forgetting(figures, width, height, glyphs=glyphs)
    if step == "backpropagation":
        return _bars(figures, width)
    return _gates(figures, width)


def _row(number: int, word: str, *, glyphs: bool = True) -> Text:
    colour = Style() if glyphs else Style(color=Color.parse(word_colour(number)))
    row = Text().append(f"{number + 1:>3} ", colour)
    return row.append(set_cell_size(shorten(word, LABEL), LABEL) + " ")


def _answers(figures: TourFigures, width: int) -> list[Text]:
    explained, lines = figures.explanation, []
    for t, answer in enumerate(explained.trace.answers):
        says = f"{answer.intent} {percent(answer.confidence)}"
        row = _row(t, figures.words[t]).append("→ " if answer.in_scope else "→ ? ")
        row.append(shorten(says, max(width - cell_len(row.plain) - 2, 4)))
        lines.append(row.append(" ✓" if t == explained.decided_at else ""))
    return lines


def _states(figures: TourFigures, width: int, *, glyphs: bool, dark: bool) -> list[Text]:
    room = max(width - LABEL - 6, 8)
    lines = []
    for t, word in enumerate(figures.words):
        row = _row(t, word)
        values = figures.explanation.trace.hidden[t].tolist()
        if glyphs:
            row.append("".join(palette.glyph(value) for value in values[:room]))
        else:
            for i in range(0, min(2 * room, len(values) - 1), 2):
                pair = palette.level(values[i]), palette.level(values[i + 1])
                row.append(*palette.pair(*pair, dark))
        lines += [row, Text(" " * 5 + ("↓" if t < len(figures.words) - 1 else ""))]
    return lines


def _ranking(figures: TourFigures, width: int) -> list[Text]:
    explained = figures.explanation
    logits = explained.ranking[:RANKED]
    room = max(width - 32, 4)
    return [
        Text(f"  {set_cell_size(shorten(intent, 20), 20)} {bar(score, room)} {percent(score):>5}")
        for intent, score in logits
    ]


def _circle(figures: TourFigures, width: int, height: int, *, glyphs: bool) -> list[Text]:
    lines = [
        _row(t, word, glyphs=glyphs).append(f"{percent(figures.shares[t]):>5}")
        for t, word in enumerate(figures.words)
    ]
    return [*lines, Text(), *_ring(figures.shares, width, height - len(lines), glyphs=glyphs)]


def _ring(shares: tuple[float, ...], width: int, room: int, *, glyphs: bool) -> list[Text]:
    if room >= 12 and width >= RING_WIDTH + 4:
        return [Text("    ") + line for line in draw_ring(shares, glyphs=glyphs)]
    return [Text("  ") + stacked_bar(shares, width - 4, glyphs=glyphs)]


def _forgetting(figures: TourFigures, width: int, height: int, *, glyphs: bool) -> list[Text]:
    both = figures.untrained_shares, figures.shares
    word, untrained, ours = _("word"), _("untrained RNN"), _("answers you")
    lines = [Text(f"    {word:<{LABEL}} {untrained:<13}   {ours}")]
    for t, word in enumerate(figures.words):
        row = _row(t, word, glyphs=glyphs)
        lines.append(row.append(f"{percent(both[0][t]):>10}{percent(both[1][t]):>15}"))
    lines.append(Text())
    if height - len(lines) >= 11 and width >= 2 * RING_WIDTH + 12:
        left, right = (draw_ring(shares, glyphs=glyphs) for shares in both)
        return lines + [
            Text("  ") + a + Text("      ") + b for a, b in zip(left, right, strict=True)
        ]
    names = _("untrained"), _("trained")
    label = max(map(cell_len, names)) + 1
    bars = [stacked_bar(shares, width - 4 - label, glyphs=glyphs) for shares in both]
    named = zip(names, bars, strict=True)
    return [*lines, *(Text(f"{name:<{label}}") + drawn for name, drawn in named)]


def _bars(figures: TourFigures, width: int) -> list[Text]:
    room = max((width - LABEL - 24) // 2, 3)
    word, untrained, ours = _("word"), _("untrained RNN"), _("answers you")
    head = f"    {word:<{LABEL}} {untrained:<{room + 9}}{ours}"
    lines = [Text(_("gradient that arrives, as a share of the last word's")), Text(head)]
    for t, word in enumerate(figures.words):
        row = _row(t, word)
        for share in (figures.untrained_gradient[t], figures.gradient[t]):
            row.append(f"{bar(share, room)} {share * 100:>5.3g} %  ")
        lines.append(row)
    return lines


def _gates(figures: TourFigures, width: int) -> list[Text]:
    gates = figures.explanation.gates
    if gates is None:
        return []
    room = max((width - LABEL - 22) // 2, 3)
    word, keeps, writes = _("word"), _("keeps"), _("writes")
    lines = [Text(f"    {word:<{LABEL}} {keeps:<{room + 7}}{writes:<{room + 7}}")]
    for t, use in enumerate(gates):
        row = _row(t, figures.words[t])
        for share in (use.keep, use.write):
            row.append(f"{bar(share, room)} {percent(share):>5} ")
        lines.append(row)
    return lines
