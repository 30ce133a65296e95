"""Where each turn of a conversation begins: worked out near what is in sight, elsewhere estimated.

Breaking the lines of 5,000 turns takes a second; nobody waits for those that nobody sees.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from chatbot.tui.widgets.turn_view import (
    Lengths,
    TurnView,
    estimated_heights,
    height_of,
    lengths_of,
)


class Heights:
    """The lines of each turn, with the blank one after it, and the first line of each."""

    def __init__(self, views: Sequence[TurnView]) -> None:
        """Take the list itself, which grows by `append`."""
        self._views: Sequence[TurnView] = ()
        self.lay_out(views, 0)

    def lay_out(self, views: Sequence[TurnView], width: int) -> None:
        """Estimate all turns, at a width; 0 is that of a list that has none yet."""
        if views is not self._views:
            self._lengths: list[Lengths] = list(map(lengths_of, views))
        self._views, self._width = views, width
        self._lines: list[int] = [1] * len(views)
        if width:
            self._lines = [lines + 1 for lines in estimated_heights(self._lengths, width)]
        self._is_exact: list[bool] = [False] * len(views)
        self._tops: list[int] = list(accumulate(self._lines, initial=0))

    def append(self) -> None:
        """Take the turn that has come to the list."""
        self._lengths.append(lengths_of(self._views[-1]))
        self._lines.append(1)
        self._is_exact.append(False)
        self._tops.append(self._tops[-1] + 1)
        self.work_out_again(len(self._lines) - 1)

    @property
    def total(self) -> int:
        """The number of all lines."""
        return self._tops[-1]

    def top(self, index: int) -> int:
        """Return the first line of a turn."""
        return self._tops[index]

    def of(self, index: int) -> int:
        """Return the number of lines of a turn."""
        return self._lines[index]

    def at(self, line: int) -> int | None:
        """Return the place of the turn that has a line."""
        index = bisect_right(self._tops, line) - 1
        return index if 0 <= index < len(self._lines) else None

    def work_out_again(self, index: int) -> bool:
        """Work out a turn that says something else now; return whether it has another height."""
        self._lengths[index] = lengths_of(self._views[index])
        if not self._width:
            return False
        before = self._lines[index]
        self._work_out(index)
        self._sum(index)
        return self._lines[index] != before

    def work_out_near(self, index: int, near: int, far: int) -> bool:
        """Work out the turns around one; return whether there was something to do.

        Where each within `near` lines is exact there is nothing; else each within `far` will be, so
        that there is nothing to do for some pages.
        """
        if not self._width:
            return False
        forwards, back = range(index, len(self._lines)), range(index, -1, -1)
        first = min(
            (self._work_out_along(way, near, far) for way in (forwards, back)),
            default=len(self._lines),
        )
        if first == len(self._lines):
            return False
        self._sum(first)
        return True

    def _work_out_along(self, way: Iterable[int], near: int, far: int) -> int:
        """Work out the turns in one direction, and return the first that was; else their number."""
        first, lines = len(self._lines), 0
        for index in way:
            if lines > (near if first == len(self._lines) else far):
                break
            if not self._is_exact[index]:
                first = min(first, index)
                self._work_out(index)
            lines += self._lines[index]
        return first

    def _work_out(self, index: int) -> None:
        self._lines[index] = height_of(self._views[index], self._width) + 1
        self._is_exact[index] = True

    def _sum(self, first: int) -> None:
        self._tops[first:] = accumulate(self._lines[first:], initial=self._tops[first])
