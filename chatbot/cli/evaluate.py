"""The command `evaluate`: cross-validate, or ask the present model a test file, and print it.

Functions import what they need (start-up).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chatbot.cli import output
from chatbot.cli.libraries import explained_libraries
from chatbot.cli.options import FILE, locations_of, utf8, with_locations
from chatbot.cli.speaking import Command, option
from chatbot.common import N_, ChatbotError, Locations, _, write_atomically

if TYPE_CHECKING:
    from chatbot.quality import Evaluated, EvaluationRecord

CANCELLED = N_("Cancelled. An evaluation changes nothing, so nothing is lost.")


@click.command(cls=Command)
@option("--folds", type=click.IntRange(2), default=5, show_default=True)
@option(
    "--seed",
    type=int,
    default=0,
    show_default=True,
    help="Deals the patterns into folds: 0 as a training does, others anew.",
)
@option(
    "--test",
    type=FILE,
    metavar="FILE",
    help="Ask the present model these messages instead: JSON pairs or CSV of text and intent.",
)
@option(
    "--learning-curve",
    "with_learning_curve",
    is_flag=True,
    help="Also show whether more examples would help. Takes four times the trainings.",
)
@option(
    "--write", type=FILE, metavar="FOLDER", help="Write evaluation.json and evaluation.md here."
)
@option("--json", "as_json", is_flag=True, help="Print the result as one JSON object.")
@option("--json-lines", "as_records", is_flag=True, help="Print one JSON record per line.")
@with_locations
@click.pass_context
@utf8
def evaluate(
    context: click.Context,
    folds: int,
    seed: int,
    test: Path | None,
    with_learning_curve: bool,
    write: Path | None,
    as_json: bool,
    as_records: bool,
    intents_option: Path | None,
    model_option: Path | None,
) -> None:
    """Measure how good the bot is on messages that it has not learned, and where it goes wrong.

    By cross-validation: every pattern is asked of a model that has learned the others, of the kind
    of the present model. Nothing is changed.
    """
    from chatbot.quality import Evaluated, EvaluationFailed, results

    if test is not None and with_learning_curve:
        raise click.UsageError(_("--learning-curve trains models and --test does not: choose one"))
    locations = locations_of(context, intents_option, model_option)
    try:
        with explained_libraries():
            for record in _records(locations, folds, seed, test, with_learning_curve):
                if isinstance(record, Evaluated) and write is not None:
                    _write(write, record)
                if as_records:
                    output.say_record(results.encode(record))
                else:
                    _show(record, as_json)
    except (ChatbotError, KeyboardInterrupt) as error:
        message = str(error) or _(CANCELLED)
        if as_records:
            output.say_record(results.encode(EvaluationFailed(message)))
        else:
            output.fail(message)
        sys.exit(1)


def _records(
    locations: Locations, folds: int, seed: int, test: Path | None, with_learning_curve: bool
) -> Iterator[EvaluationRecord]:
    if test is not None:
        from chatbot.conversation import Chatbot
        from chatbot.quality import test_file

        rows = test_file.read(test)
        bot = Chatbot.load(locations.intents, locations.model)
        yield test_file.evaluate(bot.reader, rows, test.name)
        return
    from chatbot.opening import read_intents

    file = read_intents(locations.intents)
    # After reading the file: its errors should not wait for the import of torch.
    from chatbot.learning import Settings, evaluate

    yield from evaluate(
        file.intents,
        folds,
        Settings.like(locations.model, seed),
        with_learning_curve=with_learning_curve,
    )


def _show(record: EvaluationRecord, as_json: bool) -> None:
    """Show progress on a terminal's stderr; print the result to stdout."""
    from chatbot.quality import Evaluated, EvaluationProgress, report

    if isinstance(record, EvaluationProgress):
        output.show_progress(report.progress_line(record))
    elif isinstance(record, Evaluated):
        output.clear_progress()
        if as_json:
            output.say_json(report.as_values(record))
        else:
            output.say("\n".join(report.as_lines(record)))


def _write(folder: Path, found: Evaluated) -> None:
    """Write evaluation.json and evaluation.md into a folder. Raises EvaluationError."""
    from chatbot.quality import EvaluationError, report

    text = json.dumps(report.as_values(found), indent=2) + "\n"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(folder / "evaluation.json", text.encode())
        write_atomically(folder / "evaluation.md", report.as_markdown(found).encode())
    except OSError as error:
        raise EvaluationError(
            _(
                "{folder}: the evaluation could not be written ({reason}). Choose another folder "
                "with --write"
            ).format(folder=folder, reason=error.strerror or error)
        ) from error
