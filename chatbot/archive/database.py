"""The connection to the archive's file: opening, transactions, and what SQLite can complain of.

One connection and a lock: statements are short, but for deletions, so threads lose little by
waiting for each other, and a damaged file has one connection to close.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from chatbot.archive import files, schema
from chatbot.archive.errors import ArchiveError
from chatbot.common import N_, _

BUSY_SECONDS = 30.0
"""How long to wait while another window writes. Its longest write is a deletion among many turns,
which
tidies the search index: with 100,000 turns 11 s were measured on a busy machine."""

WITHOUT_FTS5 = N_(
    "The SQLite of this Python has no full-text index (FTS5): a search reads every turn, which is "
    "slower, and finds the same"
)

_PRIMARY = 0xFF
"""The bits of SQLite's error codes that name the kind of error."""


class DamagedError(Exception):
    """The file is no SQLite database, or one that is damaged."""


class Database:
    """An open archive, up to date, with a search index if FTS5 is there."""

    def __init__(self, path: Path) -> None:
        """Open or create the file, under `files.opening_lock`.

        Raises ArchiveError, which names the file and the remedy, DamagedError, or OSError.
        """
        self.path = path
        files.make_private(path)
        self.identity = files.identity(path)
        self._is_spent = False
        with self._errors_named():
            self.connection = sqlite3.connect(
                path,
                timeout=BUSY_SECONDS,
                isolation_level=None,  # transactions begin where this program says so
                check_same_thread=False,  # the archive holds a lock
            )
        self.connection.text_factory = _text
        try:
            with self._errors_named():
                self._prepare()
        except BaseException:
            self.connection.close()
            raise

    def _prepare(self) -> None:
        schema.refuse_newer(self.connection, self.path)
        for setting in (
            "journal_mode = WAL",  # reading and writing do not wait for each other
            "synchronous = NORMAL",  # a power cut may take the last turns, nothing else
            "secure_delete = ON",  # what is deleted is overwritten
            "temp_store = MEMORY",  # no text in other files
        ):
            self.connection.execute(f"PRAGMA {setting}").fetchall()
        schema.migrate(self.connection)
        self.has_index = schema.has_fts5(self.connection)
        if self.has_index:
            schema.make_index(self.connection)
        # Most damage shows here, before anything is on the screen. A check of every page would
        # take a second per 200,000 turns.
        for table in ("conversations", "turns"):
            self.connection.execute(f"SELECT * FROM {table} ORDER BY id DESC LIMIT 1").fetchall()

    def is_current(self) -> bool:
        """Return whether this is still the archive.

        Another window may have set the file aside, somebody may have deleted it; or its search
        index has to be made again.
        """
        return not self._is_spent and files.identity(self.path) == self.identity

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection for statements that only read. Raises ArchiveError, DamagedError."""
        with self._errors_named():
            yield self.connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection for one transaction, all of it or nothing.

        Raises ArchiveError (also when a newer program has changed the tables since), DamagedError.
        """
        with self._errors_named():
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                schema.refuse_newer(self.connection, self.path)
                yield self.connection
                if not self.has_index:
                    schema.give_up_index(self.connection)
                self.connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):  # SQLite may have rolled back by itself
                    self.connection.execute("ROLLBACK")
                raise

    def forget_log(self) -> None:
        """Empty the write-ahead log, in which deleted text may still be.

        Another window that reads at this moment can prevent it; then the next deletion does it, or
        the last window that closes.
        """
        with suppress(sqlite3.Error):  # the deletion itself is done
            self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def shrink(self) -> None:
        """Give the space of what was deleted back to the system, unless another window is busy."""
        with suppress(sqlite3.Error):  # the deletion itself is done
            self.connection.execute("VACUUM")

    def close(self) -> None:
        """Close the connection; the last window's takes the log into the file."""
        self.connection.close()

    @contextmanager
    def _errors_named(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", 0)
            kind = code & _PRIMARY
            if code == sqlite3.SQLITE_CORRUPT_VTAB:
                # Only the search index, which is made again from the turns.
                self._is_spent = True
                with suppress(sqlite3.Error):
                    self.connection.execute("UPDATE search_index SET is_complete = 0")
                raise ArchiveError(
                    _(
                        "{path}: the search index was damaged. Try again: it is made anew, and no "
                        "conversation is lost"
                    ).format(path=self.path)
                ) from error
            if kind in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
                raise DamagedError(str(error)) from error
            if kind in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                remedy = _("another window is busy with the conversations. Try again in a moment")
            elif kind == sqlite3.SQLITE_FULL:
                remedy = _("the disk is full. Make room, then try again")
            else:
                remedy = _(
                    "the conversations could not be read or written ({error}). Check that the file "
                    "and its folder belong to you and can be written"
                ).format(error=error)
            raise ArchiveError(f"{self.path}: {remedy}") from error


def _text(data: bytes) -> str:
    """Return a text as it was given, halves of surrogate pairs included (see `rows.stored`)."""
    return data.decode("utf-8", "surrogatepass")
