"""The evaluation screen: watches an evaluation that the app owns, then shows what it found."""

from __future__ import annotations

from pathlib import Path

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import (
    DataTable,
    OptionList,
    ProgressBar,
    Static,
    TabbedContent,
    TabPane,
)

from chatbot.common import N_, ChatbotError, _, likely_range, paths, percent
from chatbot.quality import (
    Advice,
    Answer,
    Evaluated,
    EvaluationFailed,
    EvaluationProgress,
    EvaluationRecord,
    IntentFigures,
    advice_on,
    report,
)
from chatbot.tui.actions import bindings
from chatbot.tui.closing import ClosingScreen
from chatbot.tui.dialogs import PageScreen, WriteScreen
from chatbot.tui.fields import Choices, Hint, Page, Table, is_still_there
from chatbot.tui.screens.evaluate_text import (
    SORTINGS,
    advice_lines,
    answer_line,
    distributions,
    headline,
    how_far,
    sorted_intents,
)
from chatbot.tui.text import shown
from chatbot.tui.widgets import KeyFooter, file_title

REDRAW_SECONDS = 1 / 10
"""Hundreds of records arrive per second; nobody reads faster than this."""

NAME_WIDTH = 20
"""Cells of the names of the figures at least."""

INTENT_COLUMNS = (
    N_("Intent"),
    N_("Precision"),
    N_("Recall"),
    N_("Likely"),
    N_("F1"),
    N_("Messages"),
)


