"""The command `serve`: the app in the browser.

Functions import what they need (start-up).
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from chatbot.cli import output
from chatbot.cli.libraries import explained_libraries
from chatbot.cli.options import (
    FILE,
    explained,
    locations_of,
    make_after_asking,
    named_once,
    utf8,
    with_address,
    with_locations,
)
from chatbot.cli.speaking import Command, option
from chatbot.common import N_, Hosts, _, is_loopback, listen, paths, url_of


@click.command(cls=Command)
@click.argument("bot", type=FILE, required=False)
@option("--private", is_flag=True, help="Keep nothing of what is said.")
@with_address
@with_locations
@click.pass_context
@utf8
def serve(
    context: click.Context,
    bot: Path | None,
    private: bool,
    host: str,
    port: int,
    intents_option: Path | None,
    model_option: Path | None,
) -> None:
    """Put the app into the browser.

    BOT is the name of one of your bots (`chatbot new`), or an intents file.

    Each page that is opened is an app of its own. Whoever reaches the port uses it as you: see
    docs/service.md before you let others.
    """
    with explained_libraries():
        from chatbot.browser import command_line, serve
    from chatbot.opening import read_intents

    locations = locations_of(context, named_once(bot, intents_option), model_option)
    if not locations.intents.exists():
        make_after_asking(locations)
    with explained():
        paths.require_home()
        if not locations.intents.exists():
            read_intents(locations.intents)  # says what to do; a broken file is mended in the app
        listening = listen(host, port)
    where = ["--intents", str(locations.intents), "--model", str(locations.model)]
    command = [sys.executable, "-m", "chatbot", "chat", *where, *(["--private"] * private)]
    output.say(_(RISKS))
    if not is_loopback(host):
        output.warn(_(PUBLIC))
    output.say(_("The app is at {url}  (ctrl+c ends it)").format(url=url_of(listening, host)))
    serve(command_line(command), listening, title="chatbot", hosts=Hosts([host]))


RISKS = N_(
    "Whoever opens the app uses it as you: reads your conversations, changes your bots and\n"
    "settings, reads and writes files that you may. On a shared computer, that is everybody."
)
"""What is said at each start."""

PUBLIC = N_(
    "Warning: with this --host, other computers can open it too. There is no password and no\n"
    "encryption. Use it only where you would let everybody sit down at your terminal."
)
"""What is said where others than this computer reach the port."""
