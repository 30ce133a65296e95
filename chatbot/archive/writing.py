"""What changes the tables, each within a transaction of the caller's."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from chatbot.archive.records import Correction, Place, TurnToKeep
from chatbot.archive.rows import as_json, stored, title_of
from chatbot.archive.terms import indexed
from chatbot.conversation import Remembered

if TYPE_CHECKING:
    import sqlite3


class Prepared(NamedTuple):
    """A turn with all that can be worked out before the file is locked.

    Finding the words of a message of 1 MB takes two seconds.
    """

    turn: TurnToKeep
    message_words: str
    reply_words: str
    title: str


def prepared(turn: TurnToKeep) -> Prepared:
    """Return a turn with its words and the title that it gives to a conversation it begins."""
    return Prepared(turn, indexed(turn.message), indexed(turn.reply), title_of(turn.message))


def append(
    connection: sqlite3.Connection,
    conversation: int | None,
    bot: Path,
    new: Prepared,
    remembered: Remembered,
    time: int,
    *,
    with_index: bool,
) -> Place:
    """Add a turn; begin a conversation if there is none of that number. `time` in milliseconds."""
    cursor = connection.execute(
        "UPDATE conversations SET changed = max(changed, ?), turns = turns + 1,"
        " remembered = CAST(? AS TEXT) WHERE id = ?",
        (time, stored(as_json(remembered)), conversation),
    )
    if conversation is None or not cursor.rowcount:
        conversation = connection.execute(
            "INSERT INTO conversations (title, bot, started, changed, turns, remembered)"
            " VALUES (CAST(? AS TEXT), CAST(? AS TEXT), ?, ?, 1, CAST(? AS TEXT))",
            (stored(new.title), stored(str(bot)), time, time, stored(as_json(remembered))),
        ).lastrowid
    turn = new.turn
    words = (new.message_words, new.reply_words)
    kept = connection.execute(
        "INSERT INTO turns (conversation, time, message, reply, intent, confidence, in_scope,"
        " model_version, message_words, reply_words)"
        " VALUES (?, ?, CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), ?, ?, ?, ?, ?)",
        (
            conversation,
            time,
            stored(turn.message),
            stored(turn.reply),
            stored(turn.intent),
            turn.confidence,
            turn.in_scope,
            turn.model_version,
            *words,
        ),
    ).lastrowid
    assert conversation is not None and kept is not None, "both were just inserted"
    if with_index:
        connection.execute(
            "INSERT INTO turn_words (rowid, message_words, reply_words) VALUES (?, ?, ?)",
            (kept, *words),
        )
    return Place(conversation, kept)


def correct(connection: sqlite3.Connection, turn: int, correction: Correction | None) -> bool:
    """Mark a turn as corrected, or take that back; return whether there is such a turn."""
    to = stored(correction.intent) if correction and correction.intent is not None else None
    cursor = connection.execute(
        "UPDATE turns SET is_corrected = ?, corrected_to = CAST(? AS TEXT) WHERE id = ?",
        (correction is not None, to, turn),
    )
    return bool(cursor.rowcount)


def remember(connection: sqlite3.Connection, conversation: int, remembered: Remembered) -> None:
    """Put what is remembered in place of what was; nothing where the conversation is gone."""
    connection.execute(
        "UPDATE conversations SET remembered = CAST(? AS TEXT) WHERE id = ?",
        (stored(as_json(remembered)), conversation),
    )


def rename(connection: sqlite3.Connection, conversation: int, title: str) -> bool:
    """Give a conversation another title; return whether there is such a conversation."""
    cursor = connection.execute(
        "UPDATE conversations SET title = CAST(? AS TEXT) WHERE id = ?",
        (stored(title_of(title)), conversation),
    )
    return bool(cursor.rowcount)


def delete(
    connection: sqlite3.Connection, conversations: Iterable[int], *, with_index: bool
) -> None:
    """Delete conversations with their turns, and every word of theirs from the index.

    FTS5 only marks words as deleted. Merging the whole index ("optimize") is what removes them in
    every version of SQLite; its own secure-delete would make the file unreadable before 3.42.
    """
    for conversation in conversations:
        if with_index:
            connection.execute(
                "INSERT INTO turn_words (turn_words, rowid, message_words, reply_words)"
                " SELECT 'delete', id, message_words, reply_words FROM turns"
                " WHERE conversation = ?",
                (conversation,),
            )
        connection.execute("DELETE FROM turns WHERE conversation = ?", (conversation,))
        connection.execute("DELETE FROM conversations WHERE id = ?", (conversation,))
    if with_index:
        connection.execute("INSERT INTO turn_words (turn_words) VALUES ('optimize')")


def delete_all(connection: sqlite3.Connection, *, with_index: bool) -> None:
    """Delete every conversation."""
    if with_index:
        connection.execute("INSERT INTO turn_words (turn_words) VALUES ('delete-all')")
    connection.execute("DELETE FROM turns")
    connection.execute("DELETE FROM conversations")
