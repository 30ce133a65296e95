"""Evaluations of the app: starting one, watching it, keeping its result."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from chatbot.tui.messages import EvaluationNews

if TYPE_CHECKING:
    from chatbot.quality import EvaluationRecord
    from chatbot.tui.app import ChatbotApp
    from chatbot.tui.jobs import Evaluating


class Evaluations:
    """Owns the evaluation under way and the latest result."""

    def __init__(self, app: ChatbotApp) -> None:
        self._app = app
        self.latest: EvaluationRecord | None = None
        """The latest record of the latest evaluation."""
        self._is_running = False
        self._process: Evaluating | None = None
        """As soon as there is one."""

    def show(self) -> None:
        """Show the evaluation of the file, or start one where there is none yet."""
        from chatbot.tui.screens import EvaluateScreen

        if self.latest is None:
            self.start(with_learning_curve=False)
        self._app.push_screen(EvaluateScreen(self.latest, intents=self._app.locations.intents))

    def start(self, *, with_learning_curve: bool, test: Path | None = None) -> None:
        """Evaluate the file as it is now, or the model on a test file, unless one is under way."""
        if not self._is_running:
            self._is_running, self.latest = True, None
            run = self._run(with_learning_curve=with_learning_curve, test=test)
            self._app.run_worker(run, group="evaluate", exclusive=True, exit_on_error=False)

    async def _run(self, *, with_learning_curve: bool, test: Path | None) -> None:
        from chatbot.tui.jobs import Evaluating

        self._process = await Evaluating.start(
            self._app.locations, with_learning_curve=with_learning_curve, test=test
        )
        async for record in self._process.records():
            self._app.post_message(EvaluationNews(record))

    def forget(self) -> None:
        """Forget a result that is of other patterns."""
        if not self._is_running:
            self.latest = None

    def cancel(self) -> None:
        """Kill the evaluation; it has changed nothing."""
        if self._process is not None:
            self._process.cancel()

    async def stop(self) -> None:
        """Take the evaluation down with the app."""
        if self._process is not None:
            await self._process.stop()

    def take(self, record: EvaluationRecord) -> None:
        """Take the next record of the evaluation under way."""
        from chatbot.quality import Evaluated, EvaluationProgress
        from chatbot.tui.screens import EvaluateScreen

        self.latest = record
        if not isinstance(record, EvaluationProgress):
            self._is_running, self._process = False, None
        if not self._app.screen_stack:
            return  # the app is closing
        watching = [
            screen for screen in self._app.screen_stack if isinstance(screen, EvaluateScreen)
        ]
        for screen in watching:
            screen.show(record)
        if isinstance(record, Evaluated) and not watching:
            self._app.notify(
                f"{record.accuracy:.1%} right. The menu's Evaluate shows where not.",
                title="The evaluation is done",
                markup=False,
            )
