"""Training from the app: starting one, taking its records, and what becomes of its model.

The records are imported inside the functions: the start-up does not need them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from textual.app import App

from chatbot.common import _
from chatbot.tui.messages import TrainingReported
from chatbot.tui.session import Session

if TYPE_CHECKING:
    from chatbot.versions import Record, Used


class Trainings:
    """Starts trainings and tells how they end."""

    def __init__(self, app: App[Any], session: Session) -> None:
        self._app = app
        self._session = session

    def show(self) -> None:
        """Show the training under way or the model that waits; without either start a training."""
        from chatbot.tui.screens import TrainScreen

        self.begin()
        if not isinstance(self._app.screen, TrainScreen):
            self._app.push_screen(TrainScreen(self._session))

    def begin(self) -> None:
        """Start a training, unless one is under way or a model waits for a decision."""
        from chatbot.tui.session import TrainingCourse

        course = self._session.training
        if course is None or not (course.is_running or course.waiting):
            self._session.set_training(TrainingCourse())
            self._app.run_worker(self._run(), group="train", exclusive=True, exit_on_error=False)

    async def _run(self) -> None:
        from chatbot.tui.jobs import TrainingProcess

        await self._session.training_job.run(
            TrainingProcess.start(self._session.locations, self._session.settings),
            lambda record: self._app.post_message(TrainingReported(record)),
        )

    def take(self, record: Record) -> None:
        """Take the next record of the training under way."""
        from chatbot.tui.screens import TrainScreen
        from chatbot.tui.session import TrainingCourse
        from chatbot.versions import Failed, Saved, report

        course = (self._session.training or TrainingCourse()).after(record)
        self._session.set_training(course)
        if not self._app.screen_stack or isinstance(self._app.screen, TrainScreen):
            return  # the app is closing, or somebody is watching
        if isinstance(record, Failed):
            self._app.notify(
                record.message, title=_("No new model"), severity="error", markup=False
            )
        elif isinstance(record, Saved):
            worse = _("{worse} · {key} decides").format(
                worse=report.got_worse(record), key=self._session.keys.written("retrain")
            )
            self._app.notify(
                "\n".join(report.summary(record)),
                title=_("The new model answers now") if record.answers else worse,
                severity="information" if record.answers else "warning",
                markup=False,
            )

    def decline(self) -> None:
        """Let the old model go on answering; the new one stays among the versions."""
        course = self._session.training
        if course is None or course.waiting is None:
            return
        number = course.waiting.version
        self._session.set_training(None)
        self._app.notify(
            _("The new one is kept as version {number}.").format(number=number),
            title=_("The old model still answers"),
            markup=False,
        )

    def version_used(self, used: Used) -> None:
        """Note that the model that waited answers now, or another version instead of it."""
        course = self._session.training
        if course is None or course.waiting is None:
            return
        if course.waiting.version == used.version.number:
            course = course.after(replace(course.waiting, answers=True))
        else:
            course = None
        self._session.set_training(course)
