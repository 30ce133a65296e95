"""The command `chatbot`: every command hangs below it."""

from __future__ import annotations

import os
from pathlib import Path

import click

from chatbot.cli import files, learning, talking
from chatbot.cli.options import with_locations
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
        context.invoke(talking.chat, plain=False, intents_option=None, model_option=None)


for command in (
    talking.chat,
    talking.ask,
    talking.trace,
    learning.train,
    learning.versions_group,
    learning.evaluate,
    learning.lab,
    learning.pretrain,
    files.check,
    files.convert,
    files.where,
    files.completion,
):
    main.add_command(command)
