"""The side panel: which message its views show, what is worked out of it, and the keys."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on
from textual.binding import Binding

from chatbot.tui.panel.compare_view import CompareTable
from chatbot.tui.panel.gates_view import GateTable
from chatbot.tui.panel.memory_view import MemoryTable
from chatbot.tui.panel.row_table import Shown, ViewChanged
from chatbot.tui.panel.state_view import HeatMap
from chatbot.tui.panel.unit_view import UnitTable
from chatbot.tui.panel.views import VIEWS, PanelViews
from chatbot.tui.panel.work import Compared, Explained, PanelWork, Portrayed

if TYPE_CHECKING:
    from chatbot.conversation import Chatbot, Reading
    from chatbot.insight import Explanation
    from chatbot.tui.dialogs import Choice

KEYS = frozenset("xanibout12345 ")
"""Characters that are keys while the panel has the focus; all others go to the prompt."""


class HiddenStatePanel(PanelViews):
    """Shows one message: that being typed, the selected one, or the pinned one."""

    BINDINGS = [
        Binding("space", "play", "Play the words", show=False),
        Binding("x", "switch_word", "Switch the word off or on", show=False),
        Binding("a", "all_words", "All words on", show=False),
        Binding("n", "why_not", "Why not another intent?", show=False),
        Binding("i", "intent_direction", "What drives an intent", show=False),
        Binding("b", "backwards", "The pinned message backwards", show=False),
        Binding("enter", "inspect", "What drives this unit", show=False),
        *(Binding(str(k), f"view('{name}')", show=False) for k, name in enumerate(VIEWS, start=1)),
    ]

    def on_mount(self) -> None:
        """Begin empty."""
        self.bot: Chatbot | None = None
        self.explanation: Explanation | None = None
        self._reading: Reading | None = None
        """Of the message on show, with all its words."""
        self._whole: Explanation | None = None
        """The explanation with all words on: switching some off is a look into its table."""
        self._latest: tuple[Reading | None, str, str] = (None, "", "")
        """What would be on show if nothing were pinned: reading, which message, pending word."""
        self._backwards = False
        self._work = PanelWork(self)
        self._set(None, "", "")
        self.call_after_refresh(self.mount_views)

    # ---- which message

    def show(self, reading: Reading | None, what: str, pending: str = "") -> None:
        """Show a message; a pinned one stays, and is compared with it.

        `what` says which message it is ("typing", "sent"), `pending` is its unfinished word.
        """
        self._latest = (reading, what, pending)
        if not self.pinned and reading is not None and reading is self._reading:
            if self.shown is not None:  # one more letter of the word that is being typed
                self.shown = replace(self.shown, what=what, pending=pending)
                self._draw()
        elif not self.pinned:
            self._set(reading, what, pending)
        elif self.view == "compare":
            self._ask()

    def _set(self, reading: Reading | None, what: str, pending: str) -> None:
        """Show a message with all its words on."""
        self.stop_playing()
        self._reading, self._whole, self.explanation = reading, None, None
        if reading is None or self.bot is None:
            self.shown = None
        else:
            from chatbot.insight import trace  # NumPy: not before the first paint

            traced = trace(self.bot.reader, reading, self.trace)
            self.shown = Shown(what, reading.words, frozenset(), pending, traced)
        self._draw()
        self._ask()

    def _draw(self) -> None:
        """Give the message to the views that show it."""
        nothing = self.shown is None or not (self.shown.words or self.shown.pending)
        self.set_class(nothing and self.view != "unit", "-empty")
        for view in {self.map, self.current}:
            if isinstance(view, HeatMap | MemoryTable | GateTable):
                view.show(self.shown)
                if self.explanation is not None:
                    view.explain(self.explanation)
        self.draw_around()

    def _ask(self) -> None:
        """Have worked out what the view on show needs and does not have."""
        bot, reading = self.bot, self._reading
        if bot is None:
            return
        if self.view == "unit":
            unit = self.query_one(UnitTable)
            unit.units = bot.model.weights.hidden_size
            if unit.portrait is None:
                self._work.portray(bot, unit.unit, unit.intent)
            return
        if reading is None or not reading.words:
            return
        if self.view == "compare":
            other = self._latest[0] if self.pinned and not self._backwards else None
            if other is not None and not other.words:
                other = None
            self._work.compare(bot, reading, other)
        elif self.explanation is None and (
            self.view != "state" or self.map.wants_explanation or self.has_focus_within
        ):
            self._work.explain(bot, self._read())

    def _read(self) -> Reading:
        """Return the reading of the words that are on."""
        assert self.bot is not None and self._reading is not None and self.shown is not None
        if not self.shown.off:
            return self._reading
        words = [self.shown.words[t] for t in self.shown.kept]
        return self.bot.reader.read_words(" ".join(words), words)

    @on(Explained)
    def _explained(self, event: Explained) -> None:
        event.stop()
        found = event.explanation
        # Another message may be on show by now; its own explanation is on the way.
        if self.trace is None or self.trace.message != found.trace.message:
            return
        if self.shown is not None and not self.shown.off:
            self._whole = found
        self.explanation = found
        for view in {self.map, self.current}:
            if isinstance(view, HeatMap | MemoryTable | GateTable):
                view.explain(found)
        self.draw_around()

    @on(Compared)
    def _compared(self, event: Compared) -> None:
        event.stop()
        if (
            self._reading is not None
            and event.comparison.left.trace.message == self._reading.message
        ):
            self.query_one(CompareTable).show(event.comparison)
            self.draw_around()

    @on(Portrayed)
    def _portrayed(self, event: Portrayed) -> None:
        event.stop()
        unit = self.query_one(UnitTable)
        if (unit.unit, unit.intent) == (event.unit, event.intent):
            unit.show(event.portrait)
            self.draw_around()

    @on(UnitTable.Chosen)
    def _another_unit(self, event: UnitTable.Chosen) -> None:
        event.stop()
        self._ask()
        self.draw_around()

    # ---- which view

    def focus_view(self) -> None:
        """Give the keys to the view on show."""
        self.current.focus()

    def on_descendant_focus(self) -> None:
        """Who steps through the units is told who owns them."""
        self._ask()

    def next_view(self) -> None:
        """Show the next view."""
        self.action_view(VIEWS[(VIEWS.index(self.view) + 1) % len(VIEWS)])

    def action_view(self, view: str) -> None:
        """Show a view; word and keys go along."""
        self.mount_views()
        had_focus, before = self.has_focus_within, self.current
        word = self.word_of(before)
        self.stop_playing()
        self.view = view
        if view == "unit" and self.map.cursor is not None and isinstance(before, HeatMap):
            self.query_one(UnitTable).choose(self.map.cursor.unit)
        self._draw()
        if word is not None:
            self.go_to_word(word)
        if had_focus:
            self.focus_view()
        self._ask()

    # ---- the keys of the panel

    def action_switch_word(self) -> None:
        """Switch the word at the cursor off, or on again; the last one that is on stays."""
        word = self.word_of(self.current)
        if self.shown is None or word is None:
            return
        off = self.shown.off ^ {word}
        if len(off) < len(self.shown.words):
            self._switch(off)

    def action_all_words(self) -> None:
        """Switch all words on."""
        if self.shown is not None and self.shown.off:
            self._switch(frozenset())

    def _switch(self, off: frozenset[int]) -> None:
        from chatbot.insight import trace, without

        before, whole, bot = self.shown, self._whole, self.bot
        assert before is not None and bot is not None
        word = self.word_of(self.current)
        known = None
        if not off:
            known = whole
        elif whole is not None and whole.game is not None:
            known = without(bot.reader, whole, off, self._work.patterns(bot))
        self.shown = replace(before, off=off)
        traced = known.trace if known is not None else trace(bot.reader, self._read())
        self.shown = replace(self.shown, trace=traced)
        self.explanation = known
        self._draw()
        if word is not None:
            self.go_to_word(word)
        self._ask()

    def action_why_not(self) -> None:
        """Ask why the answer is not another intent."""
        from chatbot.tui.dialogs import ChooseScreen

        reading = self._reading
        if reading is None or not reading.words:
            return
        answer = self.explanation.answer if self.explanation is not None else None
        names = [ranked.intent for ranked in reading.prediction.ranking if ranked.intent != answer]
        self.action_view("memory")
        self.app.push_screen(ChooseScreen("Why not …?", names), self._asked_why_not)

    def _asked_why_not(self, choice: Choice | None) -> None:
        self.memory.why_not(None if choice is None else choice.name)
        self.draw_around()

    def action_intent_direction(self) -> None:
        """Show what drives the direction of an intent."""
        from chatbot.tui.dialogs import ChooseScreen

        if self.bot is None:
            return
        screen = ChooseScreen("What drives …?", self.bot.reader.classifier.intents)
        self.app.push_screen(screen, self._chose_direction)

    def _chose_direction(self, choice: Choice | None) -> None:
        if choice is not None:
            self.action_view("unit")
            unit = self.query_one(UnitTable)
            unit.choose(unit.unit, choice.name)

    def action_inspect(self) -> None:
        """Show what drives the unit at the cursor of the heat map."""
        if isinstance(self.current, HeatMap):
            self.action_view("unit")

    def action_backwards(self) -> None:
        """Compare the pinned message with itself read backwards, or with the latest again."""
        self._backwards = not self._backwards
        self._ask()

    # ---- pinning

    def toggle_pin(self) -> None:
        """Pin the panel to what it shows, or free it."""
        if self.pinned:
            self.free()
        elif self.shown is not None and self.shown.words:
            self.pinned = True
            self._backwards = False
            self._ask()

    def free(self) -> None:
        """Show the latest message again."""
        if self.pinned:
            self.pinned = False
            self._set(*self._latest)

    def watch_pinned(self) -> None:
        """Say so in the title."""
        if self.is_mounted:
            self.draw_around()

    @on(ViewChanged)
    def _moved(self, event: ViewChanged) -> None:
        """Say in words what is at the cursor."""
        event.stop()
        if self.map.wants_explanation and self.explanation is None:
            self._ask()
        self.draw_around()
