"""The port that a server of ours listens on, and how it is called."""

from __future__ import annotations

import socket
import sys

from chatbot.common.errors import ChatbotError
from chatbot.common.translation import _

WAITING = 1024
"""Connections that may wait until the server has taken them."""


class ListenError(ChatbotError):
    """A server cannot listen there."""


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens on a port of this machine; port 0 is any that is free.

    Raises ListenError for a host that this machine does not have, or a port that is taken.
    """
    if not host:
        raise ListenError(_("--host is empty: name an address of this machine, such as 127.0.0.1"))
    try:
        return _listening(host, port)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ListenError(
            _(
                "{host}, port {port}: nobody can be served there ({reason}). Choose another port "
                "with --port (0 is any that is free), or another address of this machine with "
                "--host"
            ).format(host=host, port=port, reason=reason)
        ) from error


def _listening(host: str, port: int) -> socket.socket:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    family, kind, protocol, _, address = found[0]
    # Not socket.create_server, which leaves the protocol out: asyncio then does not turn off
    # Nagle's algorithm, and half of an answer waits for 40 ms.
    listening = socket.socket(family, kind, protocol)
    try:
        if sys.platform != "win32":  # there it would let two programs have one port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            listening.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listening.bind(address)
        listening.listen(WAITING)
    except OSError:
        listening.close()
        raise
    return listening


def url_of(listening: socket.socket, host: str) -> str:
    """Return the address under which a browser on this machine reaches a server."""
    port = listening.getsockname()[1]
    name = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"
