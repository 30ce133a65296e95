"""The command `chat`: the app, or a conversation in plain lines."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chatbot.cli.options import load_bot, locations_of, stdin_messages, utf8, with_locations

if TYPE_CHECKING:
    from chatbot.conversation import Chatbot


@click.command()
@click.option("--plain", is_flag=True, help="Line by line, for pipes and screen readers.")
@click.option("--private", is_flag=True, help="Keep nothing of what is said.")
@click.option("--seed", type=int, help="Fix the choice of replies.")
@with_locations
@click.pass_context
@utf8
def chat(
    context: click.Context,
    plain: bool,
    private: bool,
    intents_option: Path | None,
    model_option: Path | None,
    seed: int | None = None,
) -> None:
    """Open the app, or chat in plain lines."""
    locations = locations_of(context, intents_option, model_option)
    if plain:
        _chat_plain(load_bot(locations, seed))
        return
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.UsageError("The app needs a terminal. For pipes: chatbot chat --plain")
    import gc

    # What start-up creates lives as long as the app: searching it for garbage costs 15 ms.
    gc.disable()
    from chatbot.tui import ChatbotApp

    ChatbotApp(locations, seed=seed, private=private).run()


def _chat_plain(bot: Chatbot) -> None:
    """Answer line by line: with a prompt on a terminal, with the replies alone in a pipe."""
    person = sys.stdin.isatty()
    if person:
        print("Type a message and press Enter. An empty line or ctrl+d ends.")
        print("you: ", end="", flush=True)
    for line in stdin_messages():
        if person and not line.strip():
            break
        print(("bot: " if person else "") + bot.reply(line).reply, flush=True)
        if person:
            print("you: ", end="", flush=True)
