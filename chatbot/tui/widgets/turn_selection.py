"""What the mouse selects in the conversation: parts of what was said, whatever the width.

Textual's selections go from column and line to column and line. Here a line is a text, of which
each turn has two, and a column an index into it as it is drawn. So a selection stays where it was
when lines break elsewhere, and when turns come.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from textual.selection import Selection

from chatbot.tui.text import shown
from chatbot.tui.widgets.turn_view import SHOWN_CHARACTERS, SPEAKERS, Speaker, TurnView

END = 1_000_000_000
"""Behind every text."""


class Part(NamedTuple):
    """A part of a text, as it is drawn."""

    start: int
    end: int


def number_of(index: int, speaker: Speaker) -> int:
    """Return the number of a text: of the turn at a place, what one of the two said."""
    return len(SPEAKERS) * index + SPEAKERS.index(speaker)


def parts_of(selection: Selection | None, index: int) -> tuple[Part | None, ...]:
    """Return what is selected of a turn, for each speaker."""
    return tuple(_part(selection, number_of(index, speaker)) for speaker in SPEAKERS)


def _part(selection: Selection | None, number: int) -> Part | None:
    if selection is None:
        return None
    start, end = selection
    if (start is not None and number < start.y) or (end is not None and number > end.y):
        return None
    first = start.x if start is not None and start.y == number else 0
    last = end.x if end is not None and end.y == number else END
    return Part(first, last) if first < last else None


def selected_text(views: Sequence[TurnView], selection: Selection) -> str:
    """Return what is selected, as it was said: a line per text, and a blank one between turns."""
    start, end = selection
    first = max(start.y, 0) // len(SPEAKERS) if start is not None else 0
    last = end.y // len(SPEAKERS) if end is not None else len(views) - 1
    turns = (
        "\n".join(_said(view, parts_of(selection, index)))
        for index, view in enumerate(views[first : last + 1], start=first)
    )
    return "\n\n".join(filter(None, turns))


def _said(view: TurnView, parts: Sequence[Part | None]) -> Iterator[str]:
    for speaker, part in zip(SPEAKERS, parts, strict=True):
        if part is not None and (text := _as_said(view, speaker, part)):
            yield text


def _as_said(view: TurnView, speaker: Speaker, part: Part) -> str:
    """Return a part of what was said in its own characters, which are not always those drawn."""
    said, drawn = view.original(speaker), view.said_by(speaker)
    start, end = part.start, min(part.end, len(drawn))
    goes_on = end >= min(len(drawn), SHOWN_CHARACTERS)
    if not said.startswith(drawn[:SHOWN_CHARACTERS]):
        start, end = (_place(said, place) if place else 0 for place in (start, end))
    return said[start:] if goes_on else said[start:end]  # what is not drawn is meant too


def _place(said: str, length: int) -> int:
    """Return how much of a text has been drawn with so many characters.

    An accent apart from its letter is drawn with it, and an escape not at all.
    """

    def drawn(count: int) -> int:
        return len(shown(f"{said[:count]}x")) - 1  # without a last letter the last break is lost

    return bisect_right(range(len(said) + 1), length, key=drawn) - 1
