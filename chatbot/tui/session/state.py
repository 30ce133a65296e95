"""The session: one place for each thing that is true of the whole app, and one writer for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.dom import DOMNode
from textual.signal import Signal

from chatbot.common import Locations
from chatbot.tui.jobs import Running

if TYPE_CHECKING:
    from chatbot.conversation import Chatbot
    from chatbot.quality import EvaluationRecord
    from chatbot.tui.session.courses import EvaluationCourse, TrainingCourse
    from chatbot.tui.session.files import FileStates
    from chatbot.versions import Record


class Session:
    """The bot, the paths and the jobs of one run of the app.

    Screens read it and subscribe to its signals. Only the app's handlers write it; a job's
    course through the flow of the job.
    """

    def __init__(self, owner: DOMNode, locations: Locations) -> None:
        """Take the paths, and the app whose end is the end of the signals."""
        self.locations = locations
        self.training_job: Running[Record] = Running()
        self.evaluation_job: Running[EvaluationRecord] = Running()
        self.bot_changed: Signal[Chatbot] = Signal(owner, "bot changed")
        self.training_changed: Signal[TrainingCourse | None] = Signal(owner, "training changed")
        self.files_seen: Signal[FileStates] = Signal(owner, "files seen")
        """Published at every look at the files, whether or not they have changed: who could not
        act on a change (a dialog is open) sees it again."""
        self._bot: Chatbot | None = None
        self._training: TrainingCourse | None = None
        self._evaluation: EvaluationCourse | None = None

    @property
    def bot(self) -> Chatbot | None:
        """The bot that answers; None while there is none."""
        return self._bot

    def use(self, bot: Chatbot) -> None:
        """Let another bot answer from now on."""
        self._bot = bot
        self.bot_changed.publish(bot)

    def switch(self, locations: Locations) -> None:
        """Go to another bot: nothing is known of it yet. Its jobs are those of nobody else."""
        self.locations = locations
        self._bot = None
        self._evaluation = None
        self.set_training(None)

    @property
    def training(self) -> TrainingCourse | None:
        """The training under way, or the latest; None where there is none to show."""
        return self._training

    def set_training(self, course: TrainingCourse | None) -> None:
        """Keep how far the training is."""
        self._training = course
        self.training_changed.publish(course)

    @property
    def evaluation(self) -> EvaluationCourse | None:
        """The evaluation under way, or the latest; None where there is none to show."""
        return self._evaluation

    def set_evaluation(self, course: EvaluationCourse | None) -> None:
        """Keep how far the evaluation is."""
        self._evaluation = course

    async def stop(self) -> None:
        """End the jobs that run, and wait until they are gone."""
        await self.evaluation_job.stop()
        await self.training_job.stop()
