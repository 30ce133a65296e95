"""What an action is asked, and what it gives back: the whole of what a plug-in needs to know."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from chatbot.common import ChatbotError


class ActionError(ChatbotError):
    """What an action cannot do, in words for the person who asked: it becomes the reply.

    Where it lacks a slot, `asks` names it: the reply is then a question, and a message that says
    the slot completes the answer.
    """

    def __init__(self, message: str, asks: str = "") -> None:
        super().__init__(message)
        self.asks = asks


@dataclass(frozen=True, slots=True)
class Asked:
    """A message that an intent with an action was found for."""

    message: str
    intent: str
    slots: Mapping[str, str]
    """What is known, by name of the slot: of this message, or remembered from earlier ones."""
    now: datetime
    """The local time."""
    language: str
    """Code of the interface's language, such as "en"."""
    before: str = ""
    """The message before, where it was for the same intent: "and 10 miles?" goes on from it."""


@dataclass(frozen=True, slots=True)
class Later:
    """Something to say after a while."""

    seconds: float
    text: str


@dataclass(frozen=True, slots=True)
class Done:
    """What an action found."""

    result: str
    """Fills `{result}` in the reply; an intent without replies answers with it."""
    values: Mapping[str, str] = field(default_factory=dict)
    """Fill other slots of the reply, by name."""
    later: Later | None = None
    calls_off: bool = False
    """Whether nothing is said any more that was promised before."""


RESULT = "result"
"""The slot of a reply that an action fills."""

Action = Callable[[Asked], "Done | str"]
"""A text is `Done` with that result. It may raise ActionError."""

_Function = TypeVar("_Function", bound=Action)


def fills(*names: str) -> Callable[[_Function], _Function]:
    """Declare the slots of a reply that an action fills besides `{result}`.

    Of an action that declares none, nobody can know: any {name} in its replies is let be.
    """

    def declare(function: _Function) -> _Function:
        setattr(function, FILLS, frozenset(names))
        return function

    return declare


FILLS = "fills"
"""The attribute of a function that says it."""
