"""The unit view: what drives one unit of the state, or the direction of an intent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.text import Text
from textual import on
from textual.content import Content
from textual.message import Message

from chatbot.common import N_, _, ngettext
from chatbot.tui.actions import bindings
from chatbot.tui.panel.row_table import RowTable
from chatbot.tui.panel.unit_values import value_at
from chatbot.tui.panel.view import Place, Shown
from chatbot.tui.panel.work import Abandoned, PanelWork
from chatbot.tui.session import keys_of
from chatbot.tui.text import shorten

if TYPE_CHECKING:
    from chatbot.conversation import Chatbot
    from chatbot.insight import Driven, Portrait, WordEffect
    from chatbot.tui.dialogs import Choice

SHOWN_INTENTS = 3


class UnitView(RowTable):
    """Lists the words, patterns and intents of a unit or of an intent's direction."""

    NAME = "unit"
    TITLE = N_("Unit")
    IS_OF_MESSAGE = False
    PLACE = "panel.unit"
    BINDINGS = bindings(PLACE)

    @dataclass
    class Portrayed(Message):
        """What drives a unit, or an intent's direction, is worked out."""

        bot: Chatbot
        unit: int
        intent: str | None
        portrait: Portrait

    def __init__(self) -> None:
        super().__init__()
        self.unit = 0
        self.intent: str | None = None
        """The intent whose direction is shown; None for the unit."""
        self.portrait: Portrait | None = None
        self._portrayed: Chatbot | None = None
        """The bot that the portrait is of."""
        self._word: int | None = None
        """Index of the word, among all of the message, that the cursor came from."""
        self._lines: list[Text] = []

    # ---- what is looked at

    def show(self, shown: Shown | None) -> None:
        """Take the message that the unit's value is told of; of another one, its last word."""
        if self.shown is None or shown is None or self.shown.words != shown.words:
            self._word = None
        super().show(shown)

    def choose(self, unit: int, intent: str | None = None) -> None:
        """Look at a unit, or at an intent's direction; its portrait follows."""
        if (unit, intent) != (self.unit, self.intent):
            self.unit, self.intent, self.portrait = unit, intent, None
            self.draw()
            self.post_message(self.Changed(needs_work=True))

    def ask(self, work: PanelWork) -> None:
        """Have worked out what drives the unit or the direction."""
        if self.subject is None:
            return
        bot = self.subject.bot
        # Another model may have fewer units, or not know the intent.
        self.unit = min(self.unit, bot.model.weights.hidden_size - 1)
        if self.intent not in bot.reader.classifier.intents:
            self.intent = None
        unit, intent = self.unit, self.intent
        if self.portrait is not None and self._portrayed is bot:
            return

        def portrayed(_: Abandoned) -> UnitView.Portrayed:
            return self.Portrayed(bot, unit, intent, _portrait(work, bot, unit, intent))

        work.run("portray", portrayed, to=self)

    @on(Portrayed)
    def _show_portrait(self, event: UnitView.Portrayed) -> None:
        event.stop()
        if (event.unit, event.intent) == (self.unit, self.intent):
            self.portrait, self._portrayed = event.portrait, event.bot
            self.draw()
            self.post_message(self.Changed())

    @property
    def place(self) -> Place:
        """The word that the cursor came from, and the unit unless a direction is shown."""
        return Place(self._word, self.unit if self.intent is None else None)

    def go_to(self, place: Place) -> None:
        """Look at the unit of the view before."""
        self._word = place.word
        if place.unit is not None and self.intent is None:
            self.choose(place.unit)

    def action_other(self, by: int) -> None:
        """Look at the next unit, or the one before."""
        if self.subject is not None:
            self.choose((self.unit + by) % self.subject.bot.model.weights.hidden_size)

    def action_unit(self) -> None:
        """Go back from an intent's direction to the unit."""
        self.choose(self.unit)

    def action_direction(self) -> None:
        """Ask for an intent, and show what drives its direction."""
        from chatbot.tui.dialogs import ChooseScreen  # start-up: no question is asked before it

        if self.subject is not None:
            intents = self.subject.bot.reader.classifier.intents
            self.app.push_screen(ChooseScreen(_("What drives …?"), intents), self._chose_direction)

    def _chose_direction(self, choice: Choice | None) -> None:
        if choice is not None:
            self.post_message(self.Requested(self.NAME))
            self.choose(self.unit, choice.name)

    # ---- drawing

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
        name = (
            _("unit {number}").format(number=self.unit)
            if self.intent is None
            else _("direction of {intent}").format(intent=self.intent)
        )
        found = self.portrait
        if found is None:
            return f"{name} …"
        return _("{name}: {mean:+.2f} ± {deviation:.2f} after the patterns").format(
            name=name, mean=found.mean, deviation=found.deviation
        )

    def legend(self) -> Content:
        """Return the keys."""
        keys = keys_of(self)
        text = _("{arrows} other unit · {intent} direction of an intent · {again} the unit again")
        text = text.format(
            arrows=keys.signs("panel.unit.before", "panel.unit.after"),
            intent=keys.signs("panel.unit.direction"),
            again=keys.signs("panel.unit.again"),
        )
        return Content(text)

    def describe(self) -> str:
        """Return the unit's value in the message on show, or say what a direction is."""
        if self.intent is not None:
            return _("the direction of the state in which the intent's logit rises")
        shown = self.shown
        if shown is None or not shown.trace.words:
            return ""
        place = None if self._word is None else shown.place(self._word)
        word = len(shown.trace.words) - 1 if place is None else place
        return value_at(shown.trace, word, self.unit, self.explanation)

    def _drawn(self) -> list[Text]:
        found = self.portrait
        if found is None:
            return [Text("…", self.style("muted"))]
        head = self.style("word")
        return [
            Text(_("words that raise it, on average"), head),
            *(self._effect(effect) for effect in found.raised_by),
            Text(_("words that lower it"), head),
            *(self._effect(effect) for effect in found.lowered_by),
            Text(_("intents it counts for"), head),
            *(self._intent(*entry) for entry in found.speaks_for[:SHOWN_INTENTS]),
            Text(_("and against"), head),
            *(self._intent(*entry) for entry in reversed(found.speaks_for[-SHOWN_INTENTS:])),
            Text(_("patterns that drive it highest"), head),
            *(self._driven(driven) for driven in found.highest),
            Text(_("and lowest"), head),
            *(self._driven(driven) for driven in found.lowest),
        ]

    def _effect(self, effect: WordEffect) -> Text:
        kind = "for" if effect.change > 0 else "against"
        text = Text().append(f"  {effect.change:+.2f}  ", self.style(kind))
        text.append(shorten(effect.word, self.size.width - 20))
        times = ngettext("{count} time", "{count} times", effect.times)
        return text.append(f"  {times.format(count=effect.times)}", self.style("muted"))

    def _intent(self, intent: str, rise: float) -> Text:
        text = Text().append(f"  {rise:+.2f}  ", self.style("for" if rise > 0 else "against"))
        return text.append(shorten(intent, self.size.width - 10))

    def _driven(self, driven: Driven) -> Text:
        text = Text(
            f"  {driven.value:+.2f}  ", self.style("for" if driven.value > 0 else "against")
        )
        text.append(driven.word, self.style("word"))
        rest = _("in “{pattern}” ({intent})").format(pattern=driven.pattern, intent=driven.intent)
        return text.append(
            shorten(f" {rest}", max(self.size.width - len(text), 3)), self.style("muted")
        )


def _portrait(work: PanelWork, bot: Chatbot, unit: int, intent: str | None) -> Portrait:
    # Not at start-up: it imports NumPy.
    from chatbot.insight import direction_of_intent, direction_of_unit, portrait

    weights = bot.model.weights
    direction = (
        direction_of_unit(weights, unit)
        if intent is None
        else direction_of_intent(weights, bot.reader.classifier.intents.index(intent))
    )
    return portrait(work.patterns(bot), direction)
