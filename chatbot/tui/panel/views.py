"""The panel's views and the lines around them: layout, cursor, playing; not which message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import var
from textual.timer import Timer
from textual.widgets import Static

from chatbot.tui.panel.compare_view import CompareTable
from chatbot.tui.panel.gates_view import GateTable
from chatbot.tui.panel.memory_view import MemoryTable
from chatbot.tui.panel.row_table import Shown
from chatbot.tui.panel.state_view import HeatMap
from chatbot.tui.panel.unit_view import UnitTable
from chatbot.tui.text import shorten, shown

if TYPE_CHECKING:
    from chatbot.insight import Trace

EMPTY = (
    "Type a message: each word you finish is one step of the network, and its hidden state "
    "appears here."
)

VIEWS = ("state", "memory", "gates", "compare", "unit")

A_WORD_SECONDS = 0.6
"""How long a word stands while a message plays."""

View = HeatMap | MemoryTable | GateTable | CompareTable | UnitTable


class PanelViews(Vertical):
    """One of five views of a message, its title and heads above, value and legend below."""

    DEFAULT_CSS = """
    PanelViews {
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
    view: var[str] = var(VIEWS[0])
    pinned: var[bool] = var(False)

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.shown: Shown | None = None
        self._playing: Timer | None = None

    def compose(self) -> ComposeResult:
        """Title, columns, the first view, value, legend."""
        yield Static(id="panel-title")
        yield Static(id="panel-columns")
        yield HeatMap(id="view-state")
        yield Static(EMPTY, id="panel-empty", markup=False)
        yield Static(id="panel-value")
        yield Static(id="panel-legend")

    def mount_views(self) -> None:
        """Make the other views, once: the first paint does not wait for their style sheets."""
        if not self.is_attached or self.query(MemoryTable):
            return  # there already, or the app was closed meanwhile
        self.mount(
            MemoryTable(id="view-memory"),
            GateTable(id="view-gates"),
            CompareTable(id="view-compare"),
            UnitTable(id="view-unit"),
            after=self.map,
        )

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

    def watch_view(self, old: str, new: str) -> None:
        """Let the style sheet show it."""
        self.remove_class(f"-view-{old}")
        self.add_class(f"-view-{new}")

    def word_of(self, view: View) -> int | None:
        """Return the index, among all words, of the word at a view's cursor."""
        if self.shown is None or not self.shown.words:
            return None
        if isinstance(view, HeatMap):
            return None if view.cursor is None else self.shown.kept[view.cursor.word]
        return view.cursor if isinstance(view, MemoryTable | GateTable) else None

    def go_to_word(self, word: int) -> None:
        """Put the cursor of the view on show on a word, by its index among all words."""
        view = self.current
        if isinstance(view, HeatMap) and self.shown is not None:
            place = self.shown.place(word)
            view.go_to(len(self.shown.kept) - 1 if place is None else place)
        elif isinstance(view, MemoryTable | GateTable):
            view.go_to(word)

    # ---- playing

    def action_play(self) -> None:
        """Let the words come one by one; again, or any step, stops it."""
        if self._playing is not None:
            self.stop_playing()
            return
        view = self.current
        if self.trace is None or not isinstance(view, HeatMap | MemoryTable | GateTable):
            return
        if self.app.animation_level == "none":
            # Nothing moves by itself for those who asked for that: a key press is a step.
            word = self.word_of(view) or 0
            self.go_to_word(0 if word == len(self.trace.words) - 1 else word + 1)
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
        place = view.cursor.word if isinstance(view, HeatMap) and view.cursor else view.cursor
        if view.upto >= last or place != view.upto:
            self.stop_playing()
            return
        view.upto += 1
        view.go_to(view.upto)

    def stop_playing(self) -> None:
        """Show all words again."""
        if self._playing is not None:
            self._playing.stop()
            self._playing = None
            view = self.current
            if isinstance(view, HeatMap | MemoryTable | GateTable):
                view.upto = None
                view.draw()

    # ---- the lines around the view

    def on_resize(self) -> None:
        """Lay out what depends on the width."""
        self.draw_around()

    def notify_style_update(self) -> None:
        """Another theme: the scale has other colours."""
        super().notify_style_update()
        if self.is_mounted and self.size.width:
            self.draw_around()

    def draw_around(self) -> None:
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