class EvaluateScreen(ClosingScreen[None]):
    """Shows the progress of an evaluation, and then its figures, down to single messages."""

    CSS_PATH = "evaluate.tcss"
    # Nothing has the focus while it runs: an Enter typed by habit must not do anything.
    AUTO_FOCUS = ""
    PLACE = "evaluate"
    BINDINGS = bindings(PLACE)

    class CancelRequested(Message):
        """The evaluation is to be stopped."""

    class StartRequested(Message):
        """An evaluation is to be started."""

        def __init__(self, *, with_learning_curve: bool = False, test: Path | None = None) -> None:
            super().__init__()
            self.with_learning_curve = with_learning_curve
            self.test = test
            """The file of messages to test the model with, instead of cross-validation."""

    def __init__(
        self, record: EvaluationRecord | None = None, *, intents: Path | None = None
    ) -> None:
        """Take the latest record, if there is one, and the intents file that is evaluated."""
        super().__init__()
        self._record = record
        self._intents = intents
        self._sorting = 0
        self._advice: tuple[Advice, ...] = ()
        self._is_stale = False

    def compose(self) -> ComposeResult:
        """Lay out the widgets of every state; the style sheet shows those of the present one."""
        yield Static(self._title(), id="title")
        with Page(id="waiting"):
            yield Static(id="headline", markup=False)
            with Horizontal(id="progress"):
                yield ProgressBar(show_percentage=False, show_eta=False)
                yield Static(id="eta", markup=False)
            yield Hint(
                lambda keys: _("The evaluation goes on after {key}, and changes nothing.").format(
                    key=keys.written("evaluate.back")
                ),
                id="hint",
            )
        yield Static(id="overall", markup=False)
        with TabbedContent(id="views"):
            with TabPane(_("What next"), id="by-gain"):
                yield Choices(id="advice", chooses=N_("Messages"))
            with TabPane(_("Intents"), id="by-intent"):
                yield Table(id="intents", cursor_type="row", chooses=N_("Messages"))
            with TabPane(_("Confusions"), id="by-confusion"):
                yield Table(id="confusions", cursor_type="row", chooses=N_("Messages"))
            with TabPane(_("Confidence"), id="by-confidence"), Page(id="confidence"):
                yield Static(id="histogram", markup=False)
        yield KeyFooter()

    def on_mount(self) -> None:
        """Draw what is known, and redraw at a steady pace while records arrive."""
        self.query_one("#confusions", DataTable).add_columns(
            _("Times"), _("Intent"), _("Taken for")
        )
        self._draw()
        self.set_interval(REDRAW_SECONDS, self._draw_news)

    def show(self, record: EvaluationRecord) -> None:
        """Take the next record. It is drawn later, so that hundreds a second cost little."""
        self._record = record
        self._is_stale = True

    @property
    def found(self) -> Evaluated | None:
        """The result, once there is one."""
        return self._record if isinstance(self._record, Evaluated) else None

    @property
    def is_over(self) -> bool:
        """Whether nothing is running."""
        return isinstance(self._record, Evaluated | EvaluationFailed)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the actions that are possible now."""
        if action == "cancel":
            return not self.is_over
        if action in ("start", "test"):
            return self.is_over
        if action == "sort":
            return self.found is not None
        return super().check_action(action, parameters)

    def action_back(self) -> None:
        """Go back to the conversation; an evaluation that runs goes on."""
        self.dismiss()

    def action_cancel(self) -> None:
        """Ask the app to stop the evaluation."""
        self.post_message(self.CancelRequested())

    def action_start(self, with_learning_curve: bool) -> None:
        """Ask the app for an evaluation and start with an empty screen."""
        self._record = None
        self._draw()
        self.post_message(self.StartRequested(with_learning_curve=with_learning_curve))

    def action_test(self) -> None:
        """Ask for a file of messages and their intents, and for an evaluation on it."""

        def named(path: str | None) -> None:
            if path is None:
                return
            try:
                test = paths.expanded(Path(path))
            except ChatbotError as error:
                self.notify(str(error), severity="error", markup=False)
                return
            self._record = None
            self._draw()
            self.post_message(self.StartRequested(test=test))

        self.app.push_screen(WriteScreen(_("Path of a CSV or JSON file of messages")), named)

    def action_sort(self) -> None:
        """Sort the intents by the next column."""
        self._sorting = (self._sorting + 1) % len(SORTINGS)
        self.query_one("#views", TabbedContent).active = "by-intent"
        self._draw_intents()
        self.query_one("#intents").focus()

    # ---- down to the messages

    @on(OptionList.OptionSelected, "#advice")
    def _advice_chosen(self, event: OptionList.OptionSelected) -> None:
        if self._advice and is_still_there(event):
            piece = self._advice[event.option_index]
            self._open(piece.what, [("", list(piece.messages))])

    @on(DataTable.RowSelected, "#intents")
    def _intent_chosen(self, event: DataTable.RowSelected) -> None:
        intent = self._by_intent()[event.cursor_row].intent
        assert self.found is not None  # there is a row
        taken = [a for a in self.found.messages(None, intent) if not a.is_right]
        self._open(
            _("Messages of {intent}").format(intent=intent),
            [
                (
                    _("{count} taken for another intent"),
                    [a for a in self.found.wrong if a.intent == intent],
                ),
                (_("{count} of another intent, taken for this one"), taken),
                (_("{count} right"), list(self.found.messages(intent, intent))),
            ],
        )

    @on(DataTable.RowSelected, "#confusions")
    def _confusion_chosen(self, event: DataTable.RowSelected) -> None:
        assert self.found is not None  # there is a row
        one = self.found.confusions[event.cursor_row]
        title = _("{intent} taken for {other}").format(intent=one.intent, other=one.predicted)
        self._open(title, [("", list(self.found.messages(one.intent, one.predicted)))])

    def _open(self, title: str, groups: list[tuple[str, list[Answer]]]) -> None:
        """Show messages on a page, the surest answers first; a heading has their {count}."""
        parts: list[Content] = []
        for heading, answers in groups:
            if not answers:
                continue
            if heading:
                parts += [Content(""), Content.styled(heading.format(count=len(answers)), "bold")]
            parts += [answer_line(a) for a in sorted(answers, key=lambda a: -a.confidence)]
        page = Content("\n").join(parts[1:] if groups[0][0] else parts)
        self.app.push_screen(PageScreen(shown(title), page))

    # ---- drawing

    def _title(self) -> Content:
        if self._intents is None:
            return Content.styled(_("Evaluation"), "bold")
        return file_title(_("Evaluation of {file}"), self._intents)

    def _draw_news(self) -> None:
        if self._is_stale:
            self._draw()

    def _draw(self) -> None:
        """Bring every widget up to date with the latest record."""
        self._is_stale = False
        record, was_done = self._record, self.has_class("-done")
        self.set_class(isinstance(record, Evaluated), "-done")
        self.set_class(isinstance(record, EvaluationFailed), "-failed")
        self.query_one("#headline", Static).update(headline(record))
        running = record if isinstance(record, EvaluationProgress) else None
        self.query_one("#eta", Static).update(how_far(running))
        self.query_one(ProgressBar).update(
            total=None if running is None else 100, progress=100 * running.done if running else 0
        )
        if isinstance(record, Evaluated):
            self._draw_result(record)
            if not was_done:
                self.query_one("#advice").focus()
        elif was_done:
            self.set_focus(None)
        self.refresh_bindings()

    def _draw_result(self, found: Evaluated) -> None:
        figures = report.overall(found)
        width = max(NAME_WIDTH, *(len(name) + 1 for name, _value in figures))
        rows = [
            Content.assemble((f"{name:<{width}}", "$foreground-muted"), value)
            for name, value in figures
        ]
        said = [Content.styled(shown(note), "$text-primary") for note in report.notes(found)]
        self.query_one("#overall", Static).update(Content("\n").join([*rows, *said]))
        self._advice = advice_on(found)
        options = self.query_one("#advice", OptionList)
        options.clear_options()
        options.add_options(advice_lines(self._advice))
        options.highlighted = 0
        self._draw_intents()
        table = self.query_one("#confusions", DataTable)
        table.clear()
        for one in found.confusions:
            table.add_row(
                Text(f"{one.count:>5}"), Text(shown(one.intent)), Text(shown(one.predicted))
            )
        self.query_one("#histogram", Static).update(distributions(found))

    def _by_intent(self) -> list[IntentFigures]:
        """Return the intents that were asked, in the order of the table."""
        assert self.found is not None
        return sorted_intents(self.found, self._sorting)

    def _draw_intents(self) -> None:
        table = self.query_one("#intents", DataTable)
        by = SORTINGS[self._sorting][0]
        # Anew with its columns: a label that changes later is not drawn.
        table.clear(columns=True)
        table.add_columns(
            *(f"{_(name)} ▾" if name == by else f"{_(name)}  " for name in INTENT_COLUMNS)
        )
        for i in self._by_intent():
            table.add_row(
                Text(shown(i.intent)),
                Text(f"{percent(i.precision):>8}"),
                Text(f"{percent(i.recall):>6}"),
                Text(f"{likely_range(i.recall, i.support):>12}"),
                Text(f"{i.f1:>5.3f}"),
                Text(f"{i.support:>8}"),
            )
