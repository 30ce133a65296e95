"""The command `train`: run a training and print its records, as a line for people or as JSON."""

from __future__ import annotations

import sys

from chatbot.errors import ChatbotError
from chatbot.paths import Locations
from chatbot.records import Failed, Progress, Saved, encode
from chatbot.training import Settings
from chatbot.training_job import train_file
from chatbot.training_report import progress_line, report
from chatbot.weights import CellKind


def run(
    locations: Locations, *, cell: CellKind, hidden_size: int | None, seed: int, as_json: bool
) -> int:
    """Train and print; return the exit code."""
    settings = Settings(cell=cell, hidden_size=hidden_size, seed=seed)
    show = _print_json if as_json else _print_line
    try:
        for record in train_file(locations.intents, locations.model, settings):
            show(record)
    except ChatbotError as error:
        show(Failed(str(error)))
        return 1
    except KeyboardInterrupt:
        show(Failed("Cancelled. Nothing was written; the old model, if any, still answers."))
        return 1
    return 0


def _print_json(record: Progress | Saved | Failed) -> None:
    print(encode(record), flush=True)


def _print_line(record: Progress | Saved | Failed) -> None:
    """Progress overwrites one line of stderr on a terminal; the result goes to stdout."""
    on_terminal = sys.stderr.isatty()
    if isinstance(record, Progress):
        if on_terminal:
            print(f"\r\x1b[K{progress_line(record)}", end="", file=sys.stderr, flush=True)
        return
    if on_terminal:
        print("\r\x1b[K", end="", file=sys.stderr)
    if isinstance(record, Failed):
        print(f"Error: {record.message}", file=sys.stderr)
    else:
        print("\n".join(report(record)))
