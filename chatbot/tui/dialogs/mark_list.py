"""A list whose entries can be marked: [x] is marked and [ ] is not, with colours and without."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip
from textual.widgets import SelectionList

BUTTON = 3
"""Segments that Textual draws before an entry: the same sign in two colours, marked or not."""


class MarkList(SelectionList[str]):
    """Texts of which some can be marked. Textual's own (8.2) cannot page before it has a line."""

    def render_line(self, y: int) -> Strip:
        """Draw the mark as a sign."""
        line = super().render_line(y)
        number = self.scroll_offset.y + y
        if number >= self.option_count:
            return line
        is_marked = self.get_option_at_index(number).value in self.selected
        button, rest = list(line)[:BUTTON], list(line)[BUTTON:]
        signs = ("[", "x" if is_marked else " ", "]")
        style = button[1].style
        return Strip([*(Segment(sign, style) for sign in signs), *rest])

    def action_page_up(self) -> None:
        """Move up by a page."""
        if self.scrollable_content_region:
            super().action_page_up()  # type: ignore[no-untyped-call]

    def action_page_down(self) -> None:
        """Move down by a page."""
        if self.scrollable_content_region:
            super().action_page_down()  # type: ignore[no-untyped-call]
