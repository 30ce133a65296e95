"""Keeps the conversation: each turn is written as soon as it is answered, in a thread, in order.

What could not be written waits for the next turn; chatting never waits, and never fails by it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Any

from textual.app import App

from chatbot.archive import Archive, ArchiveError, Correction, GoneError, TurnToKeep
from chatbot.tui.messages import NotKept
from chatbot.tui.session import Session

if TYPE_CHECKING:
    from chatbot.common import Locations
    from chatbot.conversation import Remembered, Turn
    from chatbot.model import Card
    from chatbot.tui.widgets import TurnView

TRIES = 2
"""A damaged file is set aside at the first, and a new one begun at the second."""


@dataclass(eq=False, slots=True)
class Place:
    """Where a turn, or a conversation, is in the file: only the thread that writes reads it."""

    id: int | None = None
    """None until it is written."""


class Keeping:
    """Writes turns and corrections, one after the other."""

    def __init__(self, app: App[Any], session: Session, archive: Archive) -> None:
        self._app = app
        self._session = session
        self._archive = archive
        self._conversation = Place()
        self._waiting: deque[Callable[[], None]] = deque()
        self._lock = Lock()
        """Held by the thread that writes."""
        self._told: set[str] = set()
        self._versions: dict[str, int] = {}
        """Numbers of the versions that have answered, by their weights."""

    @property
    def conversation(self) -> int | None:
        """The number of the conversation on the screen; None while nothing of it is kept."""
        return self._conversation.id

    def put_away(self) -> Place:
        """Return where the conversation on the screen is kept; what follows is a new one."""
        place, self._conversation = self._conversation, Place()
        return place

    def take_up(self, place: Place) -> None:
        """Keep what follows in a conversation that was put away."""
        self._conversation = place

    def begin(self, conversation: int | None) -> None:
        """Keep what follows in another conversation: a new one, or one that is continued."""
        self._conversation = Place(conversation)

    def keep(self, turn: Turn, remembered: Remembered) -> Place | None:
        """Keep a turn, and what is remembered after it.

        Returns what it is corrected by, or None where nothing is kept.
        """
        bot = self._session.bot
        if self._session.is_private or bot is None:
            return None
        place = Place()
        locations = self._session.locations
        to_keep = partial(self._to_keep, turn, bot.model.card, locations)
        self._do(partial(self._append, self._conversation, place, to_keep, remembered, locations))
        return place

    def remember(self, remembered: Remembered) -> None:
        """Keep what is remembered of the conversation on the screen now, if it is kept."""
        if not self._session.is_private:
            self._do(partial(self._remember, self._conversation, remembered))

    def correct(self, view: TurnView, correction: Correction | None) -> None:
        """Mark a turn as corrected, or take that back, if it is kept."""
        if isinstance(view.ticket, Place) and not self._session.is_private:
            self._do(partial(self._correct, view.ticket, correction))

    def finish(self) -> None:
        """Write what waits, and close the file. It may wait for the disk."""
        self._write()
        self._archive.close()

    def _do(self, task: Callable[[], None]) -> None:
        self._waiting.append(task)
        self._app.run_worker(self._write, thread=True, group="keeping", exit_on_error=False)

    # ---- in the thread

    def _write(self) -> None:
        with self._lock:
            tries = TRIES
            while self._waiting and tries:
                try:
                    self._tell(*self._archive.open())
                    self._waiting[0]()
                except ArchiveError as error:
                    self._tell(str(error))
                    tries -= 1
                else:
                    self._waiting.popleft()

    def _tell(self, *problems: str) -> None:
        """Say what happened, each thing once."""
        for problem in problems:
            if problem not in self._told:
                self._told.add(problem)
                self._app.post_message(NotKept(problem))

    def _append(
        self,
        conversation: Place,
        place: Place,
        to_keep: Callable[[], TurnToKeep],
        remembered: Remembered,
        bot: Locations,
    ) -> None:
        kept = self._archive.append(conversation.id, bot.intents, to_keep(), remembered)
        conversation.id, place.id = kept.conversation, kept.turn

    def _remember(self, conversation: Place, remembered: Remembered) -> None:
        if conversation.id is not None:
            self._archive.remember(conversation.id, remembered)

    def _to_keep(self, turn: Turn, card: Card, bot: Locations) -> TurnToKeep:
        said = turn.parts[0].prediction if turn.parts else turn.reading.prediction
        # A value that was asked for is sure of the intent that asked, whatever the network read.
        is_other = turn.answers not in (None, said.intent)
        return TurnToKeep(
            turn.reading.message,
            turn.reply,
            turn.answers or said.intent,
            1.0 if is_other else said.confidence,
            turn.is_answered,
            self._version_of(card, bot),
        )

    def _version_of(self, card: Card, bot: Locations) -> int | None:
        """Return the number of the version that answers, as far as it is kept as one."""
        from chatbot.versions import kept  # the first answer does not wait for it (start-up)

        if card.weights_sha256 not in self._versions:
            for version in kept.listed(bot.model):
                if version.card == card:
                    self._versions[card.weights_sha256] = version.number
        return self._versions.get(card.weights_sha256)

    def _correct(self, place: Place, correction: Correction | None) -> None:
        if place.id is not None:
            with suppress(GoneError):  # deleted meanwhile: nothing is left to be marked
                self._archive.correct(place.id, correction)
