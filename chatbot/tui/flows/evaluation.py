"""Evaluation from the app: starting one, taking its records, showing its result.

The records are imported inside the functions: the start-up does not need them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import App

from chatbot.common import _, measured
from chatbot.tui.messages import EvaluationReported
from chatbot.tui.session import Session

if TYPE_CHECKING:
    from chatbot.quality import EvaluationRecord


class Evaluations:
    """Starts evaluations and shows what they find."""

    def __init__(self, app: App[Any], session: Session) -> None:
        self._app = app
        self._session = session

    def show(self) -> None:
        """Show the evaluation of the file, or start one where there is none yet."""
        from chatbot.tui.screens import EvaluateScreen

        course = self._session.evaluation
        if course is None:
            self.start(with_learning_curve=False)
        latest = None if course is None else course.latest
        self._app.push_screen(EvaluateScreen(latest, intents=self._session.locations.intents))

    def start(self, *, with_learning_curve: bool, test: Path | None = None) -> None:
        """Evaluate the file as it is now, or the model on a test file, unless one is under way."""
        from chatbot.tui.session import EvaluationCourse

        course = self._session.evaluation
        if course is None or not course.is_running:
            self._session.set_evaluation(EvaluationCourse())
            run = self._run(with_learning_curve=with_learning_curve, test=test)
            self._app.run_worker(run, group="evaluate", exclusive=True, exit_on_error=False)

    async def _run(self, *, with_learning_curve: bool, test: Path | None) -> None:
        from chatbot.tui.jobs import EvaluationProcess

        await self._session.evaluation_job.run(
            EvaluationProcess.start(
                self._session.locations, with_learning_curve=with_learning_curve, test=test
            ),
            lambda record: self._app.post_message(EvaluationReported(record)),
        )

    def forget(self) -> None:
        """Forget a result: the patterns are others now."""
        course = self._session.evaluation
        if course is not None and not course.is_running:
            self._session.set_evaluation(None)

    def take(self, record: EvaluationRecord) -> None:
        """Take the next record of the evaluation under way."""
        from chatbot.quality import Evaluated
        from chatbot.tui.screens import EvaluateScreen
        from chatbot.tui.session import EvaluationCourse

        self._session.set_evaluation(EvaluationCourse(record))
        if not self._app.screen_stack:
            return  # the app is closing
        watching = [
            screen for screen in self._app.screen_stack if isinstance(screen, EvaluateScreen)
        ]
        for screen in watching:
            screen.show(record)
        if isinstance(record, Evaluated) and not watching:
            self._app.notify(
                _("Accuracy {measured}. Evaluate in the menu shows which were wrong.").format(
                    measured=measured(record.accuracy, len(record.answers), "messages")
                ),
                title=_("The evaluation is done"),
                markup=False,
            )
