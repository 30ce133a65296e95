"""The part of the app that models go through: trainings, versions and evaluations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from chatbot.common import _
from chatbot.tui import messages
from chatbot.tui.flows.ending import OrderlyApp

if TYPE_CHECKING:
    from chatbot.tui.screens import EvaluateScreen, TrainScreen, VersionsScreen
    from chatbot.tui.session import Session


class AppWithModels(OrderlyApp):
    """Passes what happens to models on to the flows that train, keep and evaluate them."""

    session: Session

    # ---- training

    def action_retrain(self) -> None:
        """Start a training of the file on disk, or show the one under way."""
        editor = self.flows.navigation.editor_on_top
        if editor is not None and editor.has_unsaved_changes:
            self.flows.navigation.when_saved(editor, self.flows.trainings.show)
        else:
            self.flows.trainings.show()

    @on(messages.TrainingReported)
    def _training_reported(self, event: messages.TrainingReported) -> None:
        self.flows.trainings.take(event.record)
        if self.session.training and self.session.training.end:
            self.flows.watching.look_at_files()  # a new model answers at once

    def on_train_screen_cancel_requested(self) -> None:
        """Kill the training."""
        self.session.training_job.cancel()

    def on_train_screen_retry_requested(self) -> None:
        """Start again after a failure."""
        self.action_retrain()

    def on_train_screen_decided(self, event: TrainScreen.Decided) -> None:
        """Use a model that answers worse here or there, or leave it among the versions."""
        course = self.session.training
        if not event.use:
            self.flows.trainings.decline()
        elif course is not None and course.waiting is not None:
            self.flows.versions.use(course.waiting.version, with_intents=False)

    # ---- versions

    def action_versions(self) -> None:
        """Show the trainings that are kept."""
        self.flows.navigation.open_versions()

    def on_versions_screen_use_requested(self, event: VersionsScreen.UseRequested) -> None:
        """Go to a version."""
        self.flows.versions.use(event.number, with_intents=event.with_intents)

    @on(messages.VersionFailed)
    def _version_failed(self, event: messages.VersionFailed) -> None:
        self.notify(event.problem, title=_("Nothing was changed"), severity="error", markup=False)

    @on(messages.VersionUsed)
    def _version_used(self, event: messages.VersionUsed) -> None:
        self.flows.trainings.version_used(event.used)
        self.flows.watching.look_at_files()
        self.flows.versions.tell(event.used)

    # ---- evaluation

    def action_evaluate(self) -> None:
        """Show the evaluation of the file, or start one where there is none yet."""
        self.flows.navigation.back_to_chat(self.flows.evaluations.show)

    @on(messages.EvaluationReported)
    def _evaluation_reported(self, event: messages.EvaluationReported) -> None:
        self.flows.evaluations.take(event.record)

    def on_evaluate_screen_cancel_requested(self) -> None:
        """Kill the evaluation."""
        self.session.evaluation_job.cancel()

    def on_evaluate_screen_start_requested(self, event: EvaluateScreen.StartRequested) -> None:
        """Evaluate the file as it is now, or the model on a test file."""
        self.flows.evaluations.start(with_learning_curve=event.with_learning_curve, test=event.test)
