"""Commands that train: train, versions, evaluate, lab, pretrain."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chatbot.cli.options import FILE, explained, locations_of, utf8, with_locations

if TYPE_CHECKING:
    from chatbot.network import CellKind


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON record a line.")
@click.option("--cell", type=click.Choice(["gru", "lstm", "rnn"]), default="gru", show_default=True)
@click.option(
    "--hidden",
    type=click.IntRange(1, 2048),
    help="Units of the hidden state. Any but the pretrained base's trains from nothing.",
)
@click.option("--seed", type=int, default=0, show_default=True)
@click.option(
    "--full", is_flag=True, help="Start anew although a small edit could be learned in a second."
)
@click.option(
    "--accept", is_flag=True, help="Take the new model over without asking, whatever got worse."
)
@click.option(
    "--keep",
    type=click.IntRange(1),
    default=10,
    show_default=True,
    envvar="CHATBOT_KEEP",
    help="Versions to keep; also by the environment variable CHATBOT_KEEP.",
)
@with_locations
@click.pass_context
@utf8
def train(
    context: click.Context,
    as_json: bool,
    cell: CellKind,
    hidden: int | None,
    seed: int,
    full: bool,
    accept: bool,
    keep: int,
    intents_option: Path | None,
    model_option: Path | None,
) -> None:
    """Train a model on the intents file. The old one answers until the new one is complete.

    A small edit is learned by going on from the model before, in about a second. If answers got
    worse, you are asked before the new model is taken over; without a terminal the old one stays,
    the exit code is 1, and `chatbot versions use` takes the new one over.
    """
    import gc

    # What importing torch makes lives as long as the process: looking through it for garbage takes
    # 0.1 s of the 2 that a small edit takes.
    gc.disable()
    from chatbot.cli.train import run
    from chatbot.learning import Plan

    gc.freeze()
    gc.enable()
    locations = locations_of(context, intents_option, model_option)
    plan = Plan(full=full, accept=accept, kept=keep)
    sys.exit(run(locations, cell=cell, hidden_size=hidden, seed=seed, plan=plan, as_json=as_json))


@click.group("versions", invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
@with_locations
@click.pass_context
@utf8
def versions_group(
    context: click.Context, as_json: bool, intents_option: Path | None, model_option: Path | None
) -> None:
    """List the trainings that are kept; compare two of them; go back to one."""
    from chatbot.cli.versions import show_list

    if context.invoked_subcommand is None:
        show_list(locations_of(context, intents_option, model_option), as_json=as_json)


@versions_group.command("compare")
@click.argument("before", type=int)
@click.argument("after", type=int)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@with_locations
@click.pass_context
@utf8
def versions_compare(
    context: click.Context,
    before: int,
    after: int,
    as_json: bool,
    intents_option: Path | None,
    model_option: Path | None,
) -> None:
    """Show what differs: intents, patterns, and the answers to patterns and typed messages."""
    from chatbot.cli.versions import show_comparison

    locations = locations_of(context, intents_option, model_option)
    with explained():
        show_comparison(locations, before, after, as_json=as_json)


@versions_group.command("use")
@click.argument("number", type=int)
@click.option("--model-only", is_flag=True, help="Leave the intents file as it is.")
@with_locations
@click.pass_context
@utf8
def versions_use(
    context: click.Context,
    number: int,
    model_only: bool,
    intents_option: Path | None,
    model_option: Path | None,
) -> None:
    """Let a version answer, with the intents file that made it.

    The present model is a version too, and an intents file that no version has is put aside.
    """
    from chatbot.cli.versions import use

    locations = locations_of(context, intents_option, model_option)
    with explained():
        use(locations, number, with_intents=not model_only)


@click.command()
@click.option("--folds", type=click.IntRange(2), default=5, show_default=True)
@click.option("--seed", type=int, default=0, show_default=True, help="Deals the folds.")
@click.option(
    "--test",
    type=FILE,
    metavar="FILE",
    help="Ask the present model these messages instead: JSON pairs or CSV, text and intent.",
)
@click.option(
    "--learning-curve",
    "with_learning_curve",
    is_flag=True,
    help="Would more examples help? Four times the trainings.",
)
@click.option("--write", type=FILE, metavar="FOLDER", help="For evaluation.json and .md.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as one JSON object.")
@click.option("--json-lines", "as_records", is_flag=True, help="Print a JSON record a line.")
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

    By cross-validation: every pattern is asked of a model that learned the others. It changes
    nothing.
    """
    from chatbot.cli.evaluate import run

    if test is not None and with_learning_curve:
        raise click.UsageError("--learning-curve trains, and --test does not: choose one")
    locations = locations_of(context, intents_option, model_option)
    sys.exit(
        run(
            locations,
            folds=folds,
            seed=seed,
            test=test,
            with_learning_curve=with_learning_curve,
            write=write,
            as_json=as_json,
            as_records=as_records,
        )
    )


@click.command()
@click.option("--message", default=None, help="Your own sentence; else “What time is it?”.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON record a line.")
@click.option("--retrain", is_flag=True, help="Train again although results are kept.")
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

    Trains them the first time, in about 20 seconds, and keeps the results. The bot's own model is
    left alone.
    """
    from chatbot.cli.lab import run
    from chatbot.lab import EXAMPLE

    locations = locations_of(context, intents_option, model_option)
    text = EXAMPLE if message is None else message
    sys.exit(run(locations, message=text, as_json=as_json, retrain=retrain))


@click.command()
@click.option("--corpus", type=FILE, required=True, help="Sentences, one a line; .gz is read too.")
@click.option("--work", type=FILE, required=True, help="Folder for what is half done.")
@click.option("--out", type=FILE, required=True, help="Folder of the new base.")
@click.option("--epochs", type=click.IntRange(1), default=20, show_default=True)
@utf8
def pretrain(corpus: Path, work: Path, out: Path, epochs: int) -> None:
    """Make a pretrained base, as models/base was made. Takes an hour; go on by calling it again.

    Needs the extra "pretraining". Neither chatting nor retraining needs this command.
    """
    from chatbot.cli.pretrain import run
    from chatbot.learning.pretraining import Plan

    with explained():
        run(corpus, work, out, Plan(epochs=epochs))
