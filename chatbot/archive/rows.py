"""Rows of the tables: texts and times as SQLite holds them, and records made of them."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from chatbot.archive.records import Conversation, Correction, KeptTurn, TurnToKeep
from chatbot.common import N_, _
from chatbot.conversation import NOTHING, Asks, Remembered
from chatbot.intents import Context
from chatbot.words import clean

TITLE_CHARACTERS = 60
"""A title is cut there; a row of the list holds no more."""

UNTITLED = N_("Untitled")
"""The title where a first message has nothing that could be shown."""

_READ_FOR_TITLE = 1000
"""Characters of a message that are looked at for its title: the message may be a megabyte."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

CONVERSATION = (
    "conversations.id, conversations.title, conversations.bot, conversations.started, "
    "conversations.changed, conversations.turns"
)
"""The columns of `conversation`."""

TURN = (
    "turns.id, turns.conversation, turns.message, turns.reply, turns.intent, turns.confidence, "
    "turns.in_scope, turns.model_version, turns.time, turns.is_corrected, turns.corrected_to"
)
"""The columns of `turn`."""

TURN_COLUMNS = 11


def conversation(row: tuple[Any, ...]) -> Conversation:
    """Return the conversation of a row of CONVERSATION."""
    id_, title, bot, started, changed, turns = row
    return Conversation(id_, title, Path(bot), moment(started), moment(changed), turns)


def turn(row: tuple[Any, ...]) -> KeptTurn:
    """Return the turn of a row of TURN."""
    id_, in_, message, reply, intent, confidence, in_scope, model, time, is_corrected, to = row
    said = TurnToKeep(message, reply, intent, confidence, bool(in_scope), model)
    return KeptTurn(id_, in_, said, moment(time), Correction(to) if is_corrected else None)


def title_of(text: str) -> str:
    """Return a text as a title: one printable line of at most TITLE_CHARACTERS, never empty."""
    line = " ".join(clean(text[:_READ_FOR_TITLE]).split())
    if len(line) > TITLE_CHARACTERS:
        line = line[: TITLE_CHARACTERS - 1].rstrip() + "…"
    return line or _(UNTITLED)


def as_json(remembered: Remembered) -> str:
    """Return what is remembered as a text; an empty one for nothing."""
    return "" if remembered == NOTHING else json.dumps(asdict(remembered))


def from_json(text: str) -> Remembered:
    """Return what is remembered; nothing of a text that this program has not written."""
    try:
        value = json.loads(text)
        asks = value["asks"]
        return Remembered(
            tuple(Context(str(each["name"]), int(each["turns"])) for each in value["contexts"]),
            {str(slot): str(said) for slot, said in value["slots"].items()},
            None if value["answers"] is None else str(value["answers"]),
            None if asks is None else Asks(*map(str, asks)),
            {
                str(name): tuple({str(k): str(v) for k, v in each.items()} for each in entries)
                for name, entries in value["lists"].items()
            },
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return NOTHING


def stored(text: str) -> bytes:
    """Return a text for `CAST(? AS TEXT)`.

    A message may hold half of a surrogate pair, which `sqlite3` refuses in a str.
    """
    return text.encode("utf-8", "surrogatepass")


def milliseconds(time: datetime) -> int:
    """Return an aware time as milliseconds since 1970, UTC."""
    return (time - _EPOCH) // timedelta(milliseconds=1)


def moment(since_1970: int) -> datetime:
    """Return the time, in UTC, that is so many milliseconds after the beginning of 1970."""
    return _EPOCH + timedelta(milliseconds=since_1970)
