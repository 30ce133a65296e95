"""The command `completion`: the completion script of a shell."""

from __future__ import annotations

import click

from chatbot.cli import output
from chatbot.cli.options import utf8
from chatbot.cli.speaking import Command


@click.command(cls=Command)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
@utf8
def completion(context: click.Context, shell: str) -> None:
    """Print the completion script of a shell: eval "$(chatbot completion bash)"."""
    from click.shell_completion import get_completion_class  # here for start-up

    kind = get_completion_class(shell)
    assert kind is not None  # the three that click ships
    script = kind(context.find_root().command, {}, "chatbot", "_CHATBOT_COMPLETE").source()
    output.say_file(f"{script}\n".encode())
