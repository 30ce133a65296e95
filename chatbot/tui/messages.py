"""Messages from workers and flows to the app, whose handlers own the state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from chatbot.archive import Conversation, KeptTurn
    from chatbot.common import Locations
    from chatbot.conversation import Chatbot, Remembered
    from chatbot.intents import Intents
    from chatbot.quality import EvaluationRecord
    from chatbot.versions import Record, Used


@dataclass
class BotLoaded(Message):
    """The intents file and the model were read: the bot can answer."""

    bot: Chatbot


@dataclass
class BotFailed(Message):
    """The intents file or the model cannot be used; what answered before still answers."""

    problem: str
    """It names the remedy."""
    needs_training: bool
    """Whether all that is missing is a model."""
    intents: Intents | None = None
    """What the intents file holds, where only the model is missing."""


@dataclass
class BotSwitched(Message):
    """Another bot is to be open; what concerns the one before was posted earlier."""

    locations: Locations


@dataclass
class HistoryLoaded(Message):
    """The messages of earlier sessions were read."""

    entries: list[str]


@dataclass
class NotKept(Message):
    """Something about the file of the conversations has to be told."""

    problem: str
    """It names the file and the remedy."""


@dataclass
class ConversationRead(Message):
    """An earlier conversation was read, to be continued."""

    conversation: Conversation
    turns: tuple[KeptTurn, ...]
    turn: int | None
    """The turn to show; None for the newest."""
    remembered: Remembered
    """What its next answer may depend on."""


@dataclass
class IntentsChanged(Message):
    """The intents file holds something else than before."""

    intents: Intents
    by_us: bool
    """Whether it was saved here, and not by another program."""


@dataclass
class TrainingReported(Message):
    """The training under way reports."""

    record: Record


@dataclass
class EvaluationReported(Message):
    """The evaluation under way reports."""

    record: EvaluationRecord


@dataclass
class SettingsNotKept(Message):
    """A setting was changed and could not be written."""

    problem: str
    """It names the remedy."""


@dataclass
class VersionUsed(Message):
    """Another version of the model answers now."""

    used: Used


@dataclass
class VersionFailed(Message):
    """A version could not be used; what answered before still answers."""

    problem: str
