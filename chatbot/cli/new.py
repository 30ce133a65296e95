"""The command `new`: makes a bot, and says what to do next.

Functions import what they need (start-up).
"""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chatbot.cli import output
from chatbot.cli.options import FILE, counted_intents, counted_patterns, explained, noted, utf8
from chatbot.cli.speaking import Command, option
from chatbot.common import _, paths, printable

if TYPE_CHECKING:
    from chatbot.bots import MadeBot


@click.command(cls=Command)
@click.argument("name")
@option(
    "--from",
    "source",
    type=FILE,
    metavar="FILE|EXAMPLE",
    help="Begin with this file, folder or zip archive (`chatbot convert` says which formats), or "
    "with an example: cafe (Vietnamese, orders) or helpdesk (English, questions and answers).",
)
@option(
    "--in", "folder", type=FILE, metavar="DIR", help="Put it there, not in your folder of bots."
)
@utf8
def new(name: str, source: Path | None, folder: Path | None) -> None:
    """Make a bot of that name.

    It begins with a template of three intents, or with FILE. Nothing that exists is overwritten.
    """
    from chatbot.bots import make_bot

    with explained():
        made = make_bot(name, folder, source)
        output.say("\n".join(lines_of(made)))


def lines_of(made: MadeBot) -> list[str]:
    """Return what was made and what to do next."""
    file = made.locations.intents
    patterns = sum(len(intent.patterns) for intent in made.intents.trainable)
    intents = counted_intents(len(made.intents.trainable))
    counts = f"{intents}, {counted_patterns(patterns)}"
    if made.imported_from:
        read_as = _("{counts}, read as {format}")
        counts = read_as.format(counts=counts, format=_(made.imported_from))
    called = made.name if file == paths.bot_file(made.name) else str(file)
    if sys.platform != "win32":  # the rules of cmd.exe are others
        called = shlex.quote(called)
    chat, train = f"chatbot chat {called}", f"chatbot train --intents {called}"
    width = max(len(chat), len(train))
    opens, trains = _("opens it and trains it; F2 there edits it"), _("trains it here")
    lines = [
        _("Made the bot {name}: {counts}").format(name=made.name, counts=counts),
        *(f"  {noted(note)}" for note in made.notes),
        _("Its file: {file}").format(file=file),
        _("Next:"),
        f"  {chat:<{width}}  {opens}",
        f"  {train:<{width}}  {trains}",
    ]
    return [printable(line) for line in lines]
