"""Messages between the app, its workers and its screens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from chatbot.conversation import Chatbot
    from chatbot.intents import Intents
    from chatbot.quality import EvaluationRecord
    from chatbot.versions import Record, Used


@dataclass
class BotLoaded(Message):
    """The intents file and the model are read: the bot can answer."""

    bot: Chatbot


@dataclass
class BotFailed(Message):
    """The bot cannot answer yet; the message names the remedy."""

    problem: str
    needs_training: bool
    """There is just no model yet."""


@dataclass
class HistoryLoaded(Message):
    """The messages of earlier sessions."""

    entries: list[str]


@dataclass
class IntentsChanged(Message):
    """The intents file is another one than before: saved here, or by another program."""

    intents: Intents
    by_us: bool


@dataclass
class IntentsBroken(Message):
    """Another program left an intents file that cannot be used; the old replies stay."""

    problem: str


@dataclass
class TrainingRecord(Message):
    """A training that runs reports."""

    record: Record


@dataclass
class EvaluationNews(Message):
    """An evaluation that runs reports."""

    record: EvaluationRecord


@dataclass
class VersionUsed(Message):
    """Another version of the model answers now."""

    used: Used


@dataclass
class VersionFailed(Message):
    """A version could not be taken over; what answered before answers on."""

    problem: str
