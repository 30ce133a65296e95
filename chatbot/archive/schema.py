"""The tables of the archive: how they came to be, step by step, and the index for searching."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from chatbot.archive.errors import ArchiveError
from chatbot.archive.terms import TOKENIZER
from chatbot.common import _

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE conversations (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            title TEXT NOT NULL,
            bot TEXT NOT NULL,
            started INTEGER NOT NULL,
            changed INTEGER NOT NULL,
            turns INTEGER NOT NULL DEFAULT 0
        )""",
        "CREATE INDEX conversations_by_change ON conversations (changed, id)",
        """CREATE TABLE turns (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            conversation INTEGER NOT NULL REFERENCES conversations (id),
            time INTEGER NOT NULL,
            message TEXT NOT NULL,
            reply TEXT NOT NULL,
            intent TEXT NOT NULL,
            confidence REAL NOT NULL,
            in_scope INTEGER NOT NULL,
            model_version INTEGER,
            is_corrected INTEGER NOT NULL DEFAULT 0,
            corrected_to TEXT,
            message_words TEXT NOT NULL,
            reply_words TEXT NOT NULL
        )""",
        "CREATE INDEX turns_of_conversation ON turns (conversation, id)",
        "CREATE TABLE search_index (is_complete INTEGER NOT NULL)",
        "INSERT INTO search_index VALUES (0)",
        # Ids begin at the present time in seconds: a new file, begun because the old one was
        # damaged, must not use an id again that a window still holds.
        """INSERT INTO sqlite_sequence (name, seq)
            SELECT name, CAST(strftime('%s', 'now') AS INTEGER)
            FROM (SELECT 'conversations' AS name UNION ALL SELECT 'turns')""",
    ),
    # What is remembered after the last turn: contexts, slots, and what was asked for, as JSON.
    ("ALTER TABLE conversations ADD COLUMN remembered TEXT NOT NULL DEFAULT ''",),
)
"""Statements that lead from each version of the tables to the next. Only ever add to the end.
Times are milliseconds since 1970, UTC."""

VERSION = len(MIGRATIONS)
"""Of the tables that this program knows; SQLite keeps a file's own as its user_version."""

INDEX = f"""CREATE VIRTUAL TABLE turn_words USING fts5 (
    message_words, reply_words, content = 'turns', content_rowid = 'id',
    columnsize = 0, prefix = '1 2 3', tokenize = "{TOKENIZER}"
)"""
"""Not one of the migrations, as a Python without FTS5 must be able to go through all of them. Sizes
of columns are for ranking only: what is found is shown by its time."""


def version_of(connection: sqlite3.Connection) -> int:
    """Return the version of the tables of a file; 0 of a new one."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def refuse_newer(connection: sqlite3.Connection, path: Path) -> None:
    """Raise ArchiveError for tables of a newer program, which this one could spoil."""
    version = version_of(connection)
    if version > VERSION:
        raise ArchiveError(
            _(
                "{path}: a newer version of this program keeps conversations here (format "
                "{version}, this one knows {known}). Update the program; or rename the file, and "
                "a new one is begun"
            ).format(path=path, version=version, known=VERSION)
        )


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the tables up to date, each step in a transaction: a crash leaves whole steps only."""
    while (version := version_of(connection)) < VERSION:
        connection.execute("BEGIN IMMEDIATE")
        try:
            for statement in MIGRATIONS[version]:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {version + 1}")
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise


def has_fts5(connection: sqlite3.Connection) -> bool:
    """Return whether this Python's SQLite can search by words."""
    return bool(
        connection.execute("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'").fetchone()
    )


def make_index(connection: sqlite3.Connection) -> None:
    """Make the search index, unless it is there and complete. About 10 s per 100,000 turns."""
    if connection.execute("SELECT is_complete FROM search_index").fetchone()[0]:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        _empty_index(connection)
        connection.execute("DROP TABLE IF EXISTS turn_words")
        connection.execute(INDEX)
        connection.execute("INSERT INTO turn_words (turn_words) VALUES ('rebuild')")
        connection.execute("UPDATE search_index SET is_complete = 1")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def give_up_index(connection: sqlite3.Connection) -> None:
    """Empty the index and say so, within a transaction, where FTS5 is missing and turns change.

    A Python that has FTS5 makes it again.
    """
    connection.execute("UPDATE search_index SET is_complete = 0")
    _empty_index(connection)


def _empty_index(connection: sqlite3.Connection) -> None:
    """Empty the tables of the index, which are ordinary ones, whether FTS5 is there or not.

    What stays is what FTS5 itself writes into a new index: without it, or with a damaged one, not
    even DROP TABLE works.
    """
    made = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'turn_words_data'")
    if made.fetchone():
        connection.execute("DELETE FROM turn_words_idx")
        connection.execute("DELETE FROM turn_words_data")
        connection.execute(
            "INSERT INTO turn_words_data (id, block) VALUES (1, X''), (10, X'00000000000000')"
        )
