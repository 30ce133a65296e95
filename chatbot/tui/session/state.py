"""The session: one place for each thing that is true of the whole app, and one writer for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.dom import DOMNode
from textual.signal import Signal

from chatbot.common import FileStates, Locations, paths
from chatbot.tui.actions import Keymap
from chatbot.tui.jobs import Running
from chatbot.tui.settings import Settings

if TYPE_CHECKING:
    from chatbot.conversation import Chatbot
    from chatbot.quality import EvaluationRecord
    from chatbot.tui.session.courses import EvaluationCourse, TrainingCourse
    from chatbot.versions import Record


class Session:
    """The bot, the paths and the jobs of one run of the app.

    Screens read it and subscribe to its signals. Only the app's handlers write it; a job's
    course through the flow of the job.
    """

    def __init__(self, owner: DOMNode, locations: Locations, *, is_private: bool = False) -> None:
        """Take the paths, and the app whose end is the end of the signals."""
        self.locations = locations
        self.is_private = is_private
        """Whether nothing that is typed is kept."""
        self.is_first_start = paths.is_first_start()
        """Whether nobody has said anything yet: a card then says how to begin."""
        self.training_job: Running[Record] = Running()
        self.evaluation_job: Running[EvaluationRecord] = Running()
        self.bot_changed: Signal[Chatbot] = Signal(owner, "bot changed")
        self.training_changed: Signal[TrainingCourse | None] = Signal(owner, "training changed")
        self.files_seen: Signal[FileStates] = Signal(owner, "files seen")
        """Published at every look at the files, whether or not they have changed: who could not
        act on a change (a dialog is open) sees it again."""
        self.settings_changed: Signal[Settings] = Signal(owner, "settings changed")
        self.keys_changed: Signal[Keymap] = Signal(owner, "keys changed")
        self._keys = Keymap()
        self._settings = Settings()
        self._bot: Chatbot | None = None
        self._training: TrainingCourse | None = None
        self._evaluation: EvaluationCourse | None = None

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self._settings

    def use_settings(self, settings: Settings) -> None:
        """Let other settings hold from now on."""
        self._settings = settings
        self.settings_changed.publish(settings)

    @property
    def keys(self) -> Keymap:
        """The keys in use."""
        return self._keys

    def use_keys(self, keys: Keymap) -> None:
        """Let other keys work from now on."""
        self._keys = keys
        self.keys_changed.publish(keys)

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
