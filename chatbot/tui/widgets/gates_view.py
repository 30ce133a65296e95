"""The gates view: what the cell kept, wrote and looked back at, word by word."""

from __future__ import annotations

from rich.text import Text
from textual.content import Content

from chatbot.tui.widgets.bars import bar
from chatbot.tui.widgets.row_table import WordTable
from chatbot.wording import percent

HEADS = ("keeps", "writes", "looks back", "left at end")
MOVED = 6
"""Cells of the number of units that moved."""


class GateTable(WordTable):
    """A row a word: four shares as bars and numbers, and how many units moved."""

    TITLE = "Gates"

    @property
    def _cells(self) -> int:
        """Cells of one of the four figures and the blank before it."""
        return (self.size.width - 5 - self.word_width - MOVED) // len(HEADS)

    def columns(self) -> str:
        """Return the heads of the figures, cut to their columns."""
        cells = self._cells
        heads = "".join(head[: cells - 1].rjust(cells) for head in HEADS)
        return "    " + "word".ljust(self.word_width + 1) + heads + "moved".rjust(MOVED)

    def legend(self) -> Content:
        """Return what the figures are."""
        return Content("means over all units · left: what is still there at the end")

    def figures(self, place: int) -> Text:
        """Draw the four shares and the count."""
        explained = self.explanation
        if explained is None:
            return Text("…", self.style("muted"))
        if explained.gates is None:
            return Text("this cell has no gates", self.style("muted"))
        use = explained.gates[place]
        cells, row = self._cells, Text()
        for share in (use.keep, use.write, use.look_back, use.left):
            says = "–" if share is None else percent(share)
            drawn = "" if share is None else bar(share, max(cells - 6, 0))
            row.append(" " + drawn.ljust(max(cells - 6, 0)), self.style("for"))
            row.append(f"{says:>{min(cells - 1, 5)}}")
        return row.append(f"{use.moved:>{MOVED}}", self.style("muted"))

    def below(self) -> list[Text]:
        """Draw the word that is being typed."""
        return self.pending_line()
