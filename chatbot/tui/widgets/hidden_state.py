"""The side panel: which message is shown, in which view, and what is at the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.widgets import Static

from chatbot.tui import palette
from chatbot.tui.text import shorten, shown
from chatbot.tui.widgets.heat_map import CHANGE, MARGIN, HeatMap
from chatbot.tui.widgets.memory import NUMBERS, PERCENT, MemoryTable, MemoryView

if TYPE_CHECKING:
    from chatbot.insight.explanation import Explanation
    from chatbot.insight.tracing import Trace

EMPTY = (
    "Type a message: each word you finish is one step of the network, and its hidden state "
    "appears here."
)


class HiddenStatePanel(Vertical):
    """Shows one message's trace: that being typed, the selected one, or the pinned one."""

    DEFAULT_CSS = """
    HiddenStatePanel {
        padding: 0 1;
        #panel-title { height: 1; text-style: bold; color: $text-primary; }
        #panel-columns { height: 1; color: $foreground-muted; }
        #panel-empty { height: 1fr; color: $foreground-muted; padding: 1 0; display: none; }
        HeatMap { height: 1fr; }
        #panel-value { height: auto; min-height: 1; max-height: 2; }
        #panel-legend { height: 1; color: $foreground-muted; }
        MemoryView { height: 1fr; display: none; }
        &.-memory HeatMap { display: none; }
        &.-memory MemoryView { display: block; }
        &.-empty HeatMap, &.-empty MemoryView { display: none; }
        &.-empty #panel-empty { display: block; }
        &.-empty #panel-columns { display: none; }
    }
    """

    pinned: var[bool] = var(False)

    def compose(self) -> ComposeResult:
        """Title, columns, map, value, legend."""
        yield Static(id="panel-title")
        yield Static(id="panel-columns")
        yield HeatMap(id="heat-map")
        yield MemoryView(id="memory")
        yield Static(EMPTY, id="panel-empty", markup=False)
        yield Static(id="panel-value")
        yield Static(id="panel-legend")

    def on_mount(self) -> None:
        """Begin empty."""
        self._what = ""
        self.show(None, "")

    @property
    def map(self) -> HeatMap:
        """The heat map."""
        return self.query_one(HeatMap)

    @property
    def table(self) -> MemoryTable:
        """The memory table."""
        return self.query_one(MemoryTable)

    @property
    def shows_memory(self) -> bool:
        """Whether the memory is shown, not the hidden state."""
        return self.has_class("-memory")

    def focus_view(self) -> None:
        """Give the keys to the view on show."""
        (self.table if self.shows_memory else self.map).focus()

    def next_view(self) -> None:
        """Show the other view; the keys stay in the panel if they were there."""
        had_focus = self.has_focus_within
        self.toggle_class("-memory")
        if had_focus:
            self.focus_view()
        self._title()
        self._legend()
        self._describe()

    @property
    def trace(self) -> Trace | None:
        """What is shown."""
        return self.map.trace

    def show(self, trace: Trace | None, what: str) -> None:
        """Show a trace; `what` says which message it is ("typing", "message 3")."""
        self._what = what
        self.set_class(trace is None or not trace.words, "-empty")
        self.map.show(trace)
        self.table.show(trace)
        self._title()
        self._describe()

    def explain(self, explanation: Explanation) -> None:
        """Show what was worked out about the message on show."""
        self.table.explain(explanation)
        self._title()
        self._describe()

    def watch_pinned(self) -> None:
        """Say so in the title."""
        if self.is_mounted:
            self._title()

    def on_resize(self) -> None:
        """Lay out what depends on the width."""
        self._title()
        self._legend()

    def _title(self) -> None:
        trace = self.trace
        text = "Memory" if self.shows_memory else "Hidden state"
        if trace is not None:
            quoted = " ".join(shown(trace.message).split())
            text += f" · {self._what}: “{quoted}”" if quoted else ""
        width = max(self.size.width, 10)
        mark = " [pinned: F9 frees it]" if self.pinned else ""
        self.query_one("#panel-title", Static).update(
            Content(shorten(text, width - len(mark)) + mark)
        )
        if self.shows_memory:
            self.query_one("#panel-columns", Static).update(Content(self._memory_columns()))
            return
        columns = self.map.columns()
        head = " " * MARGIN + "word".ljust(columns.word + 1) + "answer so far".ljust(columns.answer)
        self.query_one("#panel-columns", Static).update(Content(f"{head} {'change':>{CHANGE}}"))

    def _memory_columns(self) -> str:
        word, bars = self.table.widths()
        explained = self.table.explanation
        speaks = f"for {explained.answer}" if explained is not None else ""
        head = "    " + "word".ljust(word + 1)
        share = "remembered"[: bars + PERCENT].rjust(bars + PERCENT)
        return f"{head}{share} {shorten(speaks, bars + NUMBERS):>{bars + NUMBERS}}"

    def _legend(self) -> None:
        """Draw the scale: fixed, so that messages can be compared."""
        if self.shows_memory:
            text = Content("F7 hidden state · shares sum to 100 %, for and against to the logit")
            self.query_one("#panel-legend", Static).update(text)
            return
        if self.map.glyphs:
            text = Content("= −1   - −¼   · 0   + ¼   # 1")
        else:
            dark = self.app.current_theme.dark
            scale = [("██", palette.colour(step, dark)) for step in range(9)]
            text = Content.assemble("−1 ", *scale, " +1")
        if self.size.width >= 56:
            cell = "one unit a sign" if self.map.glyphs else "two units a cell"
            text = Content.assemble(text, f"   {cell} · F7 memory")
        self.query_one("#panel-legend", Static).update(text)

    def notify_style_update(self) -> None:
        """Another theme: the scale has other colours."""
        super().notify_style_update()
        if self.is_mounted and self.size.width:
            self._legend()

    @on(HeatMap.CursorMoved)
    @on(MemoryTable.CursorMoved)
    def _value(self, event: Message) -> None:
        """Say in words what is at the cursor."""
        event.stop()
        self._describe()

    def _describe(self) -> None:
        explained = self.table.explanation
        if not self.shows_memory:
            text = describe(self.trace, self.map.cursor)
        elif explained is not None and explained.trace.words:
            from chatbot.insight.explanation import sentence_of_step

            text = sentence_of_step(explained, self.table.cursor)
        else:
            text = ""
        self.query_one("#panel-value", Static).update(Content(text))


def describe(trace: Trace | None, cursor: tuple[int, int] | None) -> str:
    """Return the value at the cursor: unit, word, hidden state and the cell's gates."""
    if trace is None or cursor is None:
        return ""
    word, unit = cursor
    step = trace.steps[word]
    text = f"unit {unit} after “{trace.words[word]}”: {trace.hidden[word, unit]:+.3f}"
    if step.update_gate is not None and step.reset_gate is not None:
        text += f" · keeps {step.update_gate[unit]:.0%} · looks back {step.reset_gate[unit]:.0%}"
    elif step.forget_gate is not None and step.input_gate is not None:
        text += f" · keeps {step.forget_gate[unit]:.0%} · writes {step.input_gate[unit]:.0%}"
    return text
