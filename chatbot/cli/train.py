"""The command `train`: run a training and print its records, as lines for people or as JSON.

Functions import what they need (start-up).
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chatbot.cli import output
from chatbot.cli.libraries import LibraryError, explained_libraries
from chatbot.cli.options import locations_of, make_after_asking, utf8, with_locations
from chatbot.cli.speaking import Command, option
from chatbot.common import ChatbotError, Locations, _, paths
from chatbot.network import CELLS

if TYPE_CHECKING:
    from chatbot.learning import Plan, Settings
    from chatbot.versions import Failed, Progress, Saved


@click.command(cls=Command)
@option("--json", "as_json", is_flag=True, help="Print one JSON record per line.")
@option("--cell", type=click.Choice(sorted(CELLS)), default="gru", show_default=True)
@option(
    "--hidden",
    type=click.IntRange(1, 2048),
    help="Units of the hidden state. Only the pretrained base's size can start from the base.",
)
@option("--seed", type=int, default=0, show_default=True)
@option(
    "--full",
    is_flag=True,
    help="Train from the start, although a small edit could be learned in a second.",
)
@option(
    "--accept", is_flag=True, help="Use the new model without asking, even if answers got worse."
)
@option(
    "--keep",
    type=click.IntRange(1),
    default=10,
    show_default=True,
    envvar="CHATBOT_KEEP",
    help="Versions to keep; also set by the environment variable CHATBOT_KEEP.",
)
@with_locations
@click.pass_context
@utf8
def train(
    context: click.Context,
    as_json: bool,
    cell: str,
    hidden: int | None,
    seed: int,
    full: bool,
    accept: bool,
    keep: int,
    intents_option: Path | None,
    model_option: Path | None,
) -> None:
    """Train a model on the intents file. The old one answers until the new one is complete.

    A small edit is learned by going on from the present model, in about a second. If answers got
    worse, you are asked before the new model is used; without a terminal the old one stays, the
    exit code is 1, and `chatbot versions use` lets the new one answer.
    """
    import gc

    # What importing torch creates lives as long as the process: searching it for garbage takes
    # 0.1 s of the 2 that a small edit takes.
    is_imported = "torch" in sys.modules
    gc.disable()
    from chatbot.conversation import history

    try:
        with explained_libraries():
            from chatbot.learning import Plan, Settings
    except LibraryError as error:
        sys.exit(_fail(str(error), as_json=as_json))
    finally:
        if not is_imported:
            gc.freeze()
        gc.enable()
    locations = locations_of(context, intents_option, model_option)
    if not (as_json or locations.intents.exists()):
        make_after_asking(locations)
    typed = history.load(paths.history_file(locations.intents))
    plan = Plan(typed=typed, full=full, accept=accept, kept=keep)
    settings = Settings(cell=cell, hidden_size=hidden, seed=seed)
    sys.exit(_run(locations, settings, plan, as_json=as_json))


def _run(locations: Locations, settings: Settings, plan: Plan, *, as_json: bool) -> int:
    """Train and print; return the exit code: 1 also where the old model still answers."""
    from chatbot.learning import is_unfinished, train_file
    from chatbot.versions import Saved

    show = _print_json if as_json else _print_line
    asks = not as_json and output.is_person()
    saved: Saved | None = None
    try:
        with explained_libraries():
            for record in train_file(locations.intents, locations.model, settings, plan=plan):
                saved = record if isinstance(record, Saved) else None
                if saved is None or saved.answers or not asks:
                    show(record)
        if saved is not None and not saved.answers and asks:
            saved = _ask(locations, saved)
    except ChatbotError as error:
        return _fail(str(error), as_json=as_json)
    except (KeyboardInterrupt, click.Abort):
        cancelled = (
            _("Cancelled. What was done is kept: train again to go on from there.")
            if is_unfinished(locations.model)
            else _("Cancelled. Nothing was written.")
        )
        return _fail(cancelled, as_json=as_json)
    return 0 if saved is not None and saved.answers else 1


def _fail(message: str, *, as_json: bool) -> int:
    """Say why there is no new model; return the exit code."""
    from chatbot.versions import Failed

    (_print_json if as_json else _print_line)(Failed(message))
    return 1


def _ask(locations: Locations, saved: Saved) -> Saved:
    """Show what got worse and let a person decide."""
    from chatbot.versions import kept, report

    output.clear_progress()
    output.say("\n".join([*report.figures(saved), *report.changes(saved.answer_changes)]))
    if output.confirm(_("Answers got worse. Use the new model anyway?")):
        kept.use(locations.intents, locations.model, saved.version, with_intents=False)
        saved = replace(saved, answers=True)
    output.say(report.outcome(saved))
    return saved


def _print_json(record: Progress | Saved | Failed) -> None:
    from chatbot.versions import records

    output.say_record(records.encode(record))


def _print_line(record: Progress | Saved | Failed) -> None:
    """Show progress on a terminal's stderr; print the result to stdout."""
    from chatbot.versions import Failed, Progress, report

    if isinstance(record, Progress):
        output.show_progress(report.progress_line(record))
    elif isinstance(record, Failed):
        output.fail(record.message)
    else:
        output.clear_progress()
        output.say("\n".join(report.report(record)))
