"""The command `api`: the bot as a service for other programs, JSON over HTTP.

Functions import what they need (start-up).
"""

from __future__ import annotations

import os
from pathlib import Path

import click

from chatbot.cli import output
from chatbot.cli.libraries import explained_libraries
from chatbot.cli.options import (
    FILE,
    explained,
    load_bot,
    locations_of,
    named_once,
    utf8,
    with_address,
    with_locations,
)
from chatbot.cli.speaking import Command, option
from chatbot.common import Hosts, _, is_loopback, listen, url_of
from chatbot.service import REQUESTS_A_MINUTE, TOKEN_CHARACTERS

TOKEN_VARIABLE = "CHATBOT_API_TOKEN"


@click.command(cls=Command)
@click.argument("bot", type=FILE, required=False)
@with_address
@option(
    "--rate",
    type=click.IntRange(0, 1_000_000),
    default=REQUESTS_A_MINUTE,
    show_default=True,
    help="Requests a minute that one client may make; 0 is no limit.",
)
@option("--seed", type=int, help="Fix the choice of replies.")
@with_locations
@click.pass_context
@utf8
def api(
    context: click.Context,
    bot: Path | None,
    host: str,
    port: int,
    rate: int,
    seed: int | None,
    intents_option: Path | None,
    model_option: Path | None,
) -> None:
    """Answer other programs: JSON over HTTP, described at /docs.

    BOT is the name of one of your bots (`chatbot new`), or an intents file.

    A new model, and a changed intents file, answer at once. With the environment variable
    CHATBOT_API_TOKEN set, a request must bring that token. Nothing of the messages is logged.
    """
    with explained_libraries():
        from chatbot.service import run
    locations = locations_of(context, named_once(bot, intents_option), model_option)
    token = _token()
    loaded = load_bot(locations, seed)
    with explained():
        listening = listen(host, port)
    if not is_loopback(host):
        output.warn(
            _(
                "Warning: with this --host, other computers can ask it too. There is no\n"
                "encryption: put a server with TLS before it."
            )
        )
        if token is None:
            everybody = _("Everybody may ask: set {variable} to a token that they must bring.")
            output.warn(everybody.format(variable=TOKEN_VARIABLE))
    url = url_of(listening, host)
    answers = _("The bot answers at {url}, described at {url}/docs  (ctrl+c ends it)")
    output.say(answers.format(url=url))
    run(
        loaded,
        locations,
        listening,
        hosts=Hosts([host]),
        rate=rate,
        seed=seed,
        token=token,
        warn=output.warn,
    )


def _token() -> str | None:
    """Return the token that a request must bring, None where it needs none."""
    token = os.environ.get(TOKEN_VARIABLE)
    if token is None:
        return None
    if len(token) < TOKEN_CHARACTERS or not (token.isascii() and token.isprintable()):
        raise click.ClickException(
            _(
                "{variable}: a token has at least {count} characters of ASCII. Make one: {how}"
            ).format(
                variable=TOKEN_VARIABLE,
                count=TOKEN_CHARACTERS,
                how='python -c "import secrets; print(secrets.token_urlsafe())"',
            )
        )
    return token
