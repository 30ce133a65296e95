"""The command `evaluate`: cross-validate, or ask the present model a test file, and print it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from chatbot.common import ChatbotError, Locations, write_atomically
from chatbot.quality import (
    Evaluated,
    EvaluationError,
    EvaluationFailed,
    EvaluationProgress,
    EvaluationRecord,
    report,
    results,
)

CANCELLED = "Cancelled. An evaluation changes nothing, so nothing is lost."


def run(
    locations: Locations,
    *,
    folds: int,
    seed: int,
    test: Path | None,
    with_learning_curve: bool,
    write: Path | None,
    as_json: bool,
    as_records: bool,
) -> int:
    """Evaluate and print; return the exit code."""
    try:
        for record in _records(locations, folds, seed, test, with_learning_curve):
            if isinstance(record, Evaluated) and write is not None:
                _write(write, record)
            if as_records:
                print(results.encode(record), flush=True)
            else:
                _show(record, as_json)
    except (ChatbotError, KeyboardInterrupt) as error:
        failed = EvaluationFailed(str(error) or CANCELLED)
        if as_records:
            print(results.encode(failed), flush=True)
        else:
            report.clear_progress()
            print(f"Error: {failed.message}", file=sys.stderr)
        return 1
    return 0


def _records(
    locations: Locations, folds: int, seed: int, test: Path | None, with_learning_curve: bool
) -> Iterator[EvaluationRecord]:
    if test is not None:
        from chatbot.conversation import Chatbot
        from chatbot.quality import test_file as labelled

        rows = labelled.read(test)
        bot = Chatbot.load(locations.intents, locations.model)
        yield labelled.evaluate(bot.reader, rows, test.name)
        return
    from chatbot.opening import read_intents

    file = read_intents(locations.intents)
    # After the file: its errors should not wait for the import of torch.
    from chatbot.learning import Settings, evaluate

    yield from evaluate(
        file.intents, folds, Settings(seed=seed), with_learning_curve=with_learning_curve
    )


def _show(record: EvaluationRecord, as_json: bool) -> None:
    """Progress overwrites one line of stderr on a terminal; the result goes to stdout."""
    if isinstance(record, EvaluationProgress):
        report.show_progress(record)
        return
    report.clear_progress()
    if isinstance(record, Evaluated):
        print(json.dumps(asdict(record)) if as_json else "\n".join(report.as_lines(record)))


def _write(folder: Path, found: Evaluated) -> None:
    """Write evaluation.json and evaluation.md into a folder. Raises EvaluationError."""
    text = json.dumps(asdict(found), indent=2) + "\n"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(folder / "evaluation.json", text.encode())
        write_atomically(folder / "evaluation.md", report.as_markdown(found).encode())
    except OSError as error:
        raise EvaluationError(
            f"{folder}: the evaluation could not be written ({error.strerror or error}). "
            "Choose another folder with --write"
        ) from error
