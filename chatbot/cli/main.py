"""The command `chatbot`, and the list of its commands."""

from __future__ import annotations

import os
from pathlib import Path

import click

from chatbot.cli.ask import ask
from chatbot.cli.chat import chat
from chatbot.cli.check import check
from chatbot.cli.completion import completion
from chatbot.cli.convert import convert
from chatbot.cli.evaluate import evaluate
from chatbot.cli.lab import lab
from chatbot.cli.options import with_locations
from chatbot.cli.pretrain import pretrain
from chatbot.cli.trace import trace
from chatbot.cli.train import train
from chatbot.cli.versions import versions
from chatbot.cli.where import where
from chatbot.common import __version__


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@with_locations
@click.version_option(__version__, prog_name="chatbot")
@click.pass_context
def main(context: click.Context, intents_option: Path | None, model_option: Path | None) -> None:
    """A chatbot that shows, word by word, what its recurrent network remembers.

    Without a command it opens the app in the terminal.
    """
    # Before NumPy is imported. Its matrix products are too small for a second thread to help much,
    # and two threads that wait for each other on a busy machine cost far more: with one core taken,
    # the shares of 12 words took 44 ms on one thread, 240 on two (docs/benchmarks.md, The panel).
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if context.invoked_subcommand is None:
        context.invoke(chat, plain=False, intents_option=None, model_option=None)


for command in (
    chat,
    ask,
    trace,
    train,
    versions,
    evaluate,
    lab,
    pretrain,
    check,
    convert,
    where,
    completion,
):
    main.add_command(command)
