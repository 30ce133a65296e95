"""The command `actions`: what an intent can have done before its reply."""

from __future__ import annotations

import click

from chatbot.cli import output
from chatbot.cli.options import utf8
from chatbot.cli.speaking import Command


@click.command(cls=Command)
@utf8
def actions() -> None:
    """List the actions that an intent can name, ours and those of plug-ins."""
    from chatbot.actions import entries  # start-up: the other commands do not look for plug-ins

    found = entries()
    width = max(len(entry.name) for entry in found)
    for entry in found:
        output.say(f"{entry.name:{width}}  {entry.does}")
