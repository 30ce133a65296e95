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
    explained,
    load_bot,
    locations_of,
    utf8,
    with_address,
    with_locations,
)
from chatbot.common import Hosts, is_loopback, listen, url_of
from chatbot.service import REQUESTS_A_MINUTE, TOKEN_CHARACTERS

TOKEN_VARIABLE = "CHATBOT_API_TOKEN"


@click.command()
@with_address
@click.option(
    "--rate",
    type=click.IntRange(0, 1_000_000),
    default=REQUESTS_A_MINUTE,
    show_default=True,
    help="Requests a minute that one client may make; 0 is no limit.",
)
@click.option("--seed", type=int, help="Fix the choice of replies.")
@with_locations
@click.pass_context
@utf8
def api(
    context: click.Context,
    host: str,
    port: int,
    rate: int,
    seed: int | None,
    intents_option: Path | None,
    model_option: Path | None,
) -> None:
    """Answer other programs: JSON over HTTP, described at /docs.

    A new model, and a changed intents file, answer at once. With the environment variable
    CHATBOT_API_TOKEN set, a request must bring that token. Nothing of the messages is logged.
    """
    with explained_libraries():
        from chatbot.service import run
    locations = locations_of(context, intents_option, model_option)
    token = _token()
    bot = load_bot(locations, seed)
    with explained():
        listening = listen(host, port)
    if not is_loopback(host):
        output.warn("Warning: with this --host, other computers can ask it too. There is no")
        output.warn("encryption: put a server with TLS before it.")
        if token is None:
            output.warn(f"Everybody may ask: set {TOKEN_VARIABLE} to a token that they must bring.")
    url = url_of(listening, host)
    output.say(f"The bot answers at {url}, described at {url}/docs  (ctrl+c ends it)")
    run(
        bot,
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
            f"{TOKEN_VARIABLE}: a token has at least {TOKEN_CHARACTERS} characters of ASCII. This "
            'makes one: python -c "import secrets; print(secrets.token_urlsafe())"'
        )
    return token
