"""Views that are tables: a line per row, drawn as it is scrolled to, with a cursor, notes below."""

from __future__ import annotations

from rich.cells import cell_len
from rich.color import Color
from rich.style import Style
from rich.text import Text
from textual import events
from textual.geometry import Size
from textual.strip import Strip

from chatbot.common import _
from chatbot.tui.panel.view import PanelView, Place, beside
from chatbot.tui.text import shorten
from chatbot.tui.widgets import word_colour


class RowTable(PanelView):
    """Draws rows and the notes below them; subclasses say what a row is."""

    def __init__(self) -> None:
        super().__init__()
        self._below: list[Text] = []

    def row(self, number: int) -> Text:
        """Draw a row."""
        raise NotImplementedError

    def below(self) -> list[Text]:
        """Draw what stands below the rows."""
        return []

    def draw(self) -> None:
        """Lay out and draw everything anew."""
        self._below = self.below() if self.size.width and self.upto is None else []
        self.virtual_size = Size(self.size.width, self.rows + len(self._below))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line: a row, or one of the lines below."""
        number = y + self.scroll_offset.y
        if number < self.rows:
            hidden = self.upto is not None and number > self.upto
            line = Text() if hidden else self.row(number)
        else:
            number -= self.rows
            line = self._below[number] if number < len(self._below) else Text()
        strip = Strip(line.render(self.app.console)).apply_style(self.background)
        return strip.adjust_cell_length(self.size.width, self.background)

    def marked(
        self, number: int, text: str, width: int, *, muted: bool = False, tag: str = ""
    ) -> Text:
        """Draw the start of a row: the cursor's mark, its number in the word's colour, a text.

        Beside a word stands the slot whose value it is.
        """
        bold = self.style("muted" if muted else "word")
        row = Text().append("▸" if number == self.cursor else " ", self.style("word"))
        row.append(f"{number + 1:>2} ", self.word_style(number))
        said, tag = beside(text, tag, width)
        row.append(said, bold)
        return row.append(f"{tag} ", self.style("muted"))

    def word_style(self, word: int) -> Style:
        """Return the colour of a word, by its index among all words; none with few colours."""
        return Style() if self.glyphs else Style(color=Color.parse(word_colour(word)))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse is."""
        row = int(event.y + self.scroll_offset.y)
        if row < self.rows:
            self.move_to(row)


class WordTable(RowTable):
    """A row for each word of the message on show."""

    HAS_WORD_ROWS = True

    @property
    def rows(self) -> int:
        """One per word."""
        return len(self.shown.words) if self.shown is not None else 0

    @property
    def place(self) -> Place:
        """The word of the row."""
        return Place(self.cursor if self.rows else None)

    def go_to(self, place: Place) -> None:
        """Put the cursor on a word."""
        if place.word is not None:
            self.move_to(place.word)

    def row(self, number: int) -> Text:
        """Draw a word: switched off, or with its figures."""
        shown = self.shown
        assert shown is not None  # there is a row
        place, width = shown.place(number), self.word_width
        if place is None:
            row = self.marked(number, shown.words[number], width, muted=True)
            row.append(_("off"), self.style("muted"))
            return row
        unknown = " ∅" if shown.trace.known[place] == 0 else ""
        text = shorten(shown.words[number], width - cell_len(unknown)) + unknown
        row = self.marked(number, text, width, tag=shown.tags.get(number, ""))
        row.append_text(self.figures(place))
        return row

    def figures(self, place: int) -> Text:
        """Draw what a row says of the trace's word at a place."""
        raise NotImplementedError

    def last_line(self) -> list[Text]:
        """Draw the word that is being typed, or how many words have no row."""
        if self.shown is None or not self.shown.last_line:
            return []
        text = shorten(self.shown.last_line, self.size.width - 5)
        return [Text(f"    {text}", self.style("muted"))]

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
        from chatbot.insight import sentence_of_step  # not at start-up: it imports NumPy

        return sentence_of_step(explained, place)
