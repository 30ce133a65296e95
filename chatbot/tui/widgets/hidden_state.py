"""The side panel: which message is shown, in which view, and what is at the cursor."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import var
from textual.timer import Timer
from textual.widgets import Static

from chatbot.tui.panel_work import Compared, Explained, PanelWork, Portrayed
from chatbot.tui.text import shorten, shown
from chatbot.tui.widgets.compare_view import CompareTable
from chatbot.tui.widgets.gates_view import GateTable
from chatbot.tui.widgets.heat_map import HeatMap
from chatbot.tui.widgets.memory import MemoryTable
from chatbot.tui.widgets.row_table import Shown, ViewChanged
from chatbot.tui.widgets.unit_view import UnitTable

if TYPE_CHECKING:
    from chatbot.bot import Chatbot, Reading
    from chatbot.insight.explanation import Explanation
    from chatbot.insight.tracing import Trace
    from chatbot.tui.screens.choose import Choice

EMPTY = (
    "Type a message: each word you finish is one step of the network, and its hidden state "
    "appears here."
)

VIEWS = ("state", "memory", "gates", "compare", "unit")

A_WORD_SECONDS = 0.6
"""How long a word stands while a message plays."""

KEYS = frozenset("xanibout12345 ")
"""Characters that are keys while the panel has the focus; all others go to the prompt."""

View = HeatMap | MemoryTable | GateTable | CompareTable | UnitTable


class HiddenStatePanel(Vertical):
    """Shows one message: that being typed, the selected one, or the pinned one."""

    DEFAULT_CSS = """
    HiddenStatePanel {
        padding: 0 1;
        #panel-title { height: 1; text-style: bold; color: $text-primary; }
        #panel-columns { height: 1; color: $foreground-muted; }
        #panel-empty { height: 1fr; color: $foreground-muted; padding: 1 0; display: none; }
        HeatMap, RowTable { height: 1fr; display: none; }
        #panel-value { height: auto; min-height: 1; max-height: 2; }
        #panel-legend { height: 1; color: $foreground-muted; }
        &.-view-state HeatMap { display: block; }
        &.-view-memory MemoryTable { display: block; }
        &.-view-gates GateTable { display: block; }
        &.-view-compare CompareTable { display: block; }
        &.-view-unit UnitTable { display: block; }
        &.-empty HeatMap, &.-empty RowTable { display: none; }
        &.-empty #panel-empty { display: block; }
        &.-empty #panel-columns { display: none; }
    }
    """
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

    view: var[str] = var(VIEWS[0])
    pinned: var[bool] = var(False)

    def compose(self) -> ComposeResult:
        """Title, columns, the views, value, legend."""
        yield Static(id="panel-title")
        yield Static(id="panel-columns")
        yield HeatMap(id="view-state")
        yield MemoryTable(id="view-memory")
        yield GateTable(id="view-gates")
        yield CompareTable(id="view-compare")
        yield UnitTable(id="view-unit")
        yield Static(EMPTY, id="panel-empty", markup=False)
        yield Static(id="panel-value")
        yield Static(id="panel-legend")

    def on_mount(self) -> None:
        """Begin empty."""
        self.bot: Chatbot | None = None
        self.shown: Shown | None = None
        self.explanation: Explanation | None = None
        self._reading: Reading | None = None
        """Of the message on show, with all its words."""
        self._whole: Explanation | None = None
        """The explanation with all words on: switching some off is a look into its table."""
        self._latest: tuple[Reading | None, str, str] = (None, "", "")
        """What would be on show if nothing were pinned: reading, which message, pending word."""
        self._backwards = False
        self._work = PanelWork(self)
        self._playing: Timer | None = None
        self._set(None, "", "")

    @property
    def current(self) -> View:
        """The view on show."""
        found = self.query_one(f"#view-{self.view}")
        assert isinstance(found, HeatMap | MemoryTable | GateTable | CompareTable | UnitTable)
        return found

    @property
    def map(self) -> HeatMap:
        """The heat map."""
        return self.query_one(HeatMap)

    @property
    def memory(self) -> MemoryTable:
        """The memory view."""
        return self.query_one(MemoryTable)

    @property
    def trace(self) -> Trace | None:
        """What is shown."""
        return self.shown.trace if self.shown is not None else None

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
        from chatbot.insight.tracing import trace

        self._stop_playing()
        self._reading, self._whole, self.explanation = reading, None, None
        if reading is None or self.bot is None:
            self.shown = None
        else:
            traced = trace(self.bot, reading)
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
        self._around()

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
        return self.bot.read_words(" ".join(words), words)

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
        self._around()

    @on(Compared)
    def _compared(self, event: Compared) -> None:
        event.stop()
        if (
            self._reading is not None
            and event.comparison.left.trace.message == self._reading.message
        ):
            self.query_one(CompareTable).show(event.comparison)
            self._around()

    @on(Portrayed)
    def _portrayed(self, event: Portrayed) -> None:
        event.stop()
        unit = self.query_one(UnitTable)
        if (unit.unit, unit.intent) == (event.unit, event.intent):
            unit.show(event.portrait)
            self._around()

    @on(UnitTable.Chosen)
    def _another_unit(self, event: UnitTable.Chosen) -> None:
        event.stop()
        self._ask()
        self._around()

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
        had_focus, before = self.has_focus_within, self.current
        word = self._word_of(before)
        self._stop_playing()
        self.view = view
        if view == "unit" and self.map.cursor is not None and isinstance(before, HeatMap):
            self.query_one(UnitTable).choose(self.map.cursor.unit)
        self._draw()
        if word is not None:
            self._go_to(word)
        if had_focus:
            self.focus_view()
        self._ask()

    def watch_view(self, old: str, new: str) -> None:
        """Let the style sheet show it."""
        self.remove_class(f"-view-{old}")
        self.add_class(f"-view-{new}")

    def _word_of(self, view: View) -> int | None:
        """Return the index, among all words, of the word at a view's cursor."""
        if self.shown is None or not self.shown.words:
            return None
        if isinstance(view, HeatMap):
            return None if view.cursor is None else self.shown.kept[view.cursor.word]
        return view.cursor if isinstance(view, MemoryTable | GateTable) else None

    def _go_to(self, word: int) -> None:
        """Put the cursor of the view on show on a word, by its index among all words."""
        view = self.current
        if isinstance(view, HeatMap) and self.shown is not None:
            place = self.shown.place(word)
            view.go_to(len(self.shown.kept) - 1 if place is None else place)
        elif isinstance(view, MemoryTable | GateTable):
            view.go_to(word)

    # ---- the keys of the panel

    def action_switch_word(self) -> None:
        """Switch the word at the cursor off, or on again; the last one that is on stays."""
        word = self._word_of(self.current)
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
        from chatbot.insight.explanation import without
        from chatbot.insight.tracing import trace

        before, whole, bot = self.shown, self._whole, self.bot
        assert before is not None and bot is not None
        word = self._word_of(self.current)
        known = None
        if not off:
            known = whole
        elif whole is not None and whole.game is not None:
            known = without(bot, whole, off, self._work.patterns(bot))
        self.shown = replace(before, off=off)
        traced = known.trace if known is not None else trace(bot, self._read())
        self.shown = replace(self.shown, trace=traced)
        self.explanation = known
        self._draw()
        if word is not None:
            self._go_to(word)
        self._ask()

    def action_play(self) -> None:
        """Let the words come one by one; again, or any step, stops it."""
        if self._playing is not None:
            self._stop_playing()
            return
        view = self.current
        if self.trace is None or not isinstance(view, HeatMap | MemoryTable | GateTable):
            return
        if self.app.animation_level == "none":
            # Nothing moves by itself for those who asked for that: a key press is a step.
            word = self._word_of(view) or 0
            self._go_to(0 if word == len(self.trace.words) - 1 else word + 1)
            return
        view.upto = 0
        view.go_to(0)
        self._playing = self.set_interval(A_WORD_SECONDS, self._play_on)

    def _play_on(self) -> None:
        view = self.current
        last = view.rows - 1 if isinstance(view, MemoryTable | GateTable) else 0
        if isinstance(view, HeatMap) and view.trace is not None:
            last = len(view.trace.words) - 1
        if not isinstance(view, HeatMap | MemoryTable | GateTable) or view.upto is None:
            return
        if view.upto >= last:
            self._stop_playing()
            return
        view.upto += 1
        view.go_to(view.upto)

    def _stop_playing(self) -> None:
        if self._playing is not None:
            self._playing.stop()
            self._playing = None
            view = self.current
            if isinstance(view, HeatMap | MemoryTable | GateTable):
                view.upto = None
                view.draw()

    def action_why_not(self) -> None:
        """Ask why the answer is not another intent."""
        from chatbot.tui.screens.choose import ChooseScreen

        reading = self._reading
        if reading is None or not reading.words:
            return
        answer = self.explanation.answer if self.explanation is not None else None
        names = [ranked.intent for ranked in reading.prediction.ranking if ranked.intent != answer]
        self.action_view("memory")
        self.app.push_screen(ChooseScreen("Why not …?", names), self._asked_why_not)

    def _asked_why_not(self, choice: Choice | None) -> None:
        self.memory.why_not(None if choice is None else choice.name)
        self._around()

    def action_intent_direction(self) -> None:
        """Show what drives the direction of an intent."""
        from chatbot.tui.screens.choose import ChooseScreen

        if self.bot is None:
            return
        screen = ChooseScreen("What drives …?", self.bot.classifier.intents)
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
            self._around()

    # ---- the lines around the view

    def on_resize(self) -> None:
        """Lay out what depends on the width."""
        self._around()

    def notify_style_update(self) -> None:
        """Another theme: the scale has other colours."""
        super().notify_style_update()
        if self.is_mounted and self.size.width:
            self._around()

    @on(ViewChanged)
    def _moved(self, event: ViewChanged) -> None:
        """Say in words what is at the cursor."""
        event.stop()
        if self.map.wants_explanation and self.explanation is None:
            self._ask()
        self._around()

    def _around(self) -> None:
        """Draw the title, the heads, what is at the cursor, and the legend."""
        view = self.current
        text = view.TITLE
        if self.shown is not None and not isinstance(view, UnitTable):
            quoted = " ".join(shown(self.shown.trace.message).split())
            text += f" · {self.shown.what}: “{quoted}”" if quoted else ""
        mark = " [pinned: F9 frees it]" if self.pinned else ""
        width = max(self.size.width, 10)
        self._write("title", Content(shorten(text, width - len(mark)) + mark))
        self._write("columns", Content(view.columns()))
        said = self.map if isinstance(view, UnitTable) and view.intent is None else view
        self._write("value", Content(said.describe()))
        self._write("legend", view.legend())

    def _write(self, part: str, text: Content) -> None:
        self.query_one(f"#panel-{part}", Static).update(text)
