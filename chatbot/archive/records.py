"""What goes into the archive and what comes out of it: frozen, and free of SQL."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from chatbot.conversation import NOTHING, Remembered


@dataclass(frozen=True, slots=True)
class Correction:
    """What somebody said a message should have been."""

    intent: str | None
    """The tag of the right intent; None where the message is out of scope."""


@dataclass(frozen=True, slots=True)
class TurnToKeep:
    """A message and its answer, as they are handed to the archive, which adds the time."""

    message: str
    reply: str
    intent: str
    """The tag of the best intent; of an out-of-scope message the nearest one."""
    confidence: float
    """Of that intent, 0 to 1."""
    in_scope: bool
    """Whether the intent was answered, rather than the fallback."""
    model_version: int | None = None
    """The number of the version that answered; None where the model is not kept as a version."""


@dataclass(frozen=True, slots=True)
class KeptTurn:
    """A turn in the archive."""

    id: int
    """Grows with every turn that is kept, and is never used again."""
    conversation: int
    said: TurnToKeep
    time: datetime
    """When it was kept, in UTC, to the millisecond."""
    corrected: Correction | None
    """None where nobody corrected it."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation in the archive, without its turns."""

    id: int
    """Never used again, so that who still holds it after a deletion cannot meet another one."""
    title: str
    """One printable line; the beginning of the first message until somebody renames it."""
    bot: Path
    """The intents file of the bot that it began with."""
    started: datetime
    """In UTC, to the millisecond."""
    changed: datetime
    """When its newest turn was kept."""
    turns: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a turn was kept."""

    conversation: int
    turn: int


@dataclass(frozen=True, slots=True)
class Found:
    """A turn that a search found, and the conversation that it is in."""

    turn: KeptTurn
    conversation: Conversation


@dataclass(frozen=True, slots=True)
class Transcript:
    """A whole conversation, the oldest turn first."""

    conversation: Conversation
    turns: tuple[KeptTurn, ...]
    remembered: Remembered = NOTHING
    """What is kept besides: contexts, slots and an open question after the last turn."""
