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

from chatbot.conversation import Reader
from chatbot.quality.metrics import figures
from chatbot.quality.results import Answer, Evaluated, EvaluationError, OutOfScope

FORMATS = 'JSON pairs [["a message", "its intent"], …] or CSV lines: a message,its intent'


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
            f"{path}: cannot be read ({error.strerror or error}). Check the path"
        ) from error
    except UnicodeDecodeError as error:
        raise EvaluationError(
            f"{path}: byte {error.start + 1} is not UTF-8. Save the file as UTF-8"
        ) from error
    rows = _pairs(path, text) if path.suffix.lower() == ".json" else _lines(path, text)
    if not rows:
        raise EvaluationError(f"{path}: there is no message. Write {FORMATS}")
    return rows


def _pairs(path: Path, text: str) -> list[Labelled]:
    try:
        values: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise EvaluationError(f"{path}: not JSON ({error}). Write {FORMATS}") from error
    if not isinstance(values, list):
        raise EvaluationError(f"{path}: not a list. Write {FORMATS}")
    rows: list[Labelled] = []
    for number, pair in enumerate(values, 1):
        is_pair = isinstance(pair, list) and len(pair) == 2
        if not is_pair or not all(isinstance(part, str) for part in pair) or not pair[1].strip():
            raise EvaluationError(
                f"{path}: item {number} is not a pair of a message and an intent. Write {FORMATS}"
            )
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
                raise EvaluationError(
                    f"{path}:{reader.line_num}: {len(cells)} cells where there should be a message "
                    'and its intent. Put a message with a comma in double quotes: "Well, hi",hello'
                )
            if not rows and reader.line_num == 1 and _is_heading(cells):
                continue
            rows.append(Labelled(cells[0], cells[1].strip()))
    except csv.Error as error:
        raise EvaluationError(
            f"{path}:{reader.line_num}: broken CSV ({error}). Write {FORMATS}"
        ) from error
    return rows


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
        raise EvaluationError(
            f"{source}: none of its intents is known to the model "
            f"({', '.join(sorted({a.intent for a in strangers})[:5])} …). "
            "Use the tags of the intents file"
        )
    result = figures(
        answers,
        reader.classifier.intents,
        source=f"{len(rows)} messages of {source}",
        seconds=time.perf_counter() - started,
    )
    if not strangers:
        return result
    refused = sum(not answer.in_scope for answer in strangers)
    labels = tuple(dict.fromkeys(answer.intent for answer in strangers))
    out_of_scope = OutOfScope(labels, tuple(strangers), refused / len(strangers))
    return replace(result, out_of_scope=out_of_scope)
