"""The comparison view: two messages side by side, or one message forwards and backwards."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING

from rich.cells import set_cell_size
from rich.text import Text
from textual import on
from textual.content import Content
from textual.message import Message

from chatbot.common import KEPT_WORDS, N_, _, percent
from chatbot.tui.actions import bindings
from chatbot.tui.panel.row_table import RowTable
from chatbot.tui.panel.view import Place, Shown
from chatbot.tui.panel.work import Abandoned, PanelWork
from chatbot.tui.session import keys_of
from chatbot.tui.text import shorten
from chatbot.tui.widgets import bar, stacked_bar

if TYPE_CHECKING:
    from chatbot.conversation import Chatbot, Reading
    from chatbot.insight import Comparison, Explanation

PERCENT = 5
MIDDLE = 3
"""Cells between the two messages: = where the words are the same, ≠ where they are not."""


class CompareView(RowTable):
    """A row for each pair of aligned words, with the share of each."""

    NAME = "compare"
    TITLE = N_("Compare")
    PLACE = "panel.compare"
    BINDINGS = bindings(PLACE)

    @dataclass
    class Compared(Message):
        """The message on show has been compared."""

        messages: tuple[Reading, Reading | None]
        comparison: Comparison

    def __init__(self) -> None:
        super().__init__()
        self.comparison: Comparison | None = None
        self._asked: tuple[Reading, Reading | None] | None = None
        """Which messages are compared, or being compared."""
        self._is_too_long = False
        self._word: int | None = None
        """Index of the word that the cursor came from."""
        self._backwards: Reading | None = None
        """The pinned message that is compared with itself, at the person's wish."""

    # ---- what is compared

    def show(self, shown: Shown | None) -> None:
        """Take the message; of another one no word was chosen yet."""
        if self.shown is None or shown is None or self.shown.words != shown.words:
            self._word = None
        super().show(shown)

    def ask(self, work: PanelWork) -> None:
        """Compare the pinned message with the latest, or the message on show with itself."""
        subject = self.subject
        if subject is None or subject.reading is None:
            return
        left, right = subject.reading, subject.latest
        if left is self._backwards:
            right = None
        self._is_too_long = not all(r is None or r.is_kept_whole for r in (left, right))
        if self._is_too_long:
            self.comparison = self._asked = None
            self.draw()
            return
        if self._asked is not None and self._asked[0] is left and self._asked[1] is right:
            return
        self._asked = messages = (left, right)

        def compared(abandoned: Abandoned) -> CompareView.Compared:
            return self.Compared(messages, _compare(work, subject.bot, left, right, abandoned))

        work.run("compare", compared, to=self)

    @on(Compared)
    def _compared(self, event: CompareView.Compared) -> None:
        event.stop()
        if event.messages is not self._asked:
            return  # other messages are compared by now
        self.comparison = event.comparison
        self.go_to(Place(self._word))
        self.draw()
        self.post_message(self.Changed())

    def action_backwards(self) -> None:
        """Compare the pinned message with itself read backwards, or with the latest again."""
        if self.subject is not None and self.subject.is_pinned:
            pinned = self.subject.reading
            self._backwards = None if self._backwards is pinned else pinned
            self.post_message(self.Changed(needs_work=True))

    # ---- the rows

    @property
    def rows(self) -> int:
        """One per pair."""
        return len(self.comparison.pairs) if self.comparison is not None else 0

    @property
    def place(self) -> Place:
        """The word of the message on show, in the pair at the cursor."""
        return Place(self._word)

    def go_to(self, place: Place) -> None:
        """Put the cursor on the pair of a word."""
        self._word = place.word
        pairs = self.comparison.pairs if self.comparison is not None else ()
        rows = [row for row, pair in enumerate(pairs) if pair.left == place.word is not None]
        if rows:
            super().move_to(rows[0])

    def move_to(self, row: int) -> None:
        """Put the cursor on a pair."""
        super().move_to(row)
        if self.comparison is not None:
            self._word = self.comparison.pairs[self.cursor].left

    @property
    def _widths(self) -> tuple[int, int]:
        """Return the cells of a word and of a bar; every half has both and a number."""
        half = (self.size.width - 1 - MIDDLE) // 2
        word = min(max(half // 2, 5), 14)
        return word, max(half - word - PERCENT - 1, 0)

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
        text.append(bar(shares[word] / largest if largest else 0, bars), self.word_style(pair))
        return text.append(f"{percent(shares[word]):>{PERCENT}}")

    # ---- what stands around them

    def below(self) -> list[Text]:
        """Draw both memories as bars, both answers, and what makes the difference."""
        found = self.comparison
        if self._is_too_long:
            text = _("messages of more than {count} words are not compared")
            return [Text("  " + text.format(count=KEPT_WORDS), self.style("muted"))]
        if found is None:
            return []
        lines = [Text()]
        halves = (
            (_("forwards") if found.is_backwards else _("pinned"), found.left, 0),
            (_("backwards") if found.is_backwards else _("this"), found.right, 1),
        )
        for name, explained, side in halves:
            answer = explained.trace.answers[-1]
            text = f"  {name:<10}{answer.label} {percent(answer.confidence)}"
            lines.append(Text(shorten(text, self.size.width)))
            if explained.shares is not None:
                # A slice per pair: aligned words have the same number and colour.
                places = [pair[side] for pair in found.pairs]
                memory = explained.shares.of_memory
                shares = [0.0 if place is None else memory[place] for place in places]
                bars = stacked_bar(shares, self.size.width - 4, glyphs=self.glyphs)
                lines.append(Text("  ") + bars)
        lines.append(Text())
        width = max(self.size.width - 3, 10)
        return lines + [
            Text("  " + line) for sentence in sentences(found) for line in wrap(sentence, width)
        ]

    def columns(self) -> str:
        """Return the heads of the two halves."""
        if self.comparison is None:
            return ""
        word, bars = self._widths
        half = word + 1 + bars + PERCENT
        right = _("backwards") if self.comparison.is_backwards else _("this message")
        left = _("forwards") if self.comparison.is_backwards else _("pinned")
        return f" {left:<{half}}{'':{MIDDLE}}{right:<{half}}"

    def legend(self) -> Content:
        """Return the keys."""
        keys = keys_of(self)
        if self.subject is None or not self.subject.is_pinned:
            text = _("{key} pins this message, to compare it with the next")
            return Content(text.format(key=keys.written("pin")))
        text = (
            _("{other} the latest message · {key} frees it")
            if self.comparison is not None and self.comparison.is_backwards
            else _("{other} the pinned message backwards · {key} frees it")
        )
        other = keys.signs("panel.compare.backwards")
        return Content(text.format(other=other, key=keys.written("pin")))

    def describe(self) -> str:
        """Say how alike the two memories are."""
        found = self.comparison
        if found is None:
            return ""
        return _("the two states: cosine {cosine:.2f}, distance {distance:.2f}").format(
            cosine=found.cosine, distance=found.distance
        )


def sentences(found: Comparison) -> list[str]:
    """Return what the comparison shows, in sentences that are true of its figures."""
    left, right = found.left.answer, found.right.answer
    same = left == right
    if found.is_backwards:
        return [_backwards(found, same).format(cosine=found.cosine, intent=left, other=right)]
    both = _("Both are {intent}.") if same else _("{intent} here, {other} there.")
    lines = [both.format(intent=left, other=right)]
    if found.flip is None:
        if not same and found.swaps_tried:
            lines.append(_("No single word makes the difference: it takes several together."))
        return lines
    pair, words = found.flip.pair, found.left.trace.words
    old = "" if pair.left is None else words[pair.left]
    new = "" if pair.right is None else found.right.trace.words[pair.right]
    if old and new:
        did = _("With “{new}” in place of “{old}”, the pinned message would be {intent}.")
    elif old:
        did = _("Without “{old}”, the pinned message would be {intent}.")
    else:
        did = _("With “{new}” added, the pinned message would be {intent}.")
    return [*lines, did.format(new=new, old=old, intent=found.flip.intent)]


def _backwards(found: Comparison, same: bool) -> str:
    """Return the sentence for a message and itself read backwards, to be filled in."""
    if found.distance > 0.01:
        return (
            _(
                "The same words in another order leave another hidden state "
                "(cosine {cosine:.2f}): the answer stays {intent}."
            )
            if same
            else _(
                "The same words in another order leave another hidden state "
                "(cosine {cosine:.2f}): {other} instead of {intent}."
            )
        )
    return (
        _(
            "Read backwards, the message leaves nearly the same hidden state "
            "(cosine {cosine:.2f}): the answer stays {intent}."
        )
        if same
        else _(
            "Read backwards, the message leaves nearly the same hidden state "
            "(cosine {cosine:.2f}): {other} instead of {intent}."
        )
    )


def _compare(
    work: PanelWork, bot: Chatbot, left: Reading, right: Reading | None, abandoned: Abandoned
) -> Comparison:
    """Compare two messages, or one with itself read backwards."""
    from chatbot.insight import compare, compare_backwards  # not at start-up: it imports NumPy

    explained = work.explanation(bot, left, abandoned)
    if right is None:
        return compare_backwards(bot.reader, explained, work.patterns(bot))
    return compare(bot.reader, explained, work.explanation(bot, right, abandoned))
