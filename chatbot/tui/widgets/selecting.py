"""A widget of lines in which the mouse selects, up to the nearest place where it leaves them."""

from __future__ import annotations

from textual import events
from textual.geometry import Offset, Size
from textual.scroll_view import ScrollView
from textual.selection import Selection


class SelectingView(ScrollView, can_focus=False):
    """Textual selects up to an end of a widget where the mouse leaves it: here, to its line."""

    def __init__(self) -> None:
        super().__init__()
        self.is_selecting = False
        """Whether text is being selected, from here on."""
        self._pointer: Offset | None = None
        """The place in the text that was nearest to the mouse."""

    def on_mouse_down(self) -> None:
        """Begin to select; the mouse may leave the widget meanwhile."""
        self.is_selecting, self._pointer = True, None
        self.capture_mouse()

    def on_mouse_up(self) -> None:
        """End it."""
        self.is_selecting = False
        self.release_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Note where the mouse is."""
        if self.is_selecting:
            room = Size(self.scrollable_content_region.width, self.size.height)
            nearest = self.region.offset + room.clamp_offset(event.offset)
            _, self._pointer = self.screen.get_widget_and_offset_at(*nearest)
            self.refresh()

    @property
    def selected_part(self) -> Selection | None:
        """What is selected."""
        found, pointer = self.text_selection, self._pointer
        if found is None or pointer is None or None not in found:
            return found
        start, end = found
        return Selection(pointer if start is None else start, pointer if end is None else end)
