"""The unit view: what drives one unit of the state, or the direction of an intent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from textual.binding import Binding
from textual.content import Content
from textual.message import Message

from chatbot.tui.panel.row_table import RowTable
from chatbot.tui.text import shorten

if TYPE_CHECKING:
    from chatbot.insight import Driven, Portrait, WordEffect

SHOWN_INTENTS = 3


class UnitTable(RowTable):
    """Lists the words, patterns and intents of a unit or of an intent's direction."""

    TITLE = "Unit"
    BINDINGS = [
        Binding("left", "other(-1)", "Unit before", show=False),
        Binding("right", "other(1)", "Unit after", show=False),
        Binding("u", "unit", "The unit again", show=False),
    ]

    class Chosen(Message):
        """Another unit or intent is looked at."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.unit = 0
        self.units = 0
        """Units of the state."""
        self.intent: str | None = None
        """The intent whose direction is shown; None for the unit."""
        self.portrait: Portrait | None = None
        self._lines: list[Text] = []

    def choose(self, unit: int, intent: str | None = None) -> None:
        """Look at a unit, or at an intent's direction; its portrait follows."""
        if (unit, intent) != (self.unit, self.intent) or self.portrait is None:
            self.unit, self.intent, self.portrait = unit, intent, None
            self.draw()
            self.post_message(self.Chosen())

    def show(self, portrait: Portrait) -> None:
        """Show the portrait of what is looked at."""
        self.portrait = portrait
        self.draw()

    def action_other(self, by: int) -> None:
        """Look at the next unit, or the one before."""
        if self.units:
            self.choose((self.unit + by) % self.units)

    def action_unit(self) -> None:
        """Go back from an intent's direction to the unit."""
        self.choose(self.unit)

    @property
    def rows(self) -> int:
        """Lines of the portrait; the cursor only scrolls over them."""
        return len(self._lines)

    def row(self, number: int) -> Text:
        """Draw a line."""
        return self._lines[number]

    def draw(self) -> None:
        """Draw the portrait for the present width."""
        self._lines = self._drawn() if self.size.width else []
        super().draw()

    def columns(self) -> str:
        """Return what is looked at, and the values that it has after the patterns."""
        name = f"unit {self.unit}" if self.intent is None else f"direction of {self.intent}"
        found = self.portrait
        if found is None:
            return f"{name} …"
        return f"{name}: {found.mean:+.2f} ± {found.deviation:.2f} after the patterns"

    def legend(self) -> Content:
        """Return the keys."""
        return Content("← → other unit · I direction of an intent · U the unit again")

    def describe(self) -> str:
        """Say what a direction is; of a unit the heat map says more."""
        return "the direction of the state in which the intent's logit rises"

    def _drawn(self) -> list[Text]:
        found = self.portrait
        if found is None:
            return [Text("…", self.style("muted"))]
        head = self.style("word")
        return [
            Text("words that raise it, on average", head),
            *(self._effect(effect) for effect in found.raised_by),
            Text("words that lower it", head),
            *(self._effect(effect) for effect in found.lowered_by),
            Text("intents it speaks for", head),
            *(self._intent(*entry) for entry in found.speaks_for[:SHOWN_INTENTS]),
            Text("and against", head),
            *(self._intent(*entry) for entry in reversed(found.speaks_for[-SHOWN_INTENTS:])),
            Text("patterns that drive it highest", head),
            *(self._driven(driven) for driven in found.highest),
            Text("and lowest", head),
            *(self._driven(driven) for driven in found.lowest),
        ]

    def _effect(self, effect: WordEffect) -> Text:
        kind = "for" if effect.change > 0 else "against"
        text = Text().append(f"  {effect.change:+.2f}  ", self.style(kind))
        text.append(shorten(effect.word, self.size.width - 20))
        return text.append(f"  {effect.times} times", self.style("muted"))

    def _intent(self, intent: str, rise: float) -> Text:
        text = Text().append(f"  {rise:+.2f}  ", self.style("for" if rise > 0 else "against"))
        return text.append(shorten(intent, self.size.width - 10))

    def _driven(self, driven: Driven) -> Text:
        text = Text(
            f"  {driven.value:+.2f}  ", self.style("for" if driven.value > 0 else "against")
        )
        text.append(driven.word, self.style("word"))
        rest = f" in “{driven.pattern}” ({driven.intent})"
        return text.append(shorten(rest, max(self.size.width - len(text), 3)), self.style("muted"))
