"""The training screen: watches a training that the app owns, and asks the app to end it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Button, Footer, ProgressBar, Static

from chatbot.tui.text import shown_path
from chatbot.tui.widgets import LossCurve, Point, with_progress
from chatbot.versions import Failed, Progress, Record, Saved, report

REDRAW_SECONDS = 1 / 15
"""Records come by the hundred a second; nobody reads faster than this."""
FACT_WIDTH = 20


class TrainScreen(Screen[None]):
    """Shows a training under way, and then what it achieved or why it failed."""

    CSS_PATH = "train.tcss"
    # Nothing has focus while a training runs: an Enter typed by habit must not cancel it.
    AUTO_FOCUS = ""
    VERTICAL_BREAKPOINTS = [(0, "-short"), (24, "-tall")]
    HELP = (
        "The model learns in a process of its own, twice: first with some patterns kept back, to "
        "measure how good it is, then with all of them. Until the very end nothing is written."
    )
    BINDINGS = [
        Binding(
            "escape",
            "back",
            "Back to the conversation",
            tooltip="The training goes on",
            id="train.back",
        ),
        Binding(
            "c",
            "cancel_training",
            "Cancel",
            tooltip="Stop the training; the old model stays",
            id="train.cancel",
        ),
        Binding("r", "retry", "Retry", tooltip="Train again from the start", id="train.retry"),
        Binding("t", "take", "Take it over", tooltip="Let the new model answer", id="train.take"),
        Binding("k", "keep", "Keep the old", tooltip="The new one is a version", id="train.keep"),
    ]

    class CancelRequested(Message):
        """The person wants the training stopped."""

    class RetryRequested(Message):
        """The person wants another training after a failed one."""

    @dataclass
    class Decided(Message):
        """The person has decided about a model whose answers got worse."""

        take_over: bool

    def __init__(self, history: Sequence[Record] = (), *, intents: Path | None = None) -> None:
        """Take the records so far, and the intents file that is being learned."""
        super().__init__()
        self._intents = intents
        self._course = _Course()
        for record in history:
            self._course = self._course.after(record)
        self._is_stale = False
        self._drawn = (False, False)
        """Whether a model waited and whether the training was over when it was drawn last."""

    def compose(self) -> ComposeResult:
        """Lay out every state's widgets; the style sheet shows those of the state at hand."""
        yield Static(self._title(), id="title")
        with VerticalScroll(id="body"):
            yield Static(id="headline", markup=False)
            with Horizontal(id="progress"):
                yield ProgressBar(show_eta=False)
                yield Static(id="eta", markup=False)
            yield Static(id="facts", markup=False)
            yield LossCurve()
        with Vertical(id="foot"):
            yield Static(
                "The old model keeps answering: press Escape to go on chatting.", id="hint"
            )
            with Horizontal(id="buttons"):
                yield Button("Cancel", id="cancel", compact=True)
                yield Button("Retry", id="retry", compact=True, variant="primary")
                yield Button("Keep the old model", id="keep", compact=True, variant="primary")
                yield Button("Take the new one over", id="take", compact=True)
                yield Button("Back to the conversation", id="back", compact=True)
        yield Footer()

    def on_mount(self) -> None:
        """Draw what is known, then look for news at a steady pace."""
        self._draw()
        self.set_interval(REDRAW_SECONDS, self._draw_news)

    def show(self, record: Record) -> None:
        """Take the next record. Cheap, as often as it may be called: drawing comes later."""
        self._course = self._course.after(record)
        self._is_stale = True

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done now: cancel what runs, retry what failed."""
        if action == "cancel_training":
            return self._course.end is None
        if action == "retry":
            return isinstance(self._course.end, Failed)
        if action in ("take", "keep"):
            return self._course.waits
        return super().check_action(action, parameters)

    @on(Button.Pressed, "#back")
    def action_back(self) -> None:
        """Go back to the conversation; a training that runs goes on."""
        self.dismiss()

    @on(Button.Pressed, "#cancel")
    def action_cancel_training(self) -> None:
        """Ask the app to stop the training; its Failed then says that it did."""
        self.post_message(self.CancelRequested())

    @on(Button.Pressed, "#retry")
    def action_retry(self) -> None:
        """Ask the app for another training and start with an empty screen."""
        self._course = _Course()
        self._draw()
        self.post_message(self.RetryRequested())

    @on(Button.Pressed, "#take")
    def action_take(self) -> None:
        """Let the new model answer all the same."""
        self.post_message(self.Decided(take_over=True))

    @on(Button.Pressed, "#keep")
    def action_keep(self) -> None:
        """Let the old model answer on, and go back to the conversation."""
        self.post_message(self.Decided(take_over=False))
        self.dismiss()

    def _title(self) -> Content:
        if self._intents is None:
            return Content.styled("Training", "bold")
        return Content.assemble(
            (f"Training on {self._intents.name}", "bold"),
            (f"  in {shown_path(self._intents.parent)}", "$foreground-muted not bold"),
        )

    def _draw_news(self) -> None:
        if self._is_stale:
            self._draw()

    def _draw(self) -> None:
        """Bring every widget up to date with the course of the training."""
        self._is_stale = False
        course, end = self._course, self._course.end
        state = (course.waits, end is not None)
        self.set_class(isinstance(end, Saved), "-finished")
        self.set_class(course.waits, "-waiting")
        self.set_class(isinstance(end, Failed), "-failed")
        self.set_class(not course.points, "-empty")
        self.query_one("#headline", Static).update(_headline(course))
        self.query_one("#facts", Static).update(_facts(course.latest))
        self.query_one("#eta", Static).update(_time_left(course.latest))
        share = course.share
        self.query_one(ProgressBar).update(
            total=None if share is None else 100, progress=100 * (share or 0)
        )
        self.query_one(LossCurve).points = course.points
        if state != self._drawn:
            self._drawn = state
            self.refresh_bindings()
            if end is None:
                self.set_focus(None)
            elif course.waits:
                self.query_one("#keep").focus()
            else:
                self.query_one("#back" if isinstance(end, Saved) else "#retry").focus()


@dataclass(frozen=True, slots=True)
class _Course:
    """The course of one training so far."""

    points: tuple[Point, ...] = ()
    latest: Progress | None = None
    end: Saved | Failed | None = None
    share: float | None = None
    """Done, from 0 to 1, over both phases; None before the first batch."""

    @property
    def waits(self) -> bool:
        """Whether there is a new model that somebody has to decide about."""
        return isinstance(self.end, Saved) and not self.end.answers

    def after(self, record: Record) -> _Course:
        """Return the course with the next record. Progress after an end is a new training's."""
        if not isinstance(record, Progress):
            return replace(self, end=record)
        before = self if self.end is None else _Course()
        # By time, so that the bar and the time left tell the same; and never backwards, though
        # a machine that gets busy moves the end away. 1 is for the model that is saved.
        total = record.seconds + record.eta_seconds
        share = min(record.seconds / total, 0.99) if total > 0 else 0.0
        return _Course(
            points=with_progress(before.points, record),
            latest=record,
            share=max(share, before.share or 0.0),
        )


