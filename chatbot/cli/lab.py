"""The command `lab`: train unless there are results, then print what the screen shows.

Functions import what they need (start-up).
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chatbot.cli import output
from chatbot.cli.libraries import explained_libraries
from chatbot.cli.options import locations_of, utf8, with_locations
from chatbot.cli.speaking import Command, option
from chatbot.common import ChatbotError, Locations, _

if TYPE_CHECKING:
    from chatbot.lab import Lab, LabRecord


@click.command(cls=Command)
@option("--message", default=None, help="Your own sentence instead of “What time is it?”.")
@option("--json", "as_json", is_flag=True, help="Print one JSON record per line.")
@option("--retrain", is_flag=True, help="Train again, even if there are results.")
@with_locations
@click.pass_context
@utf8
def lab(
    context: click.Context,
    message: str | None,
    as_json: bool,
    retrain: bool,
    intents_option: Path | None,
    model_option: Path | None,
) -> None:
    """Show what RNN, LSTM and GRU forget, before and after training on the intents file.

    Trains them the first time, in about 20 seconds, and keeps the results. The bot's own model does
    not change.
    """
    locations = locations_of(context, intents_option, model_option)
    sys.exit(_run(locations, message, as_json=as_json, retrain=retrain))


def _run(locations: Locations, message: str | None, *, as_json: bool, retrain: bool) -> int:
    """Train if needed and print; return the exit code."""
    from chatbot.lab import EXAMPLE, LabFailed, LabReady, files, read_sentence, report
    from chatbot.opening import read_intents

    show = _print_json if as_json else _print_line
    try:
        digest = read_intents(locations.intents).intents.digest
        lab = None if retrain else _kept(digest)
        if lab is None:
            with explained_libraries():
                from chatbot.learning.lab import train_lab

                for record in train_lab(locations.intents):
                    if isinstance(record, LabReady):
                        digest = record.digest  # the file may have been saved in the meantime
                    else:
                        show(record)
            lab = files.load(digest)
        sentence = read_sentence(lab, EXAMPLE if message is None else message)
    except ChatbotError as error:
        show(LabFailed(str(error)))
        return 1
    except KeyboardInterrupt:
        show(LabFailed(_("Cancelled. Nothing was written.")))
        return 1
    if as_json:
        output.say_json({"record": "lab figures", **report.as_dict(lab, sentence)})
        _print_json(LabReady(digest))
    else:
        output.clear_progress()
        output.say("\n".join(report.as_lines(lab, sentence)))
    return 0


def _kept(digest: str) -> Lab | None:
    from chatbot.lab import files

    try:
        return files.load(digest)
    except files.NoLabError:
        return None


def _print_json(record: LabRecord) -> None:
    from chatbot.lab import records

    output.say_record(records.encode(record))


def _print_line(record: LabRecord) -> None:
    """Show progress on a terminal's stderr; the result goes to stdout."""
    from chatbot.lab import LabFailed, LabProgress, report

    if isinstance(record, LabProgress):
        output.show_progress(report.progress_line(record))
    elif isinstance(record, LabFailed):
        output.fail(record.message)
