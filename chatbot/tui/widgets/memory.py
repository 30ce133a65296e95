"""The memory view: how much of the memory, and of the answer, every word is the cause of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from rich.color import Color
from rich.style import Style
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.geometry import Region
from textual.message import Message
from textual.reactive import var
from textual.widgets import Static

from chatbot.tui.text import shorten
from chatbot.tui.widgets.bars import bar
from chatbot.tui.widgets.ring import RING_HEIGHT, RING_WIDTH, ring, stacked_bar, word_colour
from chatbot.wording import percent

if TYPE_CHECKING:
    from chatbot.insight.explanation import Explanation
    from chatbot.insight.tracing import Trace

ABSENT = "…"
"""Stands for a figure that is still being worked out."""

NUMBERS = 6
"""Cells of a signed figure: +10.97."""

PERCENT = 5
"""Cells of a share: 100 %, and a blank before it."""


class MemoryTable(Static, can_focus=True):
    """A row a word: its share of the memory, and what it says for or against the answer."""

    COMPONENT_CLASSES = {"memory--word", "memory--muted", "memory--for", "memory--against"}
    DEFAULT_CSS = """
    MemoryTable {
        height: auto;
        .memory--word { text-style: bold; }
        .memory--muted { color: $foreground-muted; }
        .memory--for { color: $text-success; }
        .memory--against { color: $text-warning; }
    }
    """
    BINDINGS = [
        Binding("up", "move(-1)", "Word before", show=False),
        Binding("down", "move(1)", "Word after", show=False),
        Binding("home", "move(-1000)", "First word", show=False),
        Binding("end", "move(1000)", "Last word", show=False),
    ]

    cursor: var[int] = var(0)

    class CursorMoved(Message):
        """The cursor is on another word."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.trace: Trace | None = None
        self.explanation: Explanation | None = None

    def show(self, trace: Trace | None) -> None:
        """Show a message; its shares follow when they are worked out."""
        self.trace, self.explanation = trace, None
        self.cursor = len(trace.words) - 1 if trace is not None and trace.words else 0
        self.draw()

    def explain(self, explanation: Explanation) -> None:
        """Show the shares of the message."""
        self.explanation = explanation
        self.draw()

    def action_move(self, by: int) -> None:
        """Move the cursor over the words."""
        if self.trace is None or not self.trace.words:
            return
        self.cursor = min(max(self.cursor + by, 0), len(self.trace.words) - 1)
        self.draw()
        self.post_message(self.CursorMoved())
        if isinstance(self.parent, VerticalScroll):
            self.parent.scroll_to_region(Region(0, self.cursor, 1, 1), animate=False)

    @property
    def _glyphs(self) -> bool:
        return self.app.no_color or self.app.console.color_system in (None, "standard")

    def draw(self) -> None:
        """Draw everything for the present width."""
        trace = self.trace
        if trace is None or not trace.words or not self.size.width:
            self.update("")
            return
        lines = [self._row(trace, word) for word in range(len(trace.words))]
        if self.explanation is not None:
            lines += [Text(""), *self._below(self.explanation)]
        self.update(Text("\n").join(lines))

    def on_resize(self) -> None:
        """Draw for the new width."""
        self.draw()

    def notify_style_update(self) -> None:
        """Draw in the colours of another theme."""
        super().notify_style_update()
        if self.is_mounted:
            self.draw()

    def widths(self) -> tuple[int, int]:
        """Return the cells of the word and of each of the two bars; 0 where there is no room."""
        room = self.size.width - 4
        word = min(max(room // 4, 6), 14)
        bars = (room - word - PERCENT - NUMBERS - 3) // 2
        return word, max(bars, 0) if bars >= 4 else 0

    def _row(self, trace: Trace, word: int) -> Text:
        """Draw: mark, number, word, share as bar and percents, for or against as bar and number."""
        bold = self.get_component_rich_style("memory--word", partial=True)
        muted = self.get_component_rich_style("memory--muted", partial=True)
        wide, bars = self.widths()
        row = Text("▸" if word == self.cursor else " ", bold)
        colour = Style() if self._glyphs else Style(color=Color.parse(word_colour(word)))
        row.append(f"{word + 1:>2} ", colour)
        unknown = " ∅" if trace.known[word] == 0 else ""
        text = shorten(trace.words[word], wide - cell_len(unknown)) + unknown
        row.append(set_cell_size(text, wide) + " ", bold)
        explained = self.explanation
        if explained is None:
            row.append(ABSENT, muted)
            return row
        share = explained.shares.of_memory[word]
        row.append(bar(share / max(explained.shares.of_memory), bars), colour)
        row.append(f"{percent(share):>{PERCENT}} ", muted if share < 0.01 else Style())
        speaks = explained.for_against(explained.answer)
        largest = max(abs(value) for value in speaks) or 1.0
        row.append_text(self._signed(speaks[word], largest, bars))
        return row

    def _signed(self, value: float, largest: float, width: int) -> Text:
        """Draw a figure as a bar to the right (for) or left (against) of a middle, and a number."""
        kind = "memory--for" if value >= 0 else "memory--against"
        style = self.get_component_rich_style(kind, partial=True)
        text = Text(style=style)
        half = (width - 1) // 2
        if half > 0:
            size = abs(value) / largest
            if value >= 0:
                text.append(" " * half + "│" + bar(size, half))
            else:
                full = round(size * half)
                text.append(" " * (half - full) + "█" * full + "│" + " " * half)
            text.append(" " * (width - 2 * half - 1))
        text.append(f"{value:+{NUMBERS}.2f}")
        return text

    def _below(self, explained: Explanation) -> list[Text]:
        """Draw the circle or the bar, where it decided, and the patterns that are alike."""
        trace, width = explained.trace, self.size.width
        shares = explained.shares.of_memory
        glyphs = self._glyphs
        lines: list[Text] = []
        height = self.parent.size.height if isinstance(self.parent, VerticalScroll) else 0
        notes = self._notes(explained)
        if width >= RING_WIDTH + 4 and height >= len(trace.words) + RING_HEIGHT + len(notes) + 2:
            lines += [Text("  ") + line for line in ring(shares, glyphs=glyphs)]
        else:
            lines.append(Text("  ") + stacked_bar(shares, width - 4, glyphs=glyphs))
        return [*lines, Text(""), *notes]

    def _notes(self, explained: Explanation) -> list[Text]:
        muted = self.get_component_rich_style("memory--muted", partial=True)
        words, decided = explained.trace.words, explained.decided_at
        notes: list[Text] = []
        if decided is not None:
            notes.append(
                Text(f"  decided at “{words[decided]}”, word {decided + 1} of {len(words)}")
            )
        if not explained.shares.is_exact:
            notes.append(Text("  a long message: the shares are sampled", muted))
        for near in explained.nearest[:3]:
            text = f"  alike {near.cosine:.2f} {near.intent}: {near.pattern}"
            notes.append(Text(shorten(text, self.size.width), muted))
        return notes


class MemoryView(VerticalScroll, can_focus=False):
    """The memory table, scrolled where it is long."""

    DEFAULT_CSS = """
    MemoryView { scrollbar-size-vertical: 1; }
    """

    def compose(self) -> ComposeResult:
        """The table."""
        yield MemoryTable(id="memory-table")
