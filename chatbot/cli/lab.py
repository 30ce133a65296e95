"""The command `lab`: train where nothing is kept yet, then print what the screen shows."""

from __future__ import annotations

import json
import sys
from typing import Any

from chatbot.common import ChatbotError, Locations
from chatbot.lab import (
    Lab,
    LabFailed,
    LabProgress,
    LabReady,
    LabRecord,
    Sentence,
    files,
    pages_of,
    read_sentence,
    records,
    tables,
)
from chatbot.learning.lab import train_lab
from chatbot.opening import read_intents


def run(locations: Locations, *, message: str, as_json: bool, retrain: bool) -> int:
    """Train if needed and print; return the exit code."""
    show = _print_json if as_json else _print_line
    try:
        digest = read_intents(locations.intents).intents.digest
        lab = None if retrain else _kept(digest)
        if lab is None:
            for record in train_lab(locations.intents):
                if isinstance(record, LabReady):
                    digest = record.digest  # the file may have been saved meanwhile
                else:
                    show(record)
            lab = files.load(digest)
        sentence = read_sentence(lab, message)
    except ChatbotError as error:
        show(LabFailed(str(error)))
        return 1
    except KeyboardInterrupt:
        show(LabFailed("Cancelled. Nothing was written."))
        return 1
    if as_json:
        print(json.dumps({"record": "lab figures", **as_json_values(lab, sentence)}))
        _print_json(LabReady(digest))
    else:
        _clear_line()
        print("\n".join(as_lines(lab, sentence)))
    return 0


def _kept(digest: str) -> Lab | None:
    try:
        return files.load(digest)
    except files.NoLabError:
        return None


def as_lines(lab: Lab, sentence: Sentence) -> list[str]:
    """Return all that the screen shows as lines of text."""
    lines = [tables.source_note(lab)]
    for page in pages_of(lab, sentence):
        lines += ["", page.caption]
        for table in page.tables:
            lines += ["", *tables.as_lines(table)]
    return [*lines, "", tables.chatter_note(lab)]


def as_json_values(lab: Lab, sentence: Sentence) -> dict[str, Any]:
    """Return the figures of every view, as numbers, and its caption."""
    return {
        "message": sentence.message,
        "words": sentence.words,
        "intent": sentence.intent,
        "seconds": lab.seconds,
        "patterns": {"in_file": lab.patterns, "used": lab.used, "held_out": lab.held_out},
        "views": [
            {
                "caption": page.caption,
                "tables": [
                    {
                        "title": table.title,
                        "rows": table.rows,
                        "networks": {
                            name: {
                                column: [
                                    figure.text if figure.share is None else figure.share
                                    for figure in values
                                ]
                                for column, values in zip(table.columns, group, strict=True)
                            }
                            for name, group in zip(table.groups, table.figures, strict=True)
                        },
                    }
                    for table in page.tables
                ],
            }
            for page in pages_of(lab, sentence)
        ],
    }


def progress_line(record: LabProgress) -> str:
    """Return where the lab stands as one line."""
    loss = "" if record.loss is None else f", loss {record.loss:.3f}"
    return (
        f"{record.part}: step {record.step}/{record.steps}{loss}, "
        f"about {record.eta_seconds:.0f} s to go"
    )


def _print_json(record: LabRecord) -> None:
    print(records.encode(record), flush=True)


def _print_line(record: LabRecord) -> None:
    """Progress overwrites one line of stderr on a terminal; the result goes to stdout."""
    if isinstance(record, LabProgress):
        if sys.stderr.isatty():
            print(f"\r\x1b[K{progress_line(record)}", end="", file=sys.stderr, flush=True)
    elif isinstance(record, LabFailed):
        _clear_line()
        print(f"Error: {record.message}", file=sys.stderr)


def _clear_line() -> None:
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr)
