"""The turns of a conversation as lines of one widget: 5,000 cost what 5 do.

A widget per turn would be laid out with every key that changes the prompt's height. Here a turn is
drawn when one of its lines is on the screen, and its height is worked out when it comes near.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.cache import LRUCache
from textual.message import Message
from textual.reactive import var
from textual.selection import Selection
from textual.strip import Strip

from chatbot.tui.widgets.turn_scrolling import ScrolledTurns
from chatbot.tui.widgets.turn_selection import parts_of, selected_text
from chatbot.tui.widgets.turn_strips import EDGE, strips_of
from chatbot.tui.widgets.turn_view import Hit, TurnStyles, TurnView, choice_at, line_of

DRAWN = 128
"""Turns whose lines are kept as they were drawn: more than a screen shows."""

RIGHT_BUTTON = 3

HitsOf = Callable[[TurnView], Sequence[Hit]]
"""Says what of a turn was found."""


def no_hits(_view: TurnView) -> Sequence[Hit]:
    """Nothing is sought."""
    return ()


class TurnList(ScrolledTurns, can_focus=False):
    """All turns. Not focusable: a click must not take the keys away from the prompt."""

    COMPONENT_CLASSES = {
        "turn--you",
        "turn--bot",
        "turn--chip",
        "turn--out-of-scope",
        "turn--edge",
        "turn--under-mouse",
        "turn--hit",
        "turn--current-hit",
        "turn--offer",
    }
    DEFAULT_CSS = """
    TurnList {
        scrollbar-size-vertical: 1;
        overflow-x: hidden;
        .turn--you { color: $text-secondary; text-style: bold; }
        .turn--bot { color: $text-primary; text-style: bold; }
        .turn--chip { color: $text-success; background: $success-muted; }
        .turn--out-of-scope { color: $text-warning; background: $warning-muted; }
        .turn--edge { color: $primary; }
        .turn--under-mouse { background: $boost; }
        .turn--hit { text-style: underline; }
        .turn--current-hit { text-style: reverse; }
        .turn--offer { color: $text-accent; }
    }
    """

    selected: var[TurnView | None] = var(None)
    under_mouse: var[TurnView | None] = var(None)

    @dataclass
    class Clicked(Message):
        """A turn was clicked."""

        view: TurnView
        asks: bool
        """Whether with the right button or twice: what can be done with it?"""
        choice: int | None = None
        """What was clicked below its reply: see `choice_at`."""

    def __init__(self) -> None:
        super().__init__()
        self._hits_of: HitsOf = no_hits
        self._current_hit: Hit | None = None
        self._drawn: LRUCache[tuple[object, ...], list[Strip]] = LRUCache(DRAWN)

    # ---- what changes the list

    def say_again(self) -> None:
        """Say everything anew, in another language: labels have other lengths."""
        self._drawn.clear()
        self._lay_out_again()

    def show(self, views: Iterable[TurnView]) -> None:
        """Show these turns instead, the newest in sight."""
        self.selected = self.under_mouse = None
        if self.text_selection is not None:
            self.screen.clear_selection()
        self._hits_of, self._current_hit = no_hits, None
        self._drawn.clear()
        self._views = list(views)
        self._lay_out()
        self.follow_end()

    def append(self, view: TurnView) -> None:
        """Add a turn and bring it into sight."""
        self._views.append(view)
        self._heights.append()
        self._resize_virtually()
        self.follow_end()

    def changed(self, view: TurnView) -> None:
        """Draw a turn again that says something else now."""
        index = self.index_of(view)
        if index is None:
            return
        self._drawn.clear()
        self._work_out_again(index)
        self.refresh()

    def mark(self, hits_of: HitsOf, current: Hit | None) -> None:
        """Draw what was found, where it is in sight, and bring the current hit there."""
        self._hits_of, self._current_hit = hits_of, current
        self._drawn.clear()
        self.refresh()
        index = None if current is None else self.index_of(current.view)
        if current is not None and index is not None:
            self._work_out_near(index)
            line = self._heights.top(index) + line_of(current, self._text_width)
            self._scroll_to_lines(line, 1)

    # ---- the mouse

    def _view_at(self, y: int) -> TurnView | None:
        index = self._heights.at(y + self._first_line)
        return None if index is None else self._views[index]

    def _choice_at(self, view: TurnView, y: int) -> int | None:
        index = self.index_of(view)
        if index is None:
            return None
        return choice_at(view, self._text_width, y + self._first_line - self._heights.top(index))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Show which turn a click would select."""
        if not self.is_selecting:
            self.under_mouse = self._view_at(event.y)

    def on_leave(self) -> None:
        """Show that the mouse has gone."""
        self.under_mouse = None

    def on_click(self, event: events.Click) -> None:
        """Tell which turn was clicked."""
        event.prevent_default()  # Textual would select everything at the second click
        view = self._view_at(event.y)
        if view is not None:
            event.stop()
            if self.text_selection is None:  # else it is the end of selecting
                asks = event.button == RIGHT_BUTTON or event.chain == 2
                choice = None if asks else self._choice_at(view, event.y)
                self.post_message(self.Clicked(view, asks, choice))

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return what the mouse has selected, as it was said."""
        return selected_text(self._views, self.selected_part or selection), "\n"

    def watch_selected(self) -> None:
        """Draw the edge before another turn."""
        self.refresh()

    def watch_under_mouse(self) -> None:
        """Draw another turn as the one under the mouse."""
        self.refresh()

    # ---- drawing

    def notify_style_update(self) -> None:
        """Draw again in the colours of another theme."""
        super().notify_style_update()
        self._drawn.clear()

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen."""
        line = y + self._first_line
        index = self._heights.at(line)
        if index is None or not self._width:  # not laid out yet: a long text in lines of a letter
            return Strip.blank(self.size.width, self.rich_style).apply_offsets(0, -1)
        strips, at = self._strips(index), line - self._heights.top(index)
        if at < len(strips):
            return strips[at]
        # The turn is shorter than its height says: that was estimated, or of what it said before.
        self.call_after_refresh(self.changed, self._views[index])
        return Strip.blank(self._width, self.rich_style).apply_offsets(0, -1)

    def _strips(self, index: int) -> list[Strip]:
        """Return the lines of a turn, as they were drawn before where nothing has changed."""
        view, parts = self._views[index], parts_of(self.selected_part, index)
        is_marked = view is self.selected, view is self.under_mouse
        key = (view, view.reply, self._width, is_marked, parts)
        drawn = self._drawn.get(key)
        if drawn is None:
            drawn = self._draw(index, parts)
            self._drawn.set(key, drawn)
        return drawn

    def _draw(self, index: int, parts: Sequence[tuple[int, int] | None]) -> list[Strip]:
        view = self._views[index]
        base = self.rich_style
        if view is self.under_mouse:
            base = self.get_component_rich_style("turn--under-mouse")
        edge = base + Style(color=self.get_component_rich_style("turn--edge").color)
        return strips_of(
            self.app.console,
            view,
            index,
            self._width,
            self._styles(base),
            edge=Segment(EDGE if view is self.selected else " ", edge),
            hits=self._hits_of(view),
            current=self._current_hit,
            selected=parts,
        )

    def _styles(self, base: Style) -> TurnStyles:
        names = ("you", "bot", "chip", "out-of-scope", "hit", "current-hit", "offer")
        parts = (self.get_component_rich_style(f"turn--{name}", partial=True) for name in names)
        selected = self.screen.get_component_rich_style("screen--selection")
        return TurnStyles._make((base, *parts, selected))
