"""Serves the app to browsers on one socket: textual-serve, with a guard at the door.

Its server lets any page of any site open the app: a browser sends requests to this machine in the
name of every page that asks it to. So each request must name this machine, and come from one of our
own pages.
"""

from __future__ import annotations

import asyncio
import logging
import signal
from contextlib import suppress
from http import HTTPStatus
from socket import socket

from aiohttp import web
from aiohttp.typedefs import Handler
from textual_serve.server import Server

from chatbot.common import Hosts, _

MOST_APPS = 16
"""Open at once, each a process of its own."""

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'self' 'unsafe-inline'; connect-src 'self' ws: wss:; img-src 'self' data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""Of every answer: no page of others may show the app in a frame, where clicks would be its; and
the page of textual-serve would fetch a typeface from elsewhere, which this forbids."""


class AppServer(Server):
    """Serves the app; what textual-serve leaves open is closed here."""

    def __init__(self, command: str, title: str, hosts: Hosts) -> None:
        """Take a command line for the shell, the title of the page, and our names."""
        super().__init__(command, title=title)
        self._hosts = hosts
        self._open = 0

    def initialize_logging(self) -> None:
        """Say warnings only: textual-serve's own way prints the variables of each error."""
        logging.basicConfig(level=logging.WARNING, format="%(message)s")

    async def on_startup(self, app: web.Application) -> None:
        """Print nothing: the command has said where the app is."""

    async def on_shutdown(self, app: web.Application) -> None:
        """Do nothing: each page's process ends with its connection."""

    async def make_app(self) -> web.Application:
        """Return textual-serve's app, guarded."""
        app = await self._make_app()
        app.middlewares.append(self._guarded)
        app.on_response_prepare.append(self._add_headers)
        return app

    @web.middleware
    async def _guarded(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Pass on what one of our own pages asks, under a name of this machine."""
        if not self._hosts.is_ours(request.host):
            status = HTTPStatus.MISDIRECTED_REQUEST
            text = _("Use the address that chatbot serve printed, or start it with --host NAME")
            return web.Response(status=status, text=text)
        origin = request.headers.get("Origin")
        if origin is not None and not self._hosts.is_origin(origin, request.host):
            text = _("Not from pages of other sites")
            return web.Response(status=HTTPStatus.FORBIDDEN, text=text)
        if request.path != "/ws":
            # The page names the server as it was asked; nothing is awaited until it is made.
            self.public_url = f"{request.scheme}://{request.host}"
            return await handler(request)
        if self._open >= MOST_APPS:
            text = _("Too many pages are open: close one")
            return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE, text=text)
        self._open += 1
        try:
            return await handler(request)
        finally:
            self._open -= 1

    async def _add_headers(self, request: web.Request, response: web.StreamResponse) -> None:
        response.headers.update(HEADERS)


def serve(command: str, listening: socket, *, title: str, hosts: Hosts) -> None:
    """Serve the app until Ctrl+C, or until the process is told to end."""
    with suppress(KeyboardInterrupt):
        asyncio.run(_serve(AppServer(command, title, hosts), listening))


async def _serve(server: AppServer, listening: socket) -> None:
    server.initialize_logging()
    runner = web.AppRunner(await server.make_app(), access_log=None, shutdown_timeout=2.0)
    await runner.setup()
    try:
        await web.SockSite(runner, listening).start()
        await _until_told()
    finally:
        await runner.cleanup()


async def _until_told() -> None:
    """Wait until the process is told to end; Ctrl+C cancels."""
    told = asyncio.Event()
    with suppress(NotImplementedError):  # Windows has no such signal
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, told.set)
    await told.wait()
