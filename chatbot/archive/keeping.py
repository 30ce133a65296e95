"""The archive as the program sees it: keep turns, list, search, open, rename, delete."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from chatbot.archive import asking, files, rows, writing
from chatbot.archive.errors import ArchiveError, GoneError
from chatbot.archive.records import Conversation, Correction, Found, KeptTurn, Place, TurnToKeep
from chatbot.archive.terms import terms
from chatbot.common import _
from chatbot.conversation import NOTHING, Remembered

if TYPE_CHECKING:
    import sqlite3

    from chatbot.archive.database import Database

PAGE = 50
"""Rows that are read at once unless asked otherwise: more than a screen shows."""


def _now() -> datetime:
    return datetime.now(UTC)


class Archive:
    """Conversations in a file. Made at once, opened when it is first used.

    Any thread may call any method: there is one connection, and a lock around each call. All of
    them may wait for the disk and, up to `BUSY_SECONDS`, for another window that writes, so an
    interface calls them in a worker. Each raises ArchiveError, which names the file and the remedy.
    """

    def __init__(self, path: Path | None = None, now: Callable[[], datetime] = _now) -> None:
        """Take the file, by default the user's own, and the clock, which gives aware times."""
        self.path = files.archive_file() if path is None else path
        self._now = now
        self._lock = threading.RLock()
        self._database: Database | None = None
        self._notes: list[str] = []

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def open(self) -> tuple[str, ...]:
        """Open the file, if it is not open, and return what a person should be told about it.

        That a damaged file was set aside, and where it is; that searching is slow without FTS5.
        """
        with self._lock:
            self._opened()
            return tuple(self._notes)

    def close(self) -> None:
        """Close the file; the next call opens it again."""
        with self._lock:
            if self._database is not None:
                self._database.close()
                self._database = None

    def append(
        self,
        conversation: int | None,
        bot: Path,
        turn: TurnToKeep,
        remembered: Remembered = NOTHING,
    ) -> Place:
        """Keep a turn, and what is remembered after it; return where it is.

        Without a conversation, or with one that has been deleted since, a new one is begun: nothing
        is written before there is a first turn.
        """
        new = writing.prepared(turn)
        with self._writing() as (connection, with_index):
            time = rows.milliseconds(self._now())
            return writing.append(
                connection, conversation, bot, new, remembered, time, with_index=with_index
            )

    def remember(self, conversation: int, remembered: Remembered) -> None:
        """Keep what is remembered in place of what was, as where somebody wants it forgotten."""
        with self._writing() as (connection, *__):
            writing.remember(connection, conversation, remembered)

    def remembered(self, conversation: int) -> Remembered:
        """Return what is remembered of a conversation, to continue it."""
        with self._reading() as (connection, *__):
            return asking.remembered(connection, conversation)

    def correct(self, turn: int, correction: Correction | None) -> None:
        """Mark a turn as corrected; None takes that back. Raises GoneError if it is gone."""
        with self._writing() as (connection, *__):
            if not writing.correct(connection, turn, correction):
                raise self._gone(
                    _(
                        "{path}: this turn is not kept any more: it was deleted in another "
                        "window. Open the list of conversations again"
                    )
                )

    def conversations(
        self, limit: int = PAGE, after: Conversation | None = None
    ) -> tuple[Conversation, ...]:
        """Return conversations, the one that changed last first; the page that follows `after`."""
        with self._reading() as (connection, *__):
            return asking.conversations(connection, limit, after)

    def conversation(self, conversation: int) -> Conversation | None:
        """Return a conversation by its number; None if it is gone."""
        with self._reading() as (connection, *__):
            return asking.one(connection, conversation)

    def turns(
        self,
        conversation: int,
        limit: int = PAGE,
        *,
        before: int | None = None,
        after: int | None = None,
    ) -> tuple[KeptTurn, ...]:
        """Return a page of a conversation, the oldest turn first; none if it is gone.

        The newest turns; with the number of a turn, the last ones `before` it or the first ones
        `after` it (0 for the beginning).
        """
        with self._reading() as (connection, *__):
            if after is not None:
                return asking.turns_after(connection, conversation, limit, after)
            return asking.newest_turns(connection, conversation, limit, before)

    def search(self, query: str, limit: int = PAGE, before: int | None = None) -> tuple[Found, ...]:
        """Return the turns whose message and reply hold every word, the newest first.

        Case and diacritics do not matter, the last word may be unfinished, and no character has a
        special meaning. `before` is the number of the last turn of the page before.
        """
        looked_for = terms(query)
        with self._reading() as (connection, with_index):
            return asking.found(connection, looked_for, limit, before, with_index=with_index)

    def rename(self, conversation: int, title: str) -> None:
        """Give a conversation another title. Raises GoneError if it is gone."""
        with self._writing() as (connection, *__):
            if not writing.rename(connection, conversation, title):
                raise self._gone(
                    _(
                        "{path}: this conversation is not kept any more: it was deleted in "
                        "another window. Open the list of conversations again"
                    )
                )

    def delete(self, conversations: Sequence[int]) -> None:
        """Delete conversations for good: text, index and log are overwritten. Seconds: 11 were
        measured at 100,000 turns on a busy machine, for one as for many.
        """
        with self._lock:
            with self._writing() as (connection, with_index):
                writing.delete(connection, conversations, with_index=with_index)
            self._opened().forget_log()

    def delete_all(self) -> None:
        """Delete every conversation for good. Files that were set aside as damaged stay."""
        with self._lock:
            with self._writing() as (connection, with_index):
                writing.delete_all(connection, with_index=with_index)
            database = self._opened()
            database.shrink()
            database.forget_log()

    def _gone(self, told: str) -> GoneError:
        return GoneError(told.format(path=self.path))

    @contextmanager
    def _reading(self) -> Iterator[tuple[sqlite3.Connection, bool]]:
        with self._using() as database, database.reading() as connection:
            yield connection, database.has_index

    @contextmanager
    def _writing(self) -> Iterator[tuple[sqlite3.Connection, bool]]:
        with self._using() as database, database.writing() as connection:
            yield connection, database.has_index

    @contextmanager
    def _using(self) -> Iterator[Database]:
        """Lend the open file to one thread; set it aside when it turns out to be damaged."""
        from chatbot.archive.database import DamagedError  # sqlite3, which start-up need not load

        with self._lock:
            database = self._opened()
            try:
                yield database
            except DamagedError as error:
                with self._disk_errors_named(), files.opening_lock(self.path):
                    note = self._set_aside(database)
                raise ArchiveError(note) from error

    def _opened(self) -> Database:
        if self._database is not None and not self._database.is_current():
            self.close()
        if self._database is None:
            from chatbot.archive.database import (  # sqlite3, which start-up need not load
                WITHOUT_FTS5,
                DamagedError,
                Database,
            )

            # Where a link leads: SQLite keeps its other files beside that.
            self.path = self.path.resolve()
            with self._disk_errors_named(), files.opening_lock(self.path):
                try:
                    self._database = Database(self.path)
                except DamagedError:
                    self._note(self._set_aside(None))
                    self._database = Database(self.path)
            if not self._database.has_index:
                self._note(_(WITHOUT_FTS5))
        return self._database

    def _set_aside(self, database: Database | None) -> str:
        """Rename the damaged file, unless another window has; return what to tell people."""
        self.close()
        kept = None
        if database is None or database.is_current():
            kept = files.set_aside(self.path)
        told = (
            _(
                "{path}: the file of the conversations was damaged. It was kept as {name}, beside "
                "it. A new one is begun: try again. What is left of the old one can be read with "
                "`sqlite3 FILE .recover`"
            )
            if kept
            else _(
                "{path}: the file of the conversations was damaged. A new one is begun: try "
                "again. What is left of the old one can be read with `sqlite3 FILE .recover`"
            )
        )
        return told.format(path=self.path, name=kept.name if kept else "")

    def _note(self, note: str) -> None:
        if note not in self._notes:
            self._notes.append(note)

    @contextmanager
    def _disk_errors_named(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise ArchiveError(
                _(
                    "{path}: the conversations cannot be kept there ({reason}). Check that the "
                    "folder exists and belongs to you"
                ).format(path=self.path, reason=error.strerror or error)
            ) from error
