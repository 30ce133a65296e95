"""Trainings of the app: starting one, watching it, and taking its model over."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chatbot.tui.messages import TrainingRecord, VersionUsed

if TYPE_CHECKING:
    from chatbot.tui.app import ChatbotApp
    from chatbot.tui.jobs import Retraining
    from chatbot.versions import Record, Saved


class Trainings:
    """Owns the training under way, and the model that waits for a decision after it."""

    def __init__(self, app: ChatbotApp) -> None:
        self._app = app
        self.history: list[Record] = []
        """The records of the latest training."""
        self.waiting: Saved | None = None
        """A new model that answers worse here or there: somebody has to decide."""
        self._process: Retraining | None = None
        self._is_running = False

    @property
    def is_running(self) -> bool:
        """Whether a training is under way."""
        return self._is_running

    def show(self) -> None:
        """Show the training under way or the model that waits; without either start a training."""
        from chatbot.tui.screens import TrainScreen

        app = self._app
        if not self._is_running and self.waiting is None:
            self.history = []
            self._is_running = True
            app.chat.show_status("training starts · F5 shows it")
            app.run_worker(self._run(), group="train", exclusive=True, exit_on_error=False)
        elif isinstance(app.screen, TrainScreen):
            return
        if isinstance(app.screen, TrainScreen):
            app.pop_screen()  # of a training that has ended
        app.push_screen(TrainScreen(self.history, intents=app.locations.intents))

    async def _run(self) -> None:
        from chatbot.tui.jobs import Retraining

        self._process = await Retraining.start(self._app.locations)
        async for record in self._process.records():
            self._app.post_message(TrainingRecord(record))

    def cancel(self) -> None:
        """Kill the training; the old model has been answering all along."""
        if self._process is not None:
            self._process.cancel()

    async def stop(self) -> None:
        """Take the training down with the app."""
        if self._process is not None:
            await self._process.stop()

    def take(self, record: Record) -> None:
        """Take the next record of the training under way."""
        from chatbot.versions import Failed, Progress, Saved

        self.history.append(record)
        if isinstance(record, Saved | Failed):
            self._process, self._is_running = None, False
        if not self._app.screen_stack:
            return  # the app is closing, and the training was cancelled with it
        watched = self._show_record(record)
        self._app.chat.show_training(record if isinstance(record, Progress) else None)
        if isinstance(record, Saved) and record.answers:
            self._app.reload_bot()
        elif isinstance(record, Saved):
            self.waiting = record
            self._app.chat.show_status("a new model waits for you · F5 shows it")
        if not watched and not isinstance(record, Progress):
            self._notify(record)

    def _show_record(self, record: Record) -> bool:
        """Bring the training screen up to date; return whether somebody is looking at it."""
        from chatbot.tui.screens import TrainScreen

        for screen in self._app.screen_stack:
            if isinstance(screen, TrainScreen):
                screen.show(record)
        return isinstance(self._app.screen, TrainScreen)

    def _notify(self, record: Record) -> None:
        from chatbot.versions import Failed, Saved, report

        if isinstance(record, Failed):
            self._app.notify(record.message, title="No new model", severity="error", markup=False)
        elif isinstance(record, Saved):
            worse = "Answers got worse · F5 decides"
            self._app.notify(
                "\n".join(report.summary(record)),
                title="The new model answers now" if record.answers else worse,
                severity="information" if record.answers else "warning",
                markup=False,
            )

    # ---- a model that waits

    def accept(self) -> None:
        """Let the model that waits answer."""
        if self.waiting is not None:
            self._app.use_version(self.waiting.version, with_intents=False)

    def decline(self) -> None:
        """Let the old model answer on; the new one stays among the versions."""
        if self.waiting is None:
            return
        number, self.waiting = self.waiting.version, None
        self._app.chat.show_training(None)
        self._app.notify(
            f"The new one is kept as version {number}.",
            title="The old model answers on",
            markup=False,
        )

    def version_used(self, event: VersionUsed) -> None:
        """Note that a version was taken over: the one that waited, or another instead of it."""
        waiting, self.waiting = self.waiting, None
        if waiting is not None:
            self._app.chat.show_training(None)
            if waiting.version == event.used.version.number:
                self.history[-1] = replace(waiting, answers=True)
                self._show_record(self.history[-1])
