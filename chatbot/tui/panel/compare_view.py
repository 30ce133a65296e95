"""The comparison view: two messages side by side, or one message forwards and backwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import set_cell_size
from rich.color import Color
from rich.style import Style
from rich.text import Text
from textual.content import Content

from chatbot.common import percent
from chatbot.tui.panel.row_table import RowTable
from chatbot.tui.text import shorten
from chatbot.tui.widgets import bar, stacked_bar, word_colour

if TYPE_CHECKING:
    from chatbot.insight import Comparison, Explanation

PERCENT = 5
MIDDLE = 3
"""Cells between the two messages: = where the words are the same, ≠ where they are not."""


class CompareTable(RowTable):
    """A row a pair of words that stand for each other, with the share of each."""

    TITLE = "Compare"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.comparison: Comparison | None = None

    def show(self, comparison: Comparison | None) -> None:
        """Show two messages."""
        self.comparison = comparison
        self.cursor = min(self.cursor, max(self.rows - 1, 0))
        self.draw()

    @property
    def rows(self) -> int:
        """One a pair."""
        return len(self.comparison.pairs) if self.comparison is not None else 0

    @property
    def _widths(self) -> tuple[int, int]:
        """Return the cells of a word and of a bar; every half has both and a number."""
        half = (self.size.width - 1 - MIDDLE) // 2
        word = min(max(half // 2, 5), 14)
        return word, max(half - word - PERCENT - 1, 0)

    def columns(self) -> str:
        """Return the heads of the two halves."""
        if self.comparison is None:
            return ""
        word, bars = self._widths
        half = word + 1 + bars + PERCENT
        right = "backwards" if self.comparison.is_backwards else "this message"
        left = "forwards" if self.comparison.is_backwards else "pinned"
        return f" {left:<{half}}{'':{MIDDLE}}{right:<{half}}"

    def legend(self) -> Content:
        """Return the keys."""
        if self.comparison is not None and self.comparison.is_backwards:
            return Content("F9 pins this message, to compare it with the next one you type")
        return Content("B the pinned message backwards · F9 frees it")

    def row(self, number: int) -> Text:
        """Draw a pair: word, share, share, word."""
        found = self.comparison
        assert found is not None  # there is a row
        pair = found.pairs[number]
        text = Text().append("▸" if number == self.cursor else " ", self.style("word"))
        text.append_text(self._half(found.left, pair.left, number))
        same = (
            pair.left is not None
            and pair.right is not None
            and found.left.trace.words[pair.left] == found.right.trace.words[pair.right]
        )
        text.append(" = " if same else " ≠ ", self.style("muted" if same else "against"))
        return text.append_text(self._half(found.right, pair.right, number))

    def _half(self, explained: Explanation, word: int | None, pair: int) -> Text:
        """Draw a word and its share, in the colour of its pair."""
        width, bars = self._widths
        if word is None:
            return Text(" " * (width + 1 + bars + PERCENT))
        text = Text(set_cell_size(shorten(explained.trace.words[word], width), width) + " ")
        if explained.shares is None:
            return text.append(" " * (bars + PERCENT))
        shares = explained.shares.of_memory
        largest = max(shares)
        colour = Style() if self.glyphs else Style(color=Color.parse(word_colour(pair)))
        text.append(bar(shares[word] / largest if largest else 0, bars), colour)
        return text.append(f"{percent(shares[word]):>{PERCENT}}")

    def below(self) -> list[Text]:
        """Draw both memories as bars, both answers, and what makes the difference."""
        found = self.comparison
        if found is None:
            return []
        lines = [Text()]
        halves = (
            ("forwards" if found.is_backwards else "pinned", found.left, 0),
            ("backwards" if found.is_backwards else "this", found.right, 1),
        )
        for name, explained, side in halves:
            answer = explained.trace.answers[-1]
            says = answer.intent if answer.in_scope else f"? {answer.intent}"
            text = f"  {name:<10}{says} {percent(answer.confidence)}"
            lines.append(Text(shorten(text, self.size.width)))
            if explained.shares is not None:
                # A slice a pair: what stands for the same has the same number and colour.
                places = [pair[side] for pair in found.pairs]
                memory = explained.shares.of_memory
                shares = [0.0 if place is None else memory[place] for place in places]
                bars = stacked_bar(shares, self.size.width - 4, glyphs=self.glyphs)
                lines.append(Text("  ") + bars)
        lines.append(Text())
        return lines + [
            Text("  " + line)
            for sentence in sentences(found)
            for line in _wrapped(sentence, max(self.size.width - 3, 10))
        ]

    def describe(self) -> str:
        """Say how alike the two memories are."""
        found = self.comparison
        if found is None:
            return ""
        return f"the two states: cosine {found.cosine:.2f}, distance {found.distance:.2f}"


def sentences(found: Comparison) -> list[str]:
    """Return what the comparison shows, in sentences that are true of its figures."""
    left, right = found.left.answer, found.right.answer
    same = left == right
    if found.is_backwards:
        order = (
            "The same words in another order leave another memory"
            if found.distance > 0.01
            else "Read backwards the message leaves nearly the same memory"
        )
        says = f"the answer stays {left}" if same else f"{right} instead of {left}"
        return [f"{order} (cosine {found.cosine:.2f}): {says}."]
    lines = [f"Both are {left}." if same else f"{left} here, {right} there."]
    if found.flip is None:
        if not same:
            lines.append("No single word makes the difference: it takes several together.")
        return lines
    pair, words = found.flip.pair, found.left.trace.words
    old = "" if pair.left is None else words[pair.left]
    new = "" if pair.right is None else found.right.trace.words[pair.right]
    if old and new:
        did = f"With “{new}” in place of “{old}”"
    elif old:
        did = f"Without “{old}”"
    else:
        did = f"With “{new}” added"
    return [*lines, f"{did} the pinned message would be {found.flip.intent}."]


def _wrapped(text: str, width: int) -> list[str]:
    from textwrap import wrap

    return wrap(text, width)
