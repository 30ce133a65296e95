"""The heat map: a tile of hidden state values a word, with a cursor over words and units."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from chatbot.tui import palette
from chatbot.tui.text import shorten
from chatbot.tui.widgets.bars import bar
from chatbot.wording import percent

if TYPE_CHECKING:
    from chatbot.insight.tracing import Trace

MAX_TILE = 64
"""Widest tile in cells: 128 units are one row of half blocks, two units a cell."""


MARGIN = 2
"""Cells before a word, for the mark of the cursor."""
CHANGE = 9
"""Cells of the change: a bar of four, a blank and 0.00."""


class Columns(NamedTuple):
    """Widths of a title line's columns, in cells."""

    word: int
    answer: int


class Cursor(NamedTuple):
    """Which value the cursor is on."""

    word: int
    unit: int


class HeatMap(ScrollView, can_focus=True):
    """Draws a trace: for each word a line (word, answer so far, change) and a tile of its state."""

    COMPONENT_CLASSES = {
        "heat-map--word",
        "heat-map--muted",
        "heat-map--cursor",
        "heat-map--answer",
    }
    DEFAULT_CSS = """
    HeatMap {
        scrollbar-size-vertical: 1;
        .heat-map--word { text-style: bold; }
        .heat-map--answer { color: $text-success; }
        .heat-map--muted { color: $foreground-muted; }
        .heat-map--cursor { background: $error; color: $text; text-style: bold; }
    }
    """
    BINDINGS = [
        Binding("up", "move(-1, 0)", "Word before", show=False),
        Binding("down", "move(1, 0)", "Word after", show=False),
        Binding("left", "move(0, -1)", "Unit before", show=False),
        Binding("right", "move(0, 1)", "Unit after", show=False),
        Binding("home", "go(0)", "First word", show=False),
        Binding("end", "go(-1)", "Last word", show=False),
        Binding("pageup", "move(-5, 0)", "Five words back", show=False),
        Binding("pagedown", "move(5, 0)", "Five words on", show=False),
    ]

    class CursorMoved(Message):
        """The cursor is on another value: look at `cursor`, which may have moved on since."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.trace: Trace | None = None
        self.cursor: Cursor | None = None

    # ---- what is shown

    def show(self, trace: Trace | None) -> None:
        """Show another trace; the cursor goes to the last word, where a new word arrives."""
        self.trace = trace
        if trace is None or not trace.words:
            self._set_cursor(None)
        else:
            unit = self.cursor.unit if self.cursor else 0
            self._set_cursor(Cursor(len(trace.words) - 1, unit))
        self._measure()
        self.refresh()
        self.scroll_end(animate=False)

    @property
    def glyphs(self) -> bool:
        """Whether values are drawn as signs: without colours, and with sixteen of them."""
        return self.app.no_color or self.app.console.color_system in (None, "standard")

    @property
    def units(self) -> int:
        """Units of the hidden state."""
        return int(self.trace.hidden.shape[1]) if self.trace else 0

    @property
    def tile_width(self) -> int:
        """Cells in a row of a tile: a divisor of 64, so that units stay in line at any width."""
        available = max(self.size.width - 3, 8)
        return next(width for width in (MAX_TILE, 32, 16, 8) if width <= available or width == 8)

    @property
    def units_in_row(self) -> int:
        """Units in a row of a tile."""
        return self.tile_width * (1 if self.glyphs else 2)

    @property
    def lines_a_word(self) -> int:
        """Lines of a word: its title and its tile."""
        if self.trace is None:
            return 1
        return 1 + -(-self.units // self.units_in_row)

    def _measure(self) -> None:
        words = len(self.trace.words) if self.trace else 0
        self.virtual_size = Size(self.size.width, words * self.lines_a_word)

    def on_resize(self) -> None:
        """Lay the tiles out for the new width."""
        self._measure()

    # ---- the cursor

    def action_move(self, words: int, units: int) -> None:
        """Move the cursor."""
        if self.cursor is None or self.trace is None:
            return
        last_word, last_unit = len(self.trace.words) - 1, self.units - 1
        word = min(max(self.cursor.word + words, 0), last_word)
        unit = min(max(self.cursor.unit + units, 0), last_unit)
        self._set_cursor(Cursor(word, unit))
        self.scroll_to_region(
            Region(0, word * self.lines_a_word, 1, self.lines_a_word), animate=False
        )

    def action_go(self, word: int) -> None:
        """Put the cursor on the first (0) or last (−1) word."""
        if self.trace is not None:
            self.action_move(-len(self.trace.words) if word == 0 else len(self.trace.words), 0)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse is."""
        if self.trace is None or not self.trace.words:
            return
        word, line = divmod(int(event.y + self.scroll_offset.y), self.lines_a_word)
        if word >= len(self.trace.words):
            return
        unit = self.cursor.unit if self.cursor else 0
        column = event.x - MARGIN
        if line > 0 and 0 <= column < self.tile_width:
            step = 1 if self.glyphs else 2
            unit = (line - 1) * self.units_in_row + column * step
        self._set_cursor(Cursor(word, min(unit, self.units - 1)))

    def _set_cursor(self, cursor: Cursor | None) -> None:
        self.cursor = cursor
        self.refresh()
        self.post_message(self.CursorMoved())

    # ---- drawing

    def render_line(self, y: int) -> Strip:
        """Draw one line: the title of a word, or one row of its tile."""
        width = self.size.width
        background = self.rich_style
        trace = self.trace
        word, line = divmod(y + self.scroll_offset.y, self.lines_a_word)
        if trace is None or word >= len(trace.words):
            return Strip.blank(width, background)
        segments = self._title(trace, word) if line == 0 else self._tile_row(trace, word, line - 1)
        strip = Strip(segments).apply_style(background)
        return strip.adjust_cell_length(width, background)

    def columns(self) -> Columns:
        """Return the widths of a title line's columns at the present width."""
        room = max(self.size.width - MARGIN, 1)
        word = min(max(room // 3, 6), 16)
        return Columns(word, max(room - word - CHANGE - 2, 0))

    def _title(self, trace: Trace, word: int) -> list[Segment]:
        """Draw: mark, word, answer so far with its confidence, change as bar and number."""
        bold = self.get_component_rich_style("heat-map--word", partial=True)
        muted = self.get_component_rich_style("heat-map--muted", partial=True)
        good = self.get_component_rich_style("heat-map--answer", partial=True)
        columns = self.columns()
        text, answer, change = trace.words[word], trace.answers[word], trace.changes[word]
        unknown = " ∅" if trace.known[word] == 0 else ""
        text = shorten(text, columns.word - len(unknown)) + unknown
        says = percent(answer.confidence)
        label = answer.intent if answer.in_scope else f"? {answer.intent}"
        label = f"{shorten(label, max(columns.answer - len(says) - 1, 0))} {says}"
        here = self.cursor is not None and self.cursor.word == word
        return [
            Segment("▸ " if here else "  ", bold),
            Segment(set_cell_size(text, columns.word) + " ", bold),
            Segment(set_cell_size(label, columns.answer) + " ", good if answer.in_scope else muted),
            Segment(f"{bar(change, CHANGE - 5)} {change:.2f}", muted),
        ]

    def _tile_row(self, trace: Trace, word: int, row: int) -> list[Segment]:
        """Draw one row of a word's tile; two units a cell as ▀, or one glyph a unit."""
        first = row * self.units_in_row
        values = trace.hidden[word, first : first + self.units_in_row].tolist()
        marked = -1
        if self.cursor is not None and self.cursor.word == word:
            marked = self.cursor.unit - first
        cursor_style = self.get_component_rich_style("heat-map--cursor")
        segments = [Segment(" " * MARGIN)]
        if self.glyphs:
            reverse = Style(reverse=True)
            segments += [
                Segment(palette.glyph(value), reverse if i == marked else None)
                for i, value in enumerate(values)
            ]
            return segments
        dark = self.app.current_theme.dark
        steps = [palette.level(value) for value in values]
        steps += [palette.level(0.0)] * (len(steps) % 2)
        for i in range(0, len(steps), 2):
            style = palette.pair(steps[i], steps[i + 1], dark)
            if marked in (i, i + 1):
                segments.append(Segment("▀" if marked == i else "▄", cursor_style))
            else:
                segments.append(Segment("▀", style))
        return list(Segment.simplify(segments))
