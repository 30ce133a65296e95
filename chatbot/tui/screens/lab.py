"""The forgetting lab: trains RNN, LSTM and GRU on the person's own file and compares them.

The app imports it when it is first opened, not at start-up: chatbot.lab needs NumPy.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, ProgressBar, Static, Tab, Tabs

from chatbot.common import ChatbotError, _, percent
from chatbot.lab import EXAMPLE, PAGES, LabFailed, LabProgress, files, read_sentence
from chatbot.tui.actions import bindings
from chatbot.tui.closing import ClosingScreen
from chatbot.tui.dialogs import ask, start_asking
from chatbot.tui.fields import Line
from chatbot.tui.session import key_of
from chatbot.tui.widgets import KeyFooter, LabView, file_title

if TYPE_CHECKING:
    from chatbot.lab import Lab, LabRecord, Sentence
    from chatbot.tui.jobs import LabProcess


class ForgettingScreen(ClosingScreen[None]):
    """Trains the lab's networks if need be, then shows the pages; owns the training meanwhile."""

    CSS_PATH = "lab.tcss"
    AUTO_FOCUS = ""
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]
    PLACE = "lab"
    BINDINGS = bindings(PLACE)

    @dataclass
    class Recorded(Message):
        """The lab's process has sent a record."""

        record: LabRecord

    @dataclass
    class Found(Message):
        """The kept results, or None, and what is wrong with the intents file, or ""."""

        lab: Lab | None
        problem: str
        is_old: bool = False
        """Whether the file has changed while the networks learned it."""

    @dataclass
    class SentenceRead(Message):
        """Every network has read a sentence."""

        lab: Lab
        sentence: Sentence

    def __init__(self, intents: Path, sentence: str = "") -> None:
        """Take the intents file, and the sentence to begin with."""
        super().__init__()
        self._intents = intents
        self._first = " ".join(sentence.split()) or EXAMPLE
        self._lab: Lab | None = None
        self._job: LabProcess | None = None
        self._state = "looking"

    def compose(self) -> ComposeResult:
        """Lay out the widgets of every state; the style sheet shows those of the present one."""
        yield Static(file_title(_("Forgetting lab on {file}"), self._intents), id="lab-title")
        with Vertical(id="lab-wait"):
            yield Static(id="lab-headline", markup=False)
            with Horizontal(id="lab-progress"):
                yield ProgressBar(show_percentage=False, show_eta=False)
                yield Static(id="lab-eta", markup=False)
            yield Static(id="lab-facts", markup=False)
        yield Tabs(
            *(Tab(f"{n} {_(title)}", id=f"lab-tab-{n}") for n, title in enumerate(PAGES, start=1)),
            id="lab-tabs",
        )
        with VerticalScroll(id="lab-body", can_focus=False):
            yield LabView(id="lab-view")
        with Horizontal(id="lab-own"):
            yield Static(_("Your sentence"), id="lab-own-label")
            yield Line(self._first, id="lab-sentence", compact=True, select_on_focus=True)
        yield KeyFooter()

    @property
    def view(self) -> LabView:
        """The widget that draws the figures."""
        return self.query_one(LabView)

    def on_mount(self) -> None:
        """Look for results; train where there are none."""
        # Left and Right belong to the screen, unless the sentence has the focus.
        self.query_one(Tabs).can_focus = False
        self._enter("looking", _("Looking for results of this file"))
        self._look()

    async def on_unmount(self) -> None:
        """Stop a training that is still running: nothing was written."""
        if self._job is not None:
            await self._job.stop()

    # ---- from nothing to results

    @work(thread=True, exit_on_error=False, group="lab-look", exclusive=True)
    def _look(self, learned: str = "") -> None:
        """Look for results of the file as it is now, or of the one with the digest `learned`."""
        try:
            lab = files.load(learned or self._digest())
            self.post_message(self.Found(lab, "", is_old=bool(learned) and self._is_not(learned)))
        except files.NoLabError as error:
            self.post_message(self.Found(None, str(error) if learned else ""))
        except ChatbotError as error:
            self.post_message(self.Found(None, str(error)))

    def _digest(self) -> str:
        from chatbot.opening import read_intents

        return read_intents(self._intents).intents.digest

    def _is_not(self, learned: str) -> bool:
        """Return whether the file is another one now, or none."""
        try:
            return self._digest() != learned
        except ChatbotError:
            return True

    @on(Found)
    def _found(self, event: Found) -> None:
        if event.lab is not None:
            self._lab = event.lab
            self._read(self._first)
            if event.is_old:
                self.notify(
                    _("{file} has changed meanwhile. {key} trains on it as it is now.").format(
                        file=self._intents.name, key=key_of(self, "lab.retrain")
                    ),
                    markup=False,
                )
        elif event.problem:
            self._fail(event.problem)
        else:
            self._train()

    def _train(self, *, retrain: bool = False) -> None:
        self._enter("training", _("Loading PyTorch takes a few seconds"))
        self.query_one(ProgressBar).update(total=None, progress=0)
        self._run_job(retrain)

    @work(exit_on_error=False, group="lab-train", exclusive=True)
    async def _run_job(self, retrain: bool) -> None:
        from chatbot.tui.jobs import LabProcess

        self._job = await LabProcess.start(self._intents, retrain=retrain)
        async for record in self._job.records():
            self.post_message(self.Recorded(record))
        self._job = None

    @on(Recorded)
    def _recorded(self, event: Recorded) -> None:
        if isinstance(event.record, LabProgress):
            self._show_progress(event.record)
        elif isinstance(event.record, LabFailed):
            self._fail(event.record.message)
        else:
            self._look(event.record.digest)

    def _show_progress(self, record: LabProgress) -> None:
        self.query_one("#lab-headline", Static).update(
            Content.styled(record.part[:1].upper() + record.part[1:], "bold")
        )
        self.query_one(ProgressBar).update(total=record.steps, progress=record.step)
        left = f"{percent(record.step / record.steps)} · " + _("about {seconds} s").format(
            seconds=max(round(record.eta_seconds), 0)
        )
        self.query_one("#lab-eta", Static).update(left)
        loss = "" if record.loss is None else _(", loss {loss:.3f}").format(loss=record.loss)
        self.query_one("#lab-facts", Static).update(
            _(
                "Step {step} of {steps}{loss}. RNN, LSTM and GRU learn the same patterns in the "
                "same number of steps, then two deep networks. {key} leaves and cancels, "
                "once you have agreed: nothing is written before the end, and your bot's model is "
                "not changed."
            ).format(step=record.step, steps=record.steps, loss=loss, key=key_of(self, "lab.back"))
        )

    def _fail(self, problem: str) -> None:
        self._enter("failed", _("No results"))
        self.query_one("#lab-facts", Static).update(Content(problem))

    def _enter(self, state: str, headline: str) -> None:
        self._state = state
        for name in ("looking", "training", "failed", "ready"):
            self.set_class(name == state, f"-{name}")
        self.query_one("#lab-headline", Static).update(Content.styled(headline, "bold"))
        self.query_one("#lab-facts", Static).update("")
        self.query_one("#lab-eta", Static).update("")
        self.refresh_bindings()

    # ---- the sentence

    @on(Input.Submitted, "#lab-sentence")
    def _submitted(self, event: Input.Submitted) -> None:
        self.set_focus(None)
        self._first = event.value
        self._read(event.value)

    def _read(self, text: str) -> None:
        """Let every network read a sentence, in a thread."""
        if self._lab is not None:
            self.run_worker(
                partial(self._work_out, self._lab, text),
                thread=True,
                group="lab-sentence",
                exclusive=True,
                exit_on_error=False,
            )

    def _work_out(self, lab: Lab, text: str) -> None:
        self.post_message(self.SentenceRead(lab, read_sentence(lab, text)))

    @on(SentenceRead)
    def _sentence_read(self, event: SentenceRead) -> None:
        if event.sentence.message != self._first:
            return  # another one is being read by now
        if self._state != "ready":
            self._enter("ready", "")
        self.view.show(event.lab, event.sentence)

    # ---- keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done now."""
        ready = self._state == "ready"
        if action in {"turn", "page", "type"}:
            return ready
        if action == "retrain":
            return ready or self._state == "failed"
        return super().check_action(action, parameters)

    def action_back(self) -> None:
        """Leave the sentence, or else the lab; a training that runs ends with it, after asking."""
        if self.focused is not None:
            self.set_focus(None)
        elif self.has_unsaved_changes:
            start_asking(self, self._leave_training())
        else:
            self.dismiss()

    async def _leave_training(self) -> None:
        if await self.may_close():
            self.dismiss()

    @property
    def has_unsaved_changes(self) -> bool:
        """Whether networks are learning: nothing of it is written before the end."""
        return self._state == "training"

    async def may_close(self) -> bool:
        """Ask whether the networks may stop learning."""
        question = _(
            "The networks of the lab are still learning. Stop, and lose what they learned?"
        )
        return await ask(self.app, question, ("stop", _("Stop")), ("stay", _("Go on"))) == "stop"

    def action_turn(self, by: int) -> None:
        """Show the next page, or the one before."""
        self.action_page((self.view.page + by) % len(PAGES))

    def action_page(self, number: int) -> None:
        """Show a page."""
        self.query_one(Tabs).active = f"lab-tab-{number + 1}"

    @on(Tabs.TabActivated)
    def _tab(self, event: Tabs.TabActivated) -> None:
        self.view.page = int(str(event.tab.id).rpartition("-")[2]) - 1

    def action_type(self) -> None:
        """Put the focus on the sentence."""
        self.query_one("#lab-sentence").focus()

    def action_retrain(self) -> None:
        """Train again from the start."""
        self._train(retrain=True)

    def action_scroll(self, by: int) -> None:
        """Scroll by a line."""
        self.query_one("#lab-body").scroll_relative(y=by, animate=False)

    def action_scroll_page(self, by: int) -> None:
        """Scroll by a screenful."""
        body = self.query_one("#lab-body")
        body.scroll_relative(y=by * max(body.size.height - 1, 1), animate=False)

    def on_paste(self, event: events.Paste) -> None:
        """Let pasting anywhere reach the sentence."""
        if self.focused is None and self._state == "ready":
            event.stop()
            line = self.query_one(Input)
            line.value = event.text.splitlines()[0] if event.text else ""
            line.focus()
