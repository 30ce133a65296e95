"""Tables of the panel: a line a row, drawn as it is scrolled to, with a cursor, notes below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size
from rich.color import Color
from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from chatbot.tui.text import ink, shorten
from chatbot.tui.widgets import word_colour

if TYPE_CHECKING:
    from chatbot.insight import Explanation, Trace

STEPPING: list[Binding | tuple[str, str] | tuple[str, str, str]] = [
    Binding("up,left", "move(-1)", "Word before", show=False),
    Binding("down,right", "move(1)", "Word after", show=False),
    Binding("home", "move(-1000000)", "First word", show=False),
    Binding("end", "move(1000000)", "Last word", show=False),
    Binding("pageup", "move(-5)", "Five words back", show=False),
    Binding("pagedown", "move(5)", "Five words on", show=False),
]


@dataclass(frozen=True, slots=True)
class Shown:
    """What the panel shows: a message, and which of its words are read."""

    what: str
    """Which message it is: "typing", "sent"."""
    words: tuple[str, ...]
    """All words of the message."""
    off: frozenset[int]
    """Indices of the words that are switched off."""
    pending: str
    """The word that is being typed, not read yet."""
    trace: Trace
    """Of the words that are on."""

    @property
    def kept(self) -> tuple[int, ...]:
        """Indices in `words` of the trace's words."""
        return tuple(t for t in range(len(self.words)) if t not in self.off)

    def place(self, word: int) -> int | None:
        """Return where a word stands in the trace; None if it is switched off."""
        return None if word in self.off else word - sum(1 for t in self.off if t < word)


class ViewChanged(Message):
    """What stands around one of the panel's views has changed: its cursor moved, or its size."""


