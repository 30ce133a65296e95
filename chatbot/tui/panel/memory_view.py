"""The memory view: how much of the memory, and of the answer, comes from each word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.style import Style
from rich.text import Text
from textual.content import Content

from chatbot.common import N_, _, percent
from chatbot.tui.panel.row_table import WordTable
from chatbot.tui.panel.view import Shown
from chatbot.tui.session import key_of, keys_of
from chatbot.tui.text import shorten
from chatbot.tui.widgets import RING_HEIGHT, RING_WIDTH, bar, draw_ring, signed_bar, stacked_bar

if TYPE_CHECKING:
    from chatbot.insight import Explanation
    from chatbot.tui.dialogs import Choice

ABSENT = "…"
"""Shown for a figure that is still being worked out."""

NUMBERS = 6
"""Cells of a signed figure: +10.97."""

PERCENT = 5
"""Cells of a share: 100 %, and a blank before it."""

ANSWER = 18
"""Cells of the answer so far, where there is room for it."""


class MemoryView(WordTable):
    """A row per word: its share of the memory, and how much it counts for or against an intent."""

    NAME = "memory"
    TITLE = N_("Memory")

    def __init__(self) -> None:
        super().__init__()
        self.rival: str | None = None
        """The intent that the answer is compared with: why not that one?"""

    def show(self, shown: Shown | None) -> None:
        """Show a message. Another one has another answer: it is compared with no rival."""
        if self.shown is None or shown is None or self.shown.words != shown.words:
            self.rival = None
        super().show(shown)

    def action_why_not(self) -> None:
        """Ask why the answer is not another intent, and show what each word says to that."""
        from chatbot.tui.dialogs import ChooseScreen  # start-up: no question is asked before it

        subject = self.subject
        if subject is None or subject.reading is None or not subject.reading.words:
            return
        answer = None if self.explanation is None else self.explanation.answer
        # The file may know an intent that the network has not learned: no word speaks for that one.
        learned = subject.bot.reader.classifier.intents
        ranking = subject.reading.prediction.ranking
        names = [r.intent for r in ranking if r.intent != answer and r.intent in learned]
        self.post_message(self.Requested(self.NAME))
        new = _("The model knows none with these letters. What is new it learns by {key}.")
        nothing = new.format(key=key_of(self, "retrain"))
        self.app.push_screen(
            ChooseScreen(_("Why not …?"), names, nothing=nothing), self._chose_rival
        )

    @property
    def _shown_rival(self) -> str | None:
        """The rival, if the network on show knows it: another model may have come meanwhile."""
        known = () if self.explanation is None else self.explanation.intents
        return self.rival if self.rival in known else None

    def _chose_rival(self, choice: Choice | None) -> None:
        self.rival = None if choice is None else choice.name
        self.draw()
        self.post_message(self.Changed())

    @property
    def has_answers(self) -> bool:
        """Whether there is room for the answer so far."""
        return self.size.width >= 60

    @property
    def bars(self) -> int:
        """Cells of each of the two bars; 0 where there is no room."""
        room = self.size.width - 4 - super().word_width - PERCENT - NUMBERS - 3
        bars = (room - (ANSWER + 1 if self.has_answers else 0)) // 2
        return bars if bars >= 4 else 0

    @property
    def word_width(self) -> int:
        """Cells of the word's column: without bars it has what they leave."""
        if self.bars:
            return super().word_width
        return max(self.size.width - 4 - PERCENT - NUMBERS - 3, super().word_width)

    def columns(self) -> str:
        """Return the heads: word, answer so far, remembered, for the answer."""
        explained, bars = self.explanation, self.bars
        # Sampled only where a message is long: then the note below may be out of sight.
        is_exact = explained is None or explained.shares is None or explained.shares.is_exact
        speaks = ""
        if explained is not None and explained.answer:
            rival = self._shown_rival
            if bars:
                text = _("for {intent}") if rival is None else _("not {intent}")
                speaks = text.format(intent=rival or explained.answer)
            else:
                # Translators: at most 6 cells: for the answer, or not for another intent.
                speaks = _("for") if rival is None else _("not")
        head = "    " + _("word").ljust(self.word_width + 1)
        if self.has_answers:
            head += _("answer so far").ljust(ANSWER + 1)
        share = _("remembered") if is_exact else _("≈ sampled")
        if len(share) > bars + PERCENT:
            # Translators: at most 5 cells: the share of the memory that is of a word.
            share = _("share") if is_exact else "≈ %"
        share = share.rjust(bars + PERCENT)
        return f"{head}{share} {shorten(speaks, bars + NUMBERS):>{bars + NUMBERS}}"

    def legend(self) -> Content:
        """Return the keys."""
        keys = keys_of(self)
        text = _("{arrows} word · {switch} off or on · {why_not} why not …? · {play} plays").format(
            arrows=keys.signs("panel.before", "panel.after"),
            switch=keys.signs("panel.switch"),
            why_not=keys.signs("panel.memory.why_not"),
            play=keys.signs("panel.play"),
        )
        return Content(text)

    def figures(self, place: int) -> Text:
        """Draw: answer so far, share as bar and percentage, for or against as bar and number."""
        row = Text()
        explained, muted = self.explanation, self.style("muted")
        if self.has_answers:
            row.append_text(self._answer(place))
        if explained is None:
            return row.append(ABSENT, muted)
        if explained.shares is None:
            return row.append("–", muted)
        share = explained.shares.of_memory[place]
        largest = max(explained.shares.of_memory)
        number = self.shown.kept[place] if self.shown is not None else place
        row.append(bar(share / largest if largest else 0, self.bars), self.word_style(number))
        row.append(f"{percent(share):>{PERCENT}} ", muted if share < 0.01 else Style())
        speaks = explained.for_against(explained.answer, self._shown_rival)
        row.append_text(self._signed(speaks[place], max(map(abs, speaks)) or 1.0))
        return row

    def _answer(self, place: int) -> Text:
        """Draw the answer so far, and ✓ at the word that decided it."""
        assert self.shown is not None
        answer = self.shown.trace.answers[place]
        says = percent(answer.confidence)
        decided = self.explanation is not None and self.explanation.decided_at == place
        mark = "✓ " if decided else "  "
        label = shorten(answer.label, ANSWER - len(says) - 3)
        style = self.style("for" if answer.in_scope else "muted")
        return Text(f"{label} {says}".ljust(ANSWER - 2) + mark + " ", style)

    def _signed(self, value: float, largest: float) -> Text:
        """Draw a figure as a bar, to the right (for) or to the left (against), and a number."""
        bars = signed_bar(value / largest, self.bars)
        return Text(f"{bars}{value:+{NUMBERS}.2f}", self.style("for" if value >= 0 else "against"))

    def below(self) -> list[Text]:
        """Draw the circle or the bar, the word that decided, and the nearest patterns."""
        lines = self.last_line()
        explained, width = self.explanation, self.size.width
        if explained is None or not explained.trace.words or self.shown is None:
            return lines
        lines.append(Text())
        notes = self._notes(explained)
        if explained.shares is not None:
            shares = [0.0] * len(self.shown.words)
            for place, word in enumerate(self.shown.kept):
                shares[word] = explained.shares.of_memory[place]
            room = self.size.height - self.rows - len(lines) - len(notes)
            if width >= RING_WIDTH + 4 and room >= RING_HEIGHT + 1:
                lines += [Text("  ") + line for line in draw_ring(shares, glyphs=self.glyphs)]
            else:
                lines.append(Text("  ") + stacked_bar(shares, width - 4, glyphs=self.glyphs))
            lines.append(Text())
        return lines + notes

    def _notes(self, explained: Explanation) -> list[Text]:
        muted = self.style("muted")
        words, decided = explained.trace.words, explained.decided_at
        notes: list[Text] = []
        if decided is not None:
            text = _("decided at “{word}”, word {number} of {count}").format(
                word=words[decided], number=decided + 1, count=len(words)
            )
            notes.append(Text(shorten(f"  {text}", self.size.width)))
        if explained.shares is None:
            notes.append(Text("  " + _("the message is too long for shares of its words"), muted))
        elif not explained.shares.is_exact:
            notes.append(Text("  " + _("a long message: the shares are sampled"), muted))
        for near in explained.nearest[:3]:
            text = _("alike {cosine:.2f} {intent}: {pattern}").format(
                cosine=near.cosine, intent=near.intent, pattern=near.pattern
            )
            notes.append(Text(shorten(f"  {text}", self.size.width), muted))
        if len({near.intent for near in explained.nearest[:3]}) > 1:
            notes.append(Text("  " + _("these do not agree on the intent"), self.style("against")))
        return notes
