"""Scrolling through the turns of a conversation: only near what is in sight heights are exact."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from textual.geometry import Region, Size

from chatbot.tui.widgets.selecting import SelectingView
from chatbot.tui.widgets.turn_heights import Heights
from chatbot.tui.widgets.turn_strips import MARGIN
from chatbot.tui.widgets.turn_view import TurnView

NEAR, FAR = 2, 8
"""Screens around what is in sight within which heights are exact: if they are not within the first,
they are worked out within the second."""


class ScrolledTurns(SelectingView, can_focus=False):
    """Knows which line of which turn is where. What is in sight never moves by itself."""

    def __init__(self) -> None:
        super().__init__()
        self._views: list[TurnView] = []
        self._heights = Heights(self._views)
        self._width = 0
        """For which the heights are."""
        self._follows_end = True
        """Whether the newest turn stays in sight: until somebody scrolls up."""

    @property
    def views(self) -> Sequence[TurnView]:
        """The turns, oldest first."""
        return self._views

    def index_of(self, view: TurnView) -> int | None:
        """Return the place of a turn, from the end, where the one asked for nearly always is."""
        for index in range(len(self._views) - 1, -1, -1):
            if self._views[index] is view:
                return index
        return None

    # ---- heights

    @property
    def _text_width(self) -> int:
        return max(self._width - MARGIN, 1)

    def _lay_out(self) -> None:
        """Begin anew with all heights; before the list itself is laid out a turn is one line."""
        self._heights.lay_out(self._views, self._text_width if self._width else 0)
        self._resize_virtually()
        self.refresh()

    def _lay_out_again(self) -> None:
        """Break all lines elsewhere: the end stays in sight, else what is at the top."""
        follows, line = self._follows_end, round(self.scroll_y)
        top = self._heights.at(line)
        into = 0.0 if top is None else (line - self._heights.top(top)) / self._heights.of(top)
        self._lay_out()
        if top is not None and not follows:
            self._work_out_near(top)
            self._go_to_line(self._heights.top(top) + int(into * self._heights.of(top)))
        self._follows_end = follows
        self._stay_at_end()

    def _work_out_again(self, index: int) -> None:
        """Work out the height of a turn that says something else now."""
        self._in_place(partial(self._heights.work_out_again, index))
        self._stay_at_end()

    def _resize_virtually(self) -> None:
        self.virtual_size = Size(self._width, self._heights.total)

    def _work_out_near(self, index: int | None) -> None:
        """Work out the heights around a turn that is in sight, or will be."""
        if index is not None:
            height = max(self.size.height, 1)
            near, far = NEAR * height, FAR * height
            self._in_place(partial(self._heights.work_out_near, index, near, far))

    def _in_place(self, change: Callable[[], bool]) -> None:
        """Let heights change. What is at the top of the screen stays there."""
        follows, line = self._follows_end, round(self.scroll_y)
        top = self._heights.at(line)
        into = 0 if top is None else line - self._heights.top(top)
        if not change():
            return
        self._resize_virtually()
        if top is not None:
            self._go_to_line(self._heights.top(top) + min(into, self._heights.of(top) - 1))
        self._follows_end = follows

    def _go_to_line(self, line: int) -> None:
        self.scroll_to(y=line, force=True, immediate=True)

    # ---- scrolling

    def follow_end(self) -> None:
        """Go to the newest turn, and stay there while turns come."""
        self._follows_end = True
        self._stay_at_end()

    def _stay_at_end(self) -> None:
        if self._follows_end:
            if self._views:
                self._work_out_near(len(self._views) - 1)
            self._go_to_line(self.max_scroll_y)

    def scroll_to(self, *where: Any, **how: Any) -> None:
        """Scroll at once: an animation would not know that heights change meanwhile."""
        super().scroll_to(*where, **{**how, "animate": False})

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Notice that somebody scrolls up, or back to the end; what is near then is worked out."""
        super().watch_scroll_y(old_value, new_value)
        if new_value != old_value:
            self._follows_end = new_value >= self.max_scroll_y
            self._work_out_near(self._heights.at(round(new_value)))

    def on_resize(self) -> None:
        """Keep in sight what was: the end, or the turn at the top."""
        width = self.scrollable_content_region.width
        if width != self._width:
            self._width = width
            self._lay_out_again()
        else:  # a larger height shows more turns
            self._work_out_near(self._heights.at(round(self.scroll_y)))
            self._stay_at_end()

    def scroll_to_view(self, view: TurnView) -> None:
        """Bring a turn into sight, as little as need be."""
        index = self.index_of(view)
        if index is None:
            return
        self._work_out_near(index)
        self._scroll_to_lines(self._heights.top(index), self._heights.of(index))

    def _scroll_to_lines(self, first: int, count: int) -> None:
        region = Region(0, first, max(self._width, 1), count)
        self.scroll_to_region(region, force=True, immediate=True)

    @property
    def _first_line(self) -> int:
        """The line at the top of the screen; below 0 where few turns stand at its end."""
        return self.scroll_offset.y - max(self.size.height - self._heights.total, 0)
