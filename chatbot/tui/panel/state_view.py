"""The heat map: the hidden state after every word, with a cursor over words and units."""

from __future__ import annotations

from rich.cells import set_cell_size
from rich.segment import Segment
from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.strip import Strip

from chatbot.common import N_, _, percent
from chatbot.tui.actions import bindings
from chatbot.tui.panel.state_geometry import CHANGE, MARGIN, Geometry
from chatbot.tui.panel.unit_line import unit_line
from chatbot.tui.panel.unit_values import NEED_EXPLANATION, ORDERS, SORTS, in_order, value_at
from chatbot.tui.panel.view import PanelView, Place, beside
from chatbot.tui.panel.work import PanelWork
from chatbot.tui.text import shorten
from chatbot.tui.widgets import bar, palette

RULER = 12
"""Cells of the ruler that says which units of a row are in sight."""


class StateView(PanelView):
    """Draws a trace: for each word a line (word, answer so far, change) and its state.

    The state is a tile of all units, or, as a row, as many of them as fit, in the chosen order. As
    long as nobody has chosen, it is a row where the tiles of all words have no room.
    """

    NAME = "state"
    TITLE = N_("Hidden state")
    HAS_WORD_ROWS = True
    COMPONENT_CLASSES = {"panel-view--cursor"}
    DEFAULT_CSS = """
    StateView .panel-view--cursor { background: $error; color: $text; text-style: bold; }
    """
    PLACE = "panel.state"
    BINDINGS = bindings(PLACE)

    def __init__(self) -> None:
        super().__init__()
        self.unit = 0
        """The unit that the cursor is on."""
        self.sort = SORTS[0]
        self._chosen: bool | None = None
        """Whether somebody wants a row of units per word, or a tile of all; None: nobody said."""
        self.order: list[int] = []
        """Units in the order in which they are drawn."""
        self._geometry = Geometry(0, 0, in_row=False, glyphs=False)

    # ---- what is shown

    def ask(self, work: PanelWork) -> None:
        """Have the explanation worked out where the order needs it or somebody steps about.

        Who types only does not pay for what the heat map does not draw.
        """
        if self.sort in NEED_EXPLANATION or self.has_focus:
            super().ask(work)

    @property
    def rows(self) -> int:
        """One for each word that is read."""
        return len(self.shown.trace.words) if self.shown is not None else 0

    @property
    def units(self) -> int:
        """Units of the hidden state."""
        return int(self.shown.trace.hidden.shape[1]) if self.shown is not None else 0

    def draw(self) -> None:
        """Put the units in order, lay out and draw."""
        self._geometry = self._measured()
        self.order = []
        if self.shown is not None:
            self.unit = min(self.unit, self.units - 1)  # another model may have fewer
            self.order = in_order(self.shown.trace, self.cursor, self.sort, self.explanation)
        pending = 1 if self.shown is not None and self.shown.last_line else 0
        lines = self.rows * self._geometry.lines_per_word + pending
        self.virtual_size = Size(self.size.width, lines)
        self.refresh()

    @property
    def in_row(self) -> bool:
        """Whether a word has one row of units instead of a tile of all."""
        if self._chosen is not None:
            return self._chosen
        tiles = Geometry(self.size.width, self.units, in_row=False, glyphs=self.glyphs)
        return self.rows > 1 and self.rows * tiles.lines_per_word > self.size.height

    def _measured(self) -> Geometry:
        return Geometry(self.size.width, self.units, self.in_row, self.glyphs)

    # ---- the cursor

    @property
    def place(self) -> Place:
        """The word and the unit at the cursor."""
        if self.shown is None or not self.rows:
            return Place()
        return Place(self.shown.kept[self.cursor], self.unit)

    def go_to(self, place: Place) -> None:
        """Put the cursor on a word and a unit; for a word that is off, on the last one."""
        if self.shown is None or not self.rows:
            return
        if place.unit is not None:
            self.unit = min(place.unit, self.units - 1)
        if place.word is not None:
            row = self.shown.place(place.word)
            self.move_to(self.rows - 1 if row is None else row)

    def region_of(self, row: int) -> Region:
        """Return the lines of a word."""
        lines = self._geometry.lines_per_word
        return Region(0, row * lines, 1, lines)

    @property
    def unit_place(self) -> int:
        """Where the cursor's unit stands in the order."""
        return self.order.index(self.unit) if self.order else 0

    @property
    def _first_place(self) -> int:
        return self._geometry.first_place(self.unit_place)

    def action_unit(self, by: int) -> None:
        """Move the cursor over the units, in the order in which they are drawn."""
        if self.rows:
            self.unit = self.order[min(max(self.unit_place + by, 0), self.units - 1)]
            self._changed()

    def action_line(self, by: int) -> None:
        """Move the cursor by a line of units."""
        self.action_unit(by * self._geometry.units_per_line)

    def action_sort(self) -> None:
        """Order the units in another way."""
        self.sort = SORTS[(SORTS.index(self.sort) + 1) % len(SORTS)]
        self._changed()

    def action_tile(self) -> None:
        """Show all units as tiles, or a row of them for every word, the most decisive first."""
        self._chosen = not self.in_row
        self.sort = "decisive" if self._chosen else "number"
        self._changed()

    def _changed(self) -> None:
        self.draw()
        is_missing = self.sort in NEED_EXPLANATION and self.explanation is None
        self.post_message(self.Changed(needs_work=is_missing))

    def action_inspect(self) -> None:
        """Show what drives the unit at the cursor."""
        self.post_message(self.Requested("unit"))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse is."""
        row, line = divmod(int(event.y + self.scroll_offset.y), self._geometry.lines_per_word)
        if row >= self.rows:
            return
        place = self._geometry.place_at(event.x, line, self._first_place)
        if place is not None:
            self.unit = self.order[place]
        self.cursor = row
        self._changed()

    # ---- drawing

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the lines in sight."""
        self._geometry = self._measured()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Draw one line: the title of a word, or one line of its units."""
        width, shown = self._geometry.width, self.shown
        row, line = divmod(y + self.scroll_offset.y, self._geometry.lines_per_word)
        if shown is None or (self.upto is not None and row > self.upto):
            return Strip.blank(width, self.background)
        segments: list[Segment] = []
        if row < self.rows:
            if line:
                return self._units_line(row, line - 1)
            segments = self._title(row)
        elif row == self.rows and line == 0:
            pending = " " * MARGIN + shorten(shown.last_line, width - MARGIN - 1)
            segments = [Segment(pending, self.style("muted"))]
        strip = Strip(segments).apply_style(self.background)
        return strip.adjust_cell_length(width, self.background)

    def _title(self, row: int) -> list[Segment]:
        """Draw: mark, word, answer so far with its confidence, change as bar and number."""
        assert self.shown is not None  # there is a row
        trace, columns = self.shown.trace, self._geometry.columns
        bold, muted = self.style("word"), self.style("muted")
        text, answer, change = trace.words[row], trace.answers[row], trace.changes[row]
        unknown = " ∅" if trace.known[row] == 0 else ""
        tag = self.shown.tags.get(self.shown.kept[row], "")
        text, tag = beside(text, tag, columns.word - len(unknown))
        text += unknown
        says = percent(answer.confidence)
        label = f"{shorten(answer.label, max(columns.answer - len(says) - 1, 0))} {says}"
        good = self.style("for") if answer.in_scope else muted
        return [
            Segment("▸ " if row == self.cursor else "  ", bold),
            Segment(text, bold),
            Segment(f"{tag} ", muted),
            Segment(set_cell_size(label, columns.answer) + " ", good),
            Segment(f"{bar(change, CHANGE - 5)} {change:.2f}", muted),
        ]

    def _units_line(self, row: int, line: int) -> Strip:
        """Draw one line of a word's units: two per cell as ▀, or one, in a row or as glyphs."""
        assert self.shown is not None  # there is a row
        geometry = self._geometry
        first = self._first_place + line * geometry.units_per_line
        drawn = self.order[first : first + geometry.units_per_line]
        marked = self.unit_place - first if row == self.cursor else -1
        look = "glyphs"
        if not geometry.glyphs:
            look = "dark" if self.app.current_theme.dark else "light"
            look += " row" if self.in_row else ""
        return unit_line(
            self.shown.trace.hidden[row, drawn].tobytes(),
            marked if 0 <= marked < len(drawn) else -1,
            look,
            self.get_component_rich_style("panel-view--cursor"),
            self.background,
            MARGIN,
            geometry.width,
        )

    # ---- what stands around it

    def columns(self) -> str:
        """Return the heads of the columns."""
        columns = self._measured().columns
        head = " " * MARGIN + _("word").ljust(columns.word + 1)
        so_far = _("answer so far") if columns.answer > 12 else _("so far")
        change = _("change")
        return f"{head}{so_far:<{columns.answer}.{columns.answer}} {change:>{CHANGE}}"

    def legend(self) -> Content:
        """Return the scale, fixed so that messages can be compared, and how units are ordered."""
        if self.glyphs:
            text = Content("= −1   - −¼   · 0   + ¼   # 1")
        else:
            dark = self.app.current_theme.dark
            scale = [("██", palette.colour(step, dark)) for step in range(9)]
            text = Content.assemble("−1 ", *scale, " +1")
        if self.in_row:
            text = Content.assemble(text, f"  {self._ruler()}")
        elif self.size.width >= 56:
            cell = _("one unit per sign") if self.glyphs else _("two units per cell")
            order = _(ORDERS[self.sort])
            text = Content.assemble(text, f"  {cell} · {order}")
        return text

    def _ruler(self) -> str:
        """Return which units of all are in sight, as a ruler and in numbers."""
        first, units = self._first_place, self.units
        last = min(first + self._geometry.units_per_line, units)
        ruler = "".join(
            "━" if first <= place * units // RULER < last else "─" for place in range(RULER)
        )
        seen = _("{first}–{last} of {count}").format(first=first + 1, last=last, count=units)
        order = _(ORDERS[self.sort])
        return f"{ruler} {seen} {order}"

    def describe(self) -> str:
        """Return the value at the cursor."""
        if self.shown is None or not self.rows:
            return ""
        return value_at(self.shown.trace, self.cursor, self.unit, self.explanation)
