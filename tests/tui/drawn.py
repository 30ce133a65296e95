"""What a screen draws, as text that people can read, compare and keep in a file.

Not an SVG: its bytes change with every release of what writes it. A row is its text and, where it
changes, the style: colours and attributes. A blank shows nothing but its background, so it goes on
with the style before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.app import App

ATTRIBUTES = ("bold", "dim", "italic", "underline", "strike", "reverse", "blink")
SEEN_ON_BLANKS = {"underline", "strike", "reverse"}
NEAR = 3
"""Steps of 255 by which a colour may differ: a processor may round what a colour is mixed from."""
SHOWN = 12
"""Rows that differ, in a message."""
_RUN = re.compile(r"(\d+) (\S+) on ([^\s;]+)((?: \w+)*)")


class Ink(NamedTuple):
    """How a character is drawn."""

    colour: str
    """#rrggbb, a terminal's colour by name, or · for a blank"""
    background: str
    attributes: tuple[str, ...] = ()

    def __str__(self) -> str:
        return " ".join((f"{self.colour} on {self.background}", *self.attributes))

    def is_near(self, other: Ink) -> bool:
        """Return whether people could not tell the two apart."""
        return self.attributes == other.attributes and all(
            _are_near(one, another) for one, another in zip(self[:2], other[:2], strict=True)
        )


class Row(NamedTuple):
    """A line of the screen."""

    text: str
    ink: tuple[Ink, ...]
    """of every character"""

    def runs(self) -> Iterator[tuple[int, Ink]]:
        """Yield each ink with the index of the first character that has it."""
        for index, ink in enumerate(self.ink):
            if not index or ink != self.ink[index - 1]:
                yield index, ink


Drawn = tuple[Row, ...]


def drawn(app: App[Any]) -> Drawn:
    """Return what the app's screen draws now."""
    return tuple(_row(strip) for strip in app.screen._compositor.render_strips())


def to_text(rows: Drawn) -> str:
    """Return the rows as a file: all texts, then all styles."""
    width = len(str(len(rows)))
    texts = [f"{number:{width}}│{row.text}│" for number, row in enumerate(rows, 1)]
    styles = [
        f"{number:{width}}: " + "; ".join(f"{index} {ink}" for index, ink in row.runs())
        for number, row in enumerate(rows, 1)
    ]
    return "\n".join((*texts, "", *styles, ""))


def from_text(text: str) -> Drawn:
    """Return the rows of a file."""
    texts, styles = (part.splitlines() for part in text.split("\n\n"))
    rows = []
    for numbered, styled in zip(texts, styles, strict=True):
        row = numbered[numbered.index("│") + 1 : -1]
        runs = [
            (int(index), Ink(colour, background, tuple(attributes.split())))
            for index, colour, background, attributes in _RUN.findall(styled)
        ]
        ends = [*(index for index, _ in runs[1:]), len(row)]
        ink = [ink for (start, ink), end in zip(runs, ends, strict=True) for _ in range(start, end)]
        rows.append(Row(row, tuple(ink)))
    return tuple(rows)


def difference(was: Drawn, now: Drawn) -> str:
    """Return what differs, for people; nothing where the two look the same."""
    if len(was) != len(now):
        return f"{len(was)} rows were kept, {len(now)} are drawn"
    found = [
        "\n".join(lines)
        for number, (old, new) in enumerate(zip(was, now, strict=True), 1)
        if (lines := _row_difference(number, old, new))
    ]
    if len(found) > SHOWN:
        found[SHOWN:] = [f"and {len(found) - SHOWN} more rows"]
    return "\n".join(found)


def _row_difference(number: int, was: Row, now: Row) -> list[str]:
    if was.text != now.text:
        return [f"row {number} was │{was.text}│", f"row {number} is  │{now.text}│"]
    lines: list[str] = []
    start = 0
    while start < len(now.text):
        old, new = was.ink[start], now.ink[start]
        end = start + 1
        while end < len(now.text) and (was.ink[end], now.ink[end]) == (old, new):
            end += 1
        if not old.is_near(new):
            lines.append(f"row {number}, “{now.text[start:end]}” at {start}: was {old}, is {new}")
        start = end
    return lines


def _row(segments: Iterable[Segment]) -> Row:
    text, inks = "", [Ink("·", "default")]
    for segment in segments:
        for character in segment.text.replace("\u00a0", " "):
            text += character
            inks.append(_ink(segment.style or Style.null(), character, inks[-1]))
    return Row(text, tuple(inks[1:]))


def _ink(style: Style, character: str, before: Ink) -> Ink:
    attributes = tuple(name for name in ATTRIBUTES if getattr(style, name))
    background = _name(style.bgcolor)
    if character == " " and not SEEN_ON_BLANKS.intersection(attributes):
        goes_on = background == before.background and not SEEN_ON_BLANKS & {*before.attributes}
        return before if goes_on else Ink("·", background)
    return Ink(_name(style.color), background, attributes)


def _name(colour: Color | None) -> str:
    if colour is None or colour.is_default:
        return "default"
    return colour.name if colour.triplet is None else colour.triplet.hex


def _are_near(one: str, other: str) -> bool:
    if one == other:
        return True
    if not (one.startswith("#") and other.startswith("#")):
        return False
    pairs = zip(bytes.fromhex(one[1:]), bytes.fromhex(other[1:]), strict=True)
    return all(abs(a - b) <= NEAR for a, b in pairs)
