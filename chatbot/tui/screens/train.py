"""The training screen: shows the training of the session, and asks the app to end it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, ProgressBar, Static

from chatbot.common import N_, _, percent
from chatbot.tui.actions import bindings
from chatbot.tui.closing import ClosingScreen
from chatbot.tui.fields import Page
from chatbot.tui.session import Session, TrainingCourse, key_of
from chatbot.tui.text import shown_path
from chatbot.tui.widgets import KeyFooter, LossCurve, file_title
from chatbot.versions import Failed, Progress, Saved, report

REDRAW_SECONDS = 1 / 15
"""Records come by the hundred a second; nobody reads faster than this."""
FACT_WIDTH = 20
GOES_ON = N_("The training goes on after {key}, and the old model keeps answering.")
FIRST = N_("No model yet. The training goes on after {key}; messages wait for it.")


class TrainScreen(ClosingScreen[None]):
    """Shows a training under way, and then what it achieved or why it failed."""

    CSS_PATH = "train.tcss"
    # Nothing has focus while a training runs: an Enter typed by habit must not cancel it.
    AUTO_FOCUS = ""
    VERTICAL_BREAKPOINTS = [(0, "-short"), (24, "-tall")]
    PLACE = "train"
    BINDINGS = bindings(PLACE)

    class CancelRequested(Message):
        """The person wants the training stopped."""

    class RetryRequested(Message):
        """The person wants another training after a failed one."""

    @dataclass
    class Decided(Message):
        """The person has decided about a model whose answers got worse."""

        use: bool

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._drawn = TrainingCourse()
        """The course as it was drawn last."""

    def compose(self) -> ComposeResult:
        """Lay out every state's widgets; the style sheet shows those of the state at hand."""
        yield Static(self._title(), id="title")
        with Page(id="body"):
            yield Static(id="headline", markup=False)
            with Horizontal(id="progress"):
                yield ProgressBar(show_percentage=False, show_eta=False)
                yield Static(id="eta", markup=False)
            yield Static(id="facts", markup=False)
            yield LossCurve()
        with Vertical(id="foot"):
            yield Static(id="hint", markup=False)
            with Horizontal(id="buttons"):
                yield Button(_("Cancel"), id="cancel", compact=True)
                yield Button(_("Retry"), id="retry", compact=True, variant="primary")
                yield Button(_("Keep the old model"), id="keep", compact=True, variant="primary")
                yield Button(_("Use the new model anyway"), id="use", compact=True)
                yield Button(_("Back"), id="back", compact=True)
        yield KeyFooter()

    def on_mount(self) -> None:
        """Draw what is known, then look for news at a steady pace."""
        self._draw()
        self.set_interval(REDRAW_SECONDS, self._draw_news)

    @property
    def _course(self) -> TrainingCourse:
        """The training under way, or the latest."""
        return self._session.training or TrainingCourse()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done now: cancel what runs, retry what failed."""
        if action == "cancel_training":
            return self._course.is_running
        if action == "retry":
            return isinstance(self._course.end, Failed)
        if action in ("use", "keep"):
            return self._course.waiting is not None
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
        """Ask the app for another training."""
        self.post_message(self.RetryRequested())

    @on(Button.Pressed, "#use")
    def action_use(self) -> None:
        """Let the new model answer, although some answers got worse."""
        self.post_message(self.Decided(use=True))

    @on(Button.Pressed, "#keep")
    def action_keep(self) -> None:
        """Let the old model go on answering, and go back to the conversation."""
        self.post_message(self.Decided(use=False))
        self.dismiss()

    def _title(self) -> Content:
        return file_title(_("Training on {file}"), self._session.locations.intents)

    def _draw_news(self) -> None:
        if self._course != self._drawn:
            self._draw()

    def _draw(self) -> None:
        """Bring every widget up to date with the course of the training."""
        before, course = self._drawn, self._course
        self._drawn, end = course, course.end
        self.set_class(isinstance(end, Saved), "-finished")
        self.set_class(course.waiting is not None, "-waiting")
        self.set_class(isinstance(end, Failed), "-failed")
        self.set_class(not course.points, "-empty")
        is_first = self._session.bot is None
        self.query_one("#headline", Static).update(_headline(course, is_first=is_first))
        hint = _(FIRST if is_first else GOES_ON)
        self.query_one("#hint", Static).update(hint.format(key=key_of(self, "train.back")))
        self.query_one("#facts", Static).update(_facts(course.latest))
        self.query_one("#eta", Static).update(_how_far(course))
        self.query_one(ProgressBar).update(
            total=None if course.share is None else 100, progress=100 * (course.share or 0)
        )
        curve = self.query_one(LossCurve)
        curve.points = course.points
        curve.held_out = end.metrics.held_out_accuracy if isinstance(end, Saved) else None
        if end != before.end:
            self.refresh_bindings()
            self._focus_next_step(course)

    def _focus_next_step(self, course: TrainingCourse) -> None:
        """Give Enter to what is safe to do next; to nothing while the training runs."""
        if course.is_running:
            self.set_focus(None)
        elif course.waiting is not None:
            self.query_one("#keep").focus()
        else:
            self.query_one("#back" if isinstance(course.end, Saved) else "#retry").focus()


def _headline(course: TrainingCourse, *, is_first: bool) -> Content:
    """Return the state in plain words: one line in bold, then what it means.

    `is_first` says that there is no model yet.
    """
    latest, end = course.latest, course.end
    if isinstance(end, Saved) and end.answers:
        first = _("The new model answers from now on")
        where = _("Version {version}, in {model}").format(
            version=end.version, model=shown_path(Path(end.model))
        )
        rest = "\n".join([*report.figures(end), *report.changes(end.answer_changes), where])
    elif isinstance(end, Saved):
        first = _("{worse}: the old model answers until you decide").format(
            worse=report.got_worse(end)
        )
        rest = "\n".join([*report.changes(end.answer_changes), *report.figures(end)])
    elif isinstance(end, Failed):
        first, rest = _("No new model"), end.message
    elif latest is None:
        first, rest = _("Getting ready"), _("Loading PyTorch takes a few seconds.")
    elif latest.phase == "small edit" and latest.step < latest.steps:
        first = _("Learning a small edit")
        rest = _("The model that answers learns it; it knows the rest already.")
    elif latest.phase == "reading":
        first = _("Reading: {done:,} of {all:,} patterns").format(
            done=latest.step, all=latest.steps
        )
        rest = _("A training that ends early goes on from there the next time.")
    elif latest.phase == "held-out":
        first = _("Phase 1 of 2: learning with some patterns held out")
        rest = _("They are used afterwards to measure how good it is.")
    elif latest.step >= latest.steps:
        first = _("Saving")
        rest = "" if is_first else _("Comparing the new model with the old one.")
    elif course.points[0].phase == "held-out":
        first = _("Phase 2 of 2: learning all patterns")
        rest = _("Nothing is held out any more.")
    else:
        first = _("The only phase: learning all patterns")
        rest = _("There are too few to hold any out for measuring.")
    return Content.assemble((first, "bold"), "\n", (rest, "$foreground"))


def _facts(latest: Progress | None) -> Content:
    """Return the numbers of the moment, in aligned lines."""
    epoch = loss = accuracy = "–"
    if latest is not None and latest.phase != "reading":
        epoch = _("{epoch} of at most {epochs}").format(epoch=latest.epoch, epochs=latest.epochs)
        loss = f"{latest.loss:.3f}"
        if latest.held_out_accuracy is not None:
            accuracy = percent(latest.held_out_accuracy)
        elif latest.phase != "held-out":
            accuracy = _("not measured in this phase")
    rows = [(_("Epoch"), epoch), (_("Loss"), loss), (_("Held-out accuracy"), accuracy)]
    width = max(FACT_WIDTH, *(len(name) + 2 for name, _value in rows))
    return Content("\n").join(
        Content.assemble((f"{name:<{width}}", "$foreground-muted"), value) for name, value in rows
    )


def _how_far(course: TrainingCourse) -> str:
    """Return how much is done, and the time left as the longest that it can be."""
    if course.latest is None or course.share is None:
        return ""
    seconds = max(round(course.latest.eta_seconds), 0)
    left = (
        _("at most {seconds} s").format(seconds=seconds)
        if seconds < 100
        else _("at most {minutes} min").format(minutes=-(-seconds // 60))
    )
    return f"{percent(course.share)} · {left}"
