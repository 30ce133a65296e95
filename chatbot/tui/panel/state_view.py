"""The heat map: the hidden state after every word, with a cursor over words and units."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.cells import set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from chatbot.common import percent
from chatbot.tui.panel.row_table import Shown, ViewChanged
from chatbot.tui.panel.unit_line import unit_line
from chatbot.tui.panel.unit_values import SORTS, Cursor, in_order, value_at
from chatbot.tui.text import ink, shorten
from chatbot.tui.widgets import bar, palette

if TYPE_CHECKING:
    from chatbot.insight import Explanation, Trace

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


class HeatMap(ScrollView, can_focus=True):
    """Draws a trace: for each word a line (word, answer so far, change) and its state.

    The state is a tile of all units, or, as a row, as many of them as fit, in the chosen order.
    """

    FOCUS_ON_CLICK = False  # who clicks a word and goes on typing is talking to the bot
    TITLE: ClassVar[str] = "Hidden state"
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
        Binding("up,left", "move(-1)", "Word before", show=False),
        Binding("down,right", "move(1)", "Word after", show=False),
        Binding("shift+left", "unit(-1)", "Unit before", show=False),
        Binding("shift+right", "unit(1)", "Unit after", show=False),
        Binding("shift+up", "line(-1)", "Line of units before", show=False),
        Binding("shift+down", "line(1)", "Line of units after", show=False),
        Binding("home", "move(-1000000)", "First word", show=False),
        Binding("end", "move(1000000)", "Last word", show=False),
        Binding("pageup", "move(-5)", "Five words back", show=False),
        Binding("pagedown", "move(5)", "Five words on", show=False),
        Binding("o", "sort", "Order of the units", show=False),
        Binding("t", "tile", "All units, or one row", show=False),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.shown: Shown | None = None
        self.explanation: Explanation | None = None
        self.cursor: Cursor | None = None
        self.upto: int | None = None
        """The last word that is drawn while the message plays; None for all."""
        self.sort = SORTS[0]
        self.in_row = False
        """Whether a word has one row of units instead of a tile of all."""
        self._order: list[int] = []
        """Units in the order in which they are drawn."""
        self._background = Style()

    @property
    def trace(self) -> Trace | None:
        """What is drawn."""
        return self.shown.trace if self.shown is not None else None

    # ---- what is shown

    def show(self, shown: Shown | None) -> None:
        """Show another message; the cursor goes to the last word, where a new word arrives."""
        same = self.shown is not None and shown is not None and self.shown.words == shown.words
        self.shown, self.explanation = shown, None
        trace = self.trace
        if trace is None or not trace.words:
            self.cursor = None
        else:
            word, unit = self.cursor or (0, 0)
            word = min(word, len(trace.words) - 1) if same else len(trace.words) - 1
            self.cursor = Cursor(word, unit)
        self._arrange()
        if not same:
            self.scroll_end(animate=False)

    def explain(self, explanation: Explanation) -> None:
        """Take what was worked out: who owns a unit, and what it decides."""
        self.explanation = explanation
        self._arrange()

    def draw(self) -> None:
        """Lay out and draw everything anew."""
        self._measure()
        self.refresh()

    def _arrange(self) -> None:
        """Put the units in order, and draw."""
        self._order = in_order(self.trace, self.cursor, self.sort, self.explanation)
        self.draw()

    @property
    def wants_explanation(self) -> bool:
        """Whether the order of the units depends on what a worker must work out."""
        return self.sort in ("decisive", "owner")

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
        """Units in a line of the drawing."""
        if self.in_row:
            return max(min(self.size.width - MARGIN - 1, self.units), 1)
        return self.tile_width * (1 if self.glyphs else 2)

    @property
    def lines_a_word(self) -> int:
        """Lines of a word: its title and its units."""
        if self.trace is None or self.in_row:
            return 2
        return 1 + -(-self.units // self.units_in_row)

    @property
    def first_place(self) -> int:
        """Place, in the order, of the first unit of the row: the cursor stays in sight."""
        if not self.in_row:
            return 0
        return self._place // self.units_in_row * self.units_in_row

    @property
    def _place(self) -> int:
        """Where the cursor's unit stands in the order."""
        if self.cursor is None:
            return 0
        return self._order.index(self.cursor.unit)

    def _measure(self) -> None:
        words = len(self.trace.words) if self.trace else 0
        pending = 1 if self.shown is not None and self.shown.pending else 0
        self.virtual_size = Size(self.size.width, words * self.lines_a_word + pending)

    def on_resize(self) -> None:
        """Lay the tiles out for the new width."""
        self._measure()
        self.post_message(ViewChanged())

    # ---- the cursor

    def action_move(self, words: int) -> None:
        """Move the cursor over the words."""
        if self.cursor is not None:
            self.go_to(self.cursor.word + words)

    def go_to(self, word: int) -> None:
        """Put the cursor on a word of the trace, or on the nearest there is."""
        if self.cursor is None or self.trace is None:
            return
        self._set_cursor(word, self.cursor.unit)
        self.scroll_to_region(
            Region(0, self.cursor.word * self.lines_a_word, 1, self.lines_a_word), animate=False
        )

    def action_unit(self, by: int) -> None:
        """Move the cursor over the units, in the order in which they are drawn."""
        if self.cursor is not None:
            place = min(max(self._place + by, 0), self.units - 1)
            self._set_cursor(self.cursor.word, self._order[place])

    def action_line(self, by: int) -> None:
        """Move the cursor by a line of units."""
        self.action_unit(by * self.units_in_row)

    def action_sort(self) -> None:
        """Order the units in another way."""
        self.sort = SORTS[(SORTS.index(self.sort) + 1) % len(SORTS)]
        self._changed()

    def action_tile(self) -> None:
        """Show all units as tiles, or a row of them for every word, the most decisive first."""
        self.in_row = not self.in_row
        self.sort = "decisive" if self.in_row else "number"
        self._changed()

    def _changed(self) -> None:
        self._arrange()
        self.post_message(ViewChanged())

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse is."""
        if self.trace is None or not self.trace.words:
            return
        word, line = divmod(int(event.y + self.scroll_offset.y), self.lines_a_word)
        if word >= len(self.trace.words):
            return
        unit = self.cursor.unit if self.cursor else 0
        column = event.x - MARGIN
        if line > 0 and column >= 0:
            step = 1 if self.glyphs or self.in_row else 2
            place = self.first_place + (line - 1) * self.units_in_row + column * step
            if column * step < self.units_in_row:
                unit = self._order[min(place, self.units - 1)]
        self._set_cursor(word, unit)

    def _set_cursor(self, word: int, unit: int) -> None:
        assert self.trace is not None  # it has a cursor
        word = min(max(word, 0), len(self.trace.words) - 1)
        moved = self.cursor is None or self.cursor.word != word
        self.cursor = Cursor(word, unit)
        if moved and self.sort == "changed":
            self._order = in_order(self.trace, self.cursor, self.sort, self.explanation)
        self.refresh()
        self.post_message(ViewChanged())

    # ---- drawing

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the lines in sight."""
        self._background = self.rich_style  # once a frame: all ancestors are asked for it
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Draw one line: the title of a word, or one line of its units."""
        width = self.size.width
        background = self._background
        trace = self.trace
        word, line = divmod(y + self.scroll_offset.y, self.lines_a_word)
        if trace is None or (self.upto is not None and word > self.upto):
            return Strip.blank(width, background)
        if word < len(trace.words):
            if line:
                return self._units_line(trace, word, line - 1)
            segments = self._title(trace, word)
        elif word == len(trace.words) and line == 0 and self.shown is not None:
            muted = ink(self, "heat-map--muted")
            segments = [Segment(" " * MARGIN + shorten(self.shown.pending, width - 3), muted)]
        else:
            segments = []
        strip = Strip(segments).apply_style(background)
        return strip.adjust_cell_length(width, background)

    def widths(self) -> Columns:
        """Return the widths of a title line's columns at the present width."""
        room = max(self.size.width - MARGIN - 1, 1)  # a cell for the scrollbar
        word = min(max(room // 3, 6), 16)
        return Columns(word, max(room - word - CHANGE - 2, 0))

    def _title(self, trace: Trace, word: int) -> list[Segment]:
        """Draw: mark, word, answer so far with its confidence, change as bar and number."""
        bold = ink(self, "heat-map--word")
        muted = ink(self, "heat-map--muted")
        good = ink(self, "heat-map--answer")
        columns = self.widths()
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

    def _units_line(self, trace: Trace, word: int, line: int) -> Strip:
        """Draw one line of a word's units: two a cell as ▀, one a cell in a row or as glyphs."""
        first = self.first_place + line * self.units_in_row
        drawn = self._order[first : first + self.units_in_row]
        marked = -1
        if self.cursor is not None and self.cursor.word == word:
            marked = self._place - first
        look = "glyphs"
        if not self.glyphs:
            look = "dark" if self.app.current_theme.dark else "light"
            look += " row" if self.in_row else ""
        return unit_line(
            trace.hidden[word, drawn].tobytes(),
            marked if 0 <= marked < len(drawn) else -1,
            look,
            self.get_component_rich_style("heat-map--cursor"),
            self._background,
            MARGIN,
            self.size.width,
        )

    # ---- the lines around it

    def columns(self) -> str:
        """Return the heads of the columns."""
        columns = self.widths()
        head = " " * MARGIN + "word".ljust(columns.word + 1)
        return f"{head}{'answer so far':<{columns.answer}.{columns.answer}} {'change':>{CHANGE}}"

    def legend(self) -> Content:
        """Return the scale, fixed so that messages can be compared, and how units are ordered."""
        if self.glyphs:
            text = Content("= −1   - −¼   · 0   + ¼   # 1")
        else:
            dark = self.app.current_theme.dark
            scale = [("██", palette.colour(step, dark)) for step in range(9)]
            text = Content.assemble("−1 ", *scale, " +1")
        if self.in_row:
            text = Content.assemble(text, f"  {self.minimap()}")
        elif self.size.width >= 56:
            cell = "one unit a sign" if self.glyphs else "two units a cell"
            text = Content.assemble(text, f"  {cell} · by {self.sort}")
        return text

    def minimap(self) -> str:
        """Return which units of all are in sight, as a ruler and in numbers."""
        first, last = self.first_place, min(self.first_place + self.units_in_row, self.units)
        ruler = "".join(
            "━" if first <= place * self.units // 12 < last else "─" for place in range(12)
        )
        return f"{ruler} {first + 1}–{last} of {self.units} by {self.sort}"

    def describe(self) -> str:
        """Return the value at the cursor."""
        return value_at(self.trace, self.cursor, self.explanation)
