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
from chatbot.conversation import Reader
from chatbot.quality.metrics import figures
from chatbot.quality.results import Answer, Evaluated, EvaluationError, OutOfScope

FORMATS = N_('JSON pairs [["a message", "its intent"], …] or CSV lines: a message,its intent')


class Labelled(NamedTuple):
    """A message and the intent that it should get."""

    text: str
    intent: str


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
    rows: list[Labelled] = []
    for number, pair in enumerate(values, 1):
        is_pair = isinstance(pair, list) and len(pair) == 2
        if not is_pair or not all(isinstance(part, str) for part in pair) or not pair[1].strip():
            no_pair = _(
                "{path}: item {number} is not a pair of a message and an intent. Write {formats}"
            )
            raise _error(no_pair, path, number=number)
        rows.append(Labelled(pair[0], pair[1].strip()))
    return rows


def _lines(path: Path, text: str) -> list[Labelled]:
    rows: list[Labelled] = []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != 2 or not cells[1].strip():
                wrong = _(
                    "{path}:{line}: {count} cells where there should be a message and its intent. "
                    'Put a message with a comma in double quotes: "Well, hi",hello'
                )
                raise _error(wrong, path, line=reader.line_num, count=len(cells))
            if not rows and reader.line_num == 1 and _is_heading(cells):
                continue
            rows.append(Labelled(cells[0], cells[1].strip()))
    except csv.Error as error:
        broken = _("{path}:{line}: broken CSV ({reason}). Write {formats}")
        raise _error(broken, path, line=reader.line_num, reason=error) from error
    return rows


def _error(text: str, path: Path, **values: object) -> EvaluationError:
    """Return the error with its text filled in."""
    return EvaluationError(text.format(path=path, formats=_(FORMATS), **values))


def _is_heading(cells: list[str]) -> bool:
    first, second = (cell.strip().casefold() for cell in cells)
    return first in {"text", "message", "utterance"} and second in {"intent", "label", "tag"}


def evaluate(reader: Reader, rows: Sequence[Labelled], source: str) -> Evaluated:
    """Ask a reader every message of a test file, just as it would answer in a conversation.

    Messages whose intent the model does not know count as out of scope: it should refuse them.
    Raises EvaluationError when no message is of an intent that it knows.
    """
    started = time.perf_counter()
    known = set(reader.classifier.intents)
    answers: list[Answer] = []
    strangers: list[Answer] = []
    for text, intent in rows:
        prediction = reader.read(text).prediction
        answer = Answer(text, intent, prediction.intent, prediction.confidence, prediction.in_scope)
        (answers if intent in known else strangers).append(answer)
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
