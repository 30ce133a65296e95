"""The side panel: which message is shown, its heat map, the legend and the value at the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import var
from textual.widgets import Static

from chatbot.tui import palette
from chatbot.tui.text import shorten, shown
from chatbot.tui.widgets.heat_map import CHANGE, MARGIN, HeatMap

if TYPE_CHECKING:
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
        &.-empty HeatMap { display: none; }
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
    def trace(self) -> Trace | None:
        """What is shown."""
        return self.map.trace

    def show(self, trace: Trace | None, what: str) -> None:
        """Show a trace; `what` says which message it is ("typing", "message 3")."""
        self._what = what
        self.set_class(trace is None or not trace.words, "-empty")
        self.map.show(trace)
        self._title()

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
        text = "Hidden state"
        if trace is not None:
            quoted = " ".join(shown(trace.message).split())
            text += f" · {self._what}: “{quoted}”" if quoted else ""
        width = max(self.size.width, 10)
        mark = " [pinned: F9 frees it]" if self.pinned else ""
        self.query_one("#panel-title", Static).update(
            Content(shorten(text, width - len(mark)) + mark)
        )
        columns = self.map.columns()
        head = " " * MARGIN + "word".ljust(columns.word + 1) + "answer so far".ljust(columns.answer)
        self.query_one("#panel-columns", Static).update(Content(f"{head} {'change':>{CHANGE}}"))

    def _legend(self) -> None:
        """Draw the scale: fixed, so that messages can be compared."""
        if self.map.glyphs:
            text = Content("= −1   - −½   · 0   + ½   # 1")
        else:
            dark = self.app.current_theme.dark
            scale = [("██", palette.colour(step, dark)) for step in range(9)]
            text = Content.assemble("−1 ", *scale, " +1")
        if self.size.width >= 56:
            cell = "one unit a sign" if self.map.glyphs else "two units a cell"
            text = Content.assemble(text, f"   {cell} · ∅ unknown word")
        self.query_one("#panel-legend", Static).update(text)

    def notify_style_update(self) -> None:
        """Another theme: the scale has other colours."""
        super().notify_style_update()
        if self.is_mounted and self.size.width:
            self._legend()

    @on(HeatMap.CursorMoved)
    def _value(self, event: HeatMap.CursorMoved) -> None:
        """Say the exact value at the cursor in words."""
        event.stop()
        text = describe(self.trace, self.map.cursor)
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
