"""The gates view: what the cell kept, wrote and looked back at, word by word."""

from __future__ import annotations

from rich.text import Text
from textual.content import Content

from chatbot.common import N_, _, percent
from chatbot.tui.panel.row_table import WordTable
from chatbot.tui.widgets import bar

HEADS = (N_("keep"), N_("write"), N_("look"), N_("left"))
NUMBER = 6
"""Cells of a figure and the blank before it: 100 %."""

MOVED = 7
"""Cells of the number of units that moved."""


class GatesView(WordTable):
    """A row per word: four shares as bars and numbers, and how many units moved."""

    NAME = "gates"
    TITLE = N_("Gates")

    @property
    def _has_moved(self) -> bool:
        return self.size.width >= 50

    @property
    def _bars(self) -> int:
        """Cells of each of the four bars; 0 where there is no room."""
        room = self.size.width - 5 - self.word_width - (MOVED if self._has_moved else 0)
        return max(room // len(HEADS) - NUMBER - 1, 0)

    def columns(self) -> str:
        """Return the heads of the figures."""
        cells = NUMBER + self._bars + (1 if self._bars else 0)
        heads = "".join(_(head).rjust(cells) for head in HEADS)
        moved = _("moved").rjust(MOVED) if self._has_moved else ""
        return "    " + _("word").ljust(self.word_width + 1) + heads + moved

    def legend(self) -> Content:
        """Return what the figures are."""
        return Content(_("means over units · look: at the old state · left: at the end"))

    def figures(self, place: int) -> Text:
        """Draw the four shares and the count."""
        explained = self.explanation
        if explained is None:
            return Text("…", self.style("muted"))
        if explained.gates is None:
            return Text(_("this cell has no gates"), self.style("muted"))
        use = explained.gates[place]
        row = Text()
        for share in (use.keep, use.write, use.look_back, use.left):
            if self._bars:
                row.append(" " + bar(share or 0.0, self._bars), self.style("for"))
            row.append(f"{'–' if share is None else percent(share):>{NUMBER}}")
        return row.append(f"{use.moved:>{MOVED}}" if self._has_moved else "", self.style("muted"))

    def below(self) -> list[Text]:
        """Draw the word that is being typed, or how many words have no row."""
        return self.last_line()