def _headline(course: _Course) -> Content:
    """Return the state in plain words: one line in bold, then what it means."""
    latest, end = course.latest, course.end
    if isinstance(end, Saved) and end.answers:
        first = "The new model answers from now on"
        where = f"Version {end.version}, in {shown_path(Path(end.model))}"
        rest = "\n".join([*report.figures(end), *report.changes(end.answer_changes), where])
    elif isinstance(end, Saved):
        first = "Answers got worse: the old model answers until you decide"
        rest = "\n".join([*report.changes(end.answer_changes), *report.figures(end)])
    elif isinstance(end, Failed):
        first, rest = "No new model", end.message
    elif latest is None:
        first, rest = "Getting ready", "Loading PyTorch takes a few seconds."
    elif latest.phase == "small edit" and latest.step < latest.steps:
        first = "Learning a small edit"
        rest = "The model that answers goes on learning: it knows the rest."
    elif latest.phase == "held-out":
        first = "Phase 1 of 2: learning with some patterns kept back"
        rest = "They are asked afterwards, to measure honestly."
    elif latest.step >= latest.steps:
        first, rest = "Saving", "Comparing the new model with the old one."
    elif course.points[0].phase == "held-out":
        first = "Phase 2 of 2: learning all patterns"
        rest = "For as many epochs as did best in phase 1."
    else:
        first = "The only phase: learning all patterns"
        rest = "There are too few to keep any back and measure."
    return Content.assemble((first, "bold"), "\n", (rest, "$foreground"))


def _facts(latest: Progress | None) -> Content:
    """Return the numbers of the moment, in aligned lines."""
    epoch = loss = accuracy = "–"
    if latest is not None:
        epoch = f"{latest.epoch} of at most {latest.epochs}"
        loss = f"{latest.loss:.3f}"
        if latest.held_out_accuracy is not None:
            accuracy = f"{latest.held_out_accuracy:.1%}"
        elif latest.phase != "held-out":
            accuracy = "not measured in this phase"
    rows = [("Epoch", epoch), ("Loss", loss), ("Held-out accuracy", accuracy)]
    return Content("\n").join(
        Content.assemble((f"{name:<{FACT_WIDTH}}", "$foreground-muted"), value)
        for name, value in rows
    )


def _time_left(latest: Progress | None) -> str:
    """Return the time left as the longest that it can be."""
    if latest is None:
        return ""
    seconds = max(round(latest.eta_seconds), 0)
    if seconds < 100:
        return f"at most {seconds} s"
    return f"at most {-(-seconds // 60)} min"