class RowTable(ScrollView, can_focus=True):
    """Draws rows and the notes below them; subclasses say what a row is."""

    FOCUS_ON_CLICK = False  # who clicks a word and goes on typing is talking to the bot
    COMPONENT_CLASSES = {
        "row-table--word",
        "row-table--muted",
        "row-table--for",
        "row-table--against",
    }
    DEFAULT_CSS = """
    RowTable {
        scrollbar-size-vertical: 1;
        .row-table--word { text-style: bold; }
        .row-table--muted { color: $foreground-muted; }
        .row-table--for { color: $text-success; }
        .row-table--against { color: $text-warning; }
    }
    """
    BINDINGS = STEPPING
    TITLE: ClassVar[str]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.cursor = 0
        self.upto: int | None = None
        """The last row that is drawn while the message plays; None for all."""
        self._below: list[Text] = []

    # ---- what subclasses say

    @property
    def rows(self) -> int:
        """Number of rows."""
        raise NotImplementedError

    def row(self, number: int) -> Text:
        """Draw a row."""
        raise NotImplementedError

    def below(self) -> list[Text]:
        """Draw what stands below the rows."""
        return []

    def columns(self) -> str:
        """Return the heads of the columns."""
        return ""

    def legend(self) -> Content:
        """Return the line at the bottom of the panel."""
        return Content("")

    def describe(self) -> str:
        """Return what is at the cursor, in words."""
        return ""

    # ---- drawing

    def draw(self) -> None:
        """Lay out and draw everything anew."""
        self._below = self.below() if self.size.width and self.upto is None else []
        self.virtual_size = Size(self.size.width, self.rows + len(self._below))
        self.refresh()

    def on_resize(self) -> None:
        """Draw for the new width."""
        self.draw()
        self.post_message(ViewChanged())

    def notify_style_update(self) -> None:
        """Draw in the colours of another theme."""
        super().notify_style_update()
        if self.is_mounted:
            self.draw()

    def render_line(self, y: int) -> Strip:
        """Draw one line: a row, or one of the lines below."""
        number = y + self.scroll_offset.y
        background = self.rich_style
        if number < self.rows:
            hidden = self.upto is not None and number > self.upto
            line = Text() if hidden else self.row(number)
        else:
            number -= self.rows
            line = self._below[number] if number < len(self._below) else Text()
        segments = line.render(self.app.console)
        strip = Strip(segments).apply_style(background)
        return strip.adjust_cell_length(self.size.width, background)

    @property
    def glyphs(self) -> bool:
        """Whether there are too few colours to tell words by them."""
        return self.app.no_color or self.app.console.color_system in (None, "standard")

    def style(self, name: str) -> Style:
        """Return the style of a component: word, muted, for, against."""
        return ink(self, f"row-table--{name}")

    def marked(self, number: int, text: str, width: int, *, muted: bool = False) -> Text:
        """Draw the begin of a row: the cursor's mark, its number in the word's colour, a text."""
        bold = self.style("muted" if muted else "word")
        row = Text().append("▸" if number == self.cursor else " ", self.style("word"))
        coloured = Style() if self.glyphs else Style(color=Color.parse(word_colour(number)))
        row.append(f"{number + 1:>2} ", coloured)
        row.append(set_cell_size(shorten(text, width), width) + " ", bold)
        return row

    # ---- the cursor

    def action_move(self, by: int) -> None:
        """Move the cursor over the rows."""
        self.go_to(self.cursor + by)

    def go_to(self, row: int) -> None:
        """Put the cursor on a row, or on the nearest there is."""
        self.cursor = min(max(row, 0), max(self.rows - 1, 0))
        self.draw()
        self.scroll_to_region(Region(0, self.cursor, 1, 1), animate=False)
        self.post_message(ViewChanged())

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse is."""
        row = int(event.y + self.scroll_offset.y)
        if row < self.rows:
            self.go_to(row)


class WordTable(RowTable):
    """A row a word of the message on show."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.shown: Shown | None = None
        self.explanation: Explanation | None = None

    @property
    def rows(self) -> int:
        """One a word."""
        return len(self.shown.words) if self.shown is not None else 0

    def show(self, shown: Shown | None) -> None:
        """Show a message; its explanation follows when it is worked out."""
        moved_on = self.shown is None or shown is None or self.shown.words != shown.words
        self.shown, self.explanation = shown, None
        if moved_on:
            self.cursor = max(self.rows - 1, 0)
        self.draw()
        if moved_on:
            self.scroll_end(animate=False)

    def explain(self, explanation: Explanation) -> None:
        """Show what was worked out of the message on show."""
        self.explanation = explanation
        self.draw()

    def row(self, number: int) -> Text:
        """Draw a word: switched off, or with its figures."""
        shown = self.shown
        assert shown is not None  # there is a row
        place, width = shown.place(number), self.word_width
        if place is None:
            row = self.marked(number, shown.words[number], width, muted=True)
            row.append("off", self.style("muted"))
            return row
        unknown = " ∅" if shown.trace.known[place] == 0 else ""
        text = shorten(shown.words[number], width - cell_len(unknown)) + unknown
        row = self.marked(number, text, width)
        row.append_text(self.figures(place))
        return row

    def figures(self, place: int) -> Text:
        """Draw what a row says of the trace's word at a place."""
        raise NotImplementedError

    def pending_line(self) -> list[Text]:
        """Draw the word that is being typed."""
        if self.shown is None or not self.shown.pending:
            return []
        return [
            Text(f"    {shorten(self.shown.pending, self.size.width - 5)}", self.style("muted"))
        ]

    @property
    def word_width(self) -> int:
        """Cells of the word's column."""
        return min(max((self.size.width - 4) // 4, 6), 14)

    def describe(self) -> str:
        """Say in a sentence what reading the word at the cursor did."""
        shown, explained = self.shown, self.explanation
        place = shown.place(self.cursor) if shown is not None and shown.words else None
        if explained is None or place is None:
            return ""
        from chatbot.insight import sentence_of_step

        return sentence_of_step(explained, place)
