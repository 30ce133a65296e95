"""A test file: messages with their intents, which the present model is asked."""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from chatbot.common import N_, _
from chatbot.conversation import Reader, prediction_after
from chatbot.quality.metrics import figures
from chatbot.quality.results import Answer, Evaluated, EvaluationError, OutOfScope

FORMATS = N_('JSON pairs [["a message", "its intent"], …] or CSV lines: a message,its intent')

HEADS = {
    "message": {"text", "message", "utterance"},
    "intent": {"intent", "label", "tag"},
    "after": {"after"},
    "context": {"context"},
}
"""What the heading of a CSV file may call its columns; of JSON objects the keys are the first."""

BARE = ("message", "intent")
"""The columns without a heading."""


class Labelled(NamedTuple):
    """A message and the intent that it should get."""

    text: str
    intent: str
    after: tuple[str, ...] = ()
    """What is said before it."""
    context: tuple[str, ...] = ()
    """What is active when the conversation begins."""


def read(path: Path) -> list[Labelled]:
    """Read a test file: JSON if its name ends in .json, else CSV.

    Raises EvaluationError, which names the line (of CSV) or the number of the pair (of JSON).
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise EvaluationError(
            _("{path}: cannot be read ({reason}). Check the path").format(
                path=path, reason=error.strerror or error
            )
        ) from error
    except UnicodeDecodeError as error:
        raise EvaluationError(
            _("{path}: byte {number} is not UTF-8. Save the file as UTF-8").format(
                path=path, number=error.start + 1
            )
        ) from error
    rows = _pairs(path, text) if path.suffix.lower() == ".json" else _lines(path, text)
    if not rows:
        raise _error(_("{path}: there is no message. Write {formats}"), path)
    return rows


def _pairs(path: Path, text: str) -> list[Labelled]:
    try:
        values: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _error(
            _("{path}: not JSON ({reason}). Write {formats}"), path, reason=error
        ) from error
    if not isinstance(values, list):
        raise _error(_("{path}: not a list. Write {formats}"), path)
    return [_item(path, number, item) for number, item in enumerate(values, 1)]


def _item(path: Path, number: int, item: Any) -> Labelled:
    if isinstance(item, list) and len(item) == len(BARE):
        item = dict(zip(BARE, item, strict=True))
    texts: list[Any] = [item.get(key) for key in BARE] if isinstance(item, dict) else []
    if not texts or not all(isinstance(text, str) for text in texts) or not texts[1].strip():
        no_pair = _(
            "{path}: item {number} is not a pair of a message and an intent. Write {formats}"
        )
        raise _error(no_pair, path, number=number)
    for key in item:
        if key not in HEADS:
            unknown = _("{path}: item {number}: “{key}” is none of {keys}")
            raise _error(unknown, path, number=number, key=key, keys=", ".join(HEADS))
    before = []
    for key in ("after", "context"):
        value = item.get(key)
        given = value if isinstance(value, list) else [] if value is None else [value]
        if not all(isinstance(text, str) for text in given):
            wrong = _("{path}: item {number}: “{key}” is not a text or a list of texts")
            raise _error(wrong, path, number=number, key=key)
        before.append(tuple(text.strip() for text in given if text.strip()))
    return Labelled(texts[0], texts[1].strip(), *before)


def _lines(path: Path, text: str) -> list[Labelled]:
    rows: list[Labelled] = []
    columns: tuple[str, ...] = BARE
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if not rows and reader.line_num == 1 and (heading := _heading(cells)):
                columns = heading
                continue
            row = dict(zip(columns, cells, strict=False))
            if len(cells) != len(columns) or not row["intent"].strip():
                wrong = _(
                    "{path}:{line}: {count} cells where there should be a message and its intent. "
                    'Put a message with a comma in double quotes: "Well, hi",hello'
                )
                raise _error(wrong, path, line=reader.line_num, count=len(cells))
            after, names = row.get("after", "").strip(), row.get("context", "").split(",")
            context = tuple(name.strip() for name in names if name.strip())
            rows.append(
                Labelled(row["message"], row["intent"].strip(), (after,) if after else (), context)
            )
    except csv.Error as error:
        broken = _("{path}:{line}: broken CSV ({reason}). Write {formats}")
        raise _error(broken, path, line=reader.line_num, reason=error) from error
    return rows


def _error(text: str, path: Path, **values: object) -> EvaluationError:
    """Return the error with its text filled in."""
    return EvaluationError(text.format(path=path, formats=_(FORMATS), **values))


def _heading(cells: list[str]) -> tuple[str, ...] | None:
    """Return what the columns hold if the cells are a heading."""
    said = [cell.strip().casefold() for cell in cells]
    found = tuple(key for cell in said for key, names in HEADS.items() if cell in names)
    is_heading = len(found) == len(said) == len(set(found)) and set(BARE) <= set(found)
    return found if is_heading else None


def evaluate(reader: Reader, rows: Sequence[Labelled], source: str) -> Evaluated:
    """Ask a reader every message of a test file, just as it would answer in a conversation.

    Messages whose intent the model does not know count as out of scope: it should refuse them.
    Raises EvaluationError when no message is of an intent that it knows.
    """
    started = time.perf_counter()
    known = set(reader.classifier.intents)
    answers: list[Answer] = []
    strangers: list[Answer] = []
    for row in rows:
        answer = _asked(reader, row)
        (answers if row.intent in known else strangers).append(answer)
    if not answers:
        unknown = _(
            "{source}: none of its intents is known to the model ({intents} …). Use the tags of "
            "the intents file"
        )
        tags = sorted({answer.intent for answer in strangers})[:5]
        raise EvaluationError(unknown.format(source=source, intents=", ".join(tags)))
    result = figures(
        answers,
        reader.classifier.intents,
        source=_("{count} messages of {source}").format(count=len(rows), source=source),
        seconds=time.perf_counter() - started,
    )
    if not strangers:
        return result
    refused = sum(not answer.in_scope for answer in strangers)
    labels = tuple(dict.fromkeys(answer.intent for answer in strangers))
    out_of_scope = OutOfScope(labels, tuple(strangers), refused / len(strangers))
    return replace(result, out_of_scope=out_of_scope)


def _asked(reader: Reader, row: Labelled) -> Answer:
    """Ask a message, in its conversation if it has one."""
    if not row.after and not row.context:
        found = reader.within(()).read(row.text).prediction
        return Answer(row.text, row.intent, found.intent, found.confidence, found.in_scope)
    said, found = prediction_after(reader, row.text, row.after, row.context)
    return Answer(row.text, row.intent, said or found.intent, found.confidence, said is not None)
