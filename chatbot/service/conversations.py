"""The conversations of the service: kept in memory, bounded, and forgotten when nobody talks.

Only the event loop's thread may use them.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus

from chatbot.conversation import Chatbot, Dialogue
from chatbot.service.limits import CONVERSATIONS, IDLE_SECONDS
from chatbot.service.problems import RefusedError

ID_BYTES = 18
"""Of chance in an id: nobody guesses one."""


@dataclass(slots=True)
class Kept:
    """A conversation that is kept."""

    id: str
    dialogue: Dialogue
    used: float
    """When, in seconds of a clock that only goes forwards."""
    messages: int = 0
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held while a message is answered: those that come meanwhile wait here, in their order, and
    take no thread."""


class Conversations:
    """Begins, finds and forgets conversations."""

    def __init__(
        self,
        most: int = CONVERSATIONS,
        idle_seconds: float = IDLE_SECONDS,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take how many are kept at most, and for how long without a message."""
        self._most = most
        self._idle = idle_seconds
        self._now = now
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        """By their ids; the one that was used last is last."""

    def __len__(self) -> int:
        return len(self._kept)

    def begin(self, bot: Chatbot) -> Kept:
        """Begin one; if there are too many, the one that was not used for longest goes."""
        self.forget_idle()
        while len(self._kept) >= self._most:
            self._kept.popitem(last=False)
        kept = Kept(secrets.token_urlsafe(ID_BYTES), bot.conversation(), self._now())
        self._kept[kept.id] = kept
        return kept

    def find(self, name: str) -> Kept:
        """Return one by its id. Raises RefusedError where there is none."""
        self.forget_idle()
        kept = self._kept.get(name)
        if kept is None:
            raise RefusedError(
                HTTPStatus.NOT_FOUND,
                "There is no such conversation, or no longer. Begin one: POST /conversations",
            )
        return kept

    def use(self, name: str) -> Kept:
        """Return one to say something in it. Raises RefusedError where there is none."""
        kept = self.find(name)
        kept.used = self._now()
        self._kept.move_to_end(name)
        return kept

    def forget(self, name: str) -> None:
        """Forget one. Raises RefusedError where there is none."""
        self.find(name)
        del self._kept[name]

    def seconds_left(self, kept: Kept) -> float:
        """Return in how many seconds one is forgotten if nothing is said in it."""
        return max(kept.used + self._idle - self._now(), 0.0)

    def forget_idle(self) -> None:
        """Forget those in which nothing was said for too long."""
        before = self._now() - self._idle
        while self._kept and next(iter(self._kept.values())).used <= before:
            self._kept.popitem(last=False)
