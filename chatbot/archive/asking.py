"""What is read from the tables: lists, turns of a conversation, and searches. Nothing changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatbot.archive.records import Conversation, Found, KeptTurn
from chatbot.archive.rows import (
    CONVERSATION,
    TURN,
    TURN_COLUMNS,
    conversation,
    from_json,
    milliseconds,
    turn,
)
from chatbot.archive.terms import Term, fts_expression, like_patterns
from chatbot.conversation import NOTHING, Remembered

if TYPE_CHECKING:
    import sqlite3


def conversations(
    connection: sqlite3.Connection, limit: int, after: Conversation | None
) -> tuple[Conversation, ...]:
    """Return conversations, the one that changed last first."""
    # A page begins where the one before ended, not at a number of rows: those may have moved.
    where = ""
    values: tuple[int, ...] = ()
    if after is not None:
        where, values = "WHERE (changed, id) < (?, ?)", (milliseconds(after.changed), after.id)
    rows = connection.execute(
        f"SELECT {CONVERSATION} FROM conversations {where} ORDER BY changed DESC, id DESC LIMIT ?",
        (*values, limit),
    )
    return tuple(map(conversation, rows))


def one(connection: sqlite3.Connection, id_: int) -> Conversation | None:
    """Return a conversation by its number."""
    row = connection.execute(
        f"SELECT {CONVERSATION} FROM conversations WHERE id = ?", (id_,)
    ).fetchone()
    return None if row is None else conversation(row)


def remembered(connection: sqlite3.Connection, id_: int) -> Remembered:
    """Return what is remembered of a conversation."""
    row = connection.execute("SELECT remembered FROM conversations WHERE id = ?", (id_,)).fetchone()
    return NOTHING if row is None else from_json(row[0])


def newest_turns(
    connection: sqlite3.Connection, of: int, limit: int, before: int | None
) -> tuple[KeptTurn, ...]:
    """Return the last turns of a conversation, or the last before a turn; the oldest first."""
    where = ""
    values: tuple[int, ...] = ()
    if before is not None:
        where, values = "AND id < ?", (before,)
    rows = connection.execute(
        f"SELECT {TURN} FROM turns WHERE conversation = ? {where} ORDER BY id DESC LIMIT ?",
        (of, *values, limit),
    ).fetchall()
    return tuple(map(turn, reversed(rows)))


def turns_after(
    connection: sqlite3.Connection, of: int, limit: int, after: int
) -> tuple[KeptTurn, ...]:
    """Return the first turns of a conversation after a turn; the oldest first."""
    rows = connection.execute(
        f"SELECT {TURN} FROM turns WHERE conversation = ? AND id > ? ORDER BY id LIMIT ?",
        (of, after, limit),
    )
    return tuple(map(turn, rows))


def found(
    connection: sqlite3.Connection,
    looked_for: tuple[Term, ...],
    limit: int,
    before: int | None,
    *,
    with_index: bool,
) -> tuple[Found, ...]:
    """Return the turns that hold every term, the newest first."""
    if not looked_for:
        return ()
    conditions: list[str] = []
    values: list[object] = []
    if with_index:
        # The newest are taken from the index alone, before any row is read.
        older = "" if before is None else "AND rowid < ?"
        conditions.append(
            "turns.id IN (SELECT rowid FROM turn_words WHERE turn_words MATCH ?"
            f" {older} ORDER BY rowid DESC LIMIT ?)"
        )
        values += [fts_expression(looked_for), *([] if before is None else [before]), limit]
    else:
        for pattern in like_patterns(looked_for):
            conditions.append(r"(message_words LIKE ? ESCAPE '\' OR reply_words LIKE ? ESCAPE '\')")
            values += [pattern, pattern]
        if before is not None:
            conditions.append("turns.id < ?")
            values.append(before)
    rows = connection.execute(
        f"SELECT {TURN}, {CONVERSATION} FROM turns"
        " JOIN conversations ON conversations.id = turns.conversation"
        f" WHERE {' AND '.join(conditions)} ORDER BY turns.id DESC LIMIT ?",
        (*values, limit),
    )
    return tuple(Found(turn(row[:TURN_COLUMNS]), conversation(row[TURN_COLUMNS:])) for row in rows)
