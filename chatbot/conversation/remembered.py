"""What a conversation remembers from one message to the next, as it is kept and taken up again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from chatbot.conversation.entries import Lists
from chatbot.intents import Context


class Asks(NamedTuple):
    """What a reply asks for."""

    intent: str
    """The tag of the intent whose answer needs it."""
    slot: str


@dataclass(frozen=True, slots=True)
class Remembered:
    """What the next answer of a conversation may depend on."""

    contexts: tuple[Context, ...] = ()
    """What is active, and for how many more messages."""
    slots: Mapping[str, str] = field(default_factory=dict)
    """The values of slots; what was said last is last."""
    answers: str | None = None
    """The tag of the intent that the last message was answered with, or that asks for something."""
    asks: Asks | None = None
    """What the last reply asks for."""
    lists: Lists = field(default_factory=dict)
    """What is on the lists that grow with what is said."""


NOTHING = Remembered()
