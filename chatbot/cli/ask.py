"""The command `ask`: answer one message, or one per line of standard input."""

from __future__ import annotations

from pathlib import Path

import click

from chatbot.cli import output
from chatbot.cli.options import (
    about_keys,
    load_bot,
    locations_of,
    noted,
    refused,
    stdin_messages,
    tell_not_later,
    tell_unread,
    utf8,
    with_locations,
)
from chatbot.cli.speaking import Command, option


@click.command(cls=Command)
@click.argument("text")
@option("--json", "as_json", is_flag=True, help="Print one JSON object per message.")
@option("--seed", type=int, help="Fix the choice of replies.")
@with_locations
@click.pass_context
@utf8
def ask(
    context: click.Context,
    text: str,
    as_json: bool,
    seed: int | None,
    intents_option: Path | None,
    model_option: Path | None,
) -> None:
    """Answer one message; with - as TEXT, one message per line of standard input.

    The lines are one conversation: what an answer makes active holds for those after it, and the
    number of an offer asks it. A message that is too long gets an error in place of its answer, and
    the exit code is 1.
    """
    from chatbot.conversation import turn_as_json  # start-up: it needs NumPy

    bot = load_bot(locations_of(context, intents_option, model_option), seed).conversation()
    any_refused = False
    for message in stdin_messages() if text == "-" else [text]:
        if (problem := refused(message)) is not None:
            any_refused = True
            if as_json:
                output.say_json({"text": f"{message[:100]}…", "error": problem})
            else:
                output.say(problem)
            continue
        turn = bot.reply(message)
        tell_unread(turn.reading)
        for note in turn.notes:
            output.warn(note)
        if as_json:
            output.say_json(turn_as_json(message, turn))
        else:
            output.say(turn.reply)
            if turn.later:
                tell_not_later()
            if output.is_person() and (about := about_keys(turn.reply)):
                output.warn(noted(about))
    if any_refused:
        context.exit(1)
