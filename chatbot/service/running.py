"""Runs the service on a socket until it is told to end (Uvicorn)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from socket import socket

import uvicorn

from chatbot.common import Hosts, Locations, give_back_large_blocks
from chatbot.conversation import Chatbot
from chatbot.service.answering import Answering
from chatbot.service.app import create_app
from chatbot.service.conversations import Conversations
from chatbot.service.guard import App, Guard
from chatbot.service.limits import CONNECTIONS, KEPT_OPEN_SECONDS
from chatbot.service.rate import Rate

ENDING_SECONDS = 5
"""So long requests under way may take when the service is told to end."""


def guarded_app(
    bot: Chatbot,
    locations: Locations,
    *,
    hosts: Hosts,
    rate: int,
    seed: int | None,
    token: str | None,
    warn: Callable[[str], None],
) -> App:
    """Return the whole service as an ASGI app.

    `rate` is how many requests a minute one client may make (0: any number), `warn` gets a line
    for what the person at the server should know. The rest is as in `Chatbot.load` and `Guard`.
    """
    answering = Answering(bot, locations, seed, warn)
    app = create_app(answering, Conversations(), needs_token=token is not None)
    return Guard(app, hosts=hosts, rate=Rate(rate), token=token, warn=warn)


def run(
    bot: Chatbot,
    locations: Locations,
    listening: socket,
    *,
    hosts: Hosts,
    rate: int,
    seed: int | None,
    token: str | None,
    warn: Callable[[str], None],
) -> None:
    """Answer requests until Ctrl+C, or until the process is told to end."""
    give_back_large_blocks()
    app = guarded_app(bot, locations, hosts=hosts, rate=rate, seed=seed, token=token, warn=warn)
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        ws="none",
        proxy_headers=False,  # anybody can write such a header
        server_header=False,
        limit_concurrency=CONNECTIONS,
        timeout_keep_alive=KEPT_OPEN_SECONDS,
        timeout_graceful_shutdown=ENDING_SECONDS,
    )
    with suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listening])
