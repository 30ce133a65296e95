"""The port that a server of ours listens on, and how it is called."""

from __future__ import annotations

import socket

from chatbot.common.errors import ChatbotError

WAITING = 1024
"""Connections that may wait until the server has taken them."""


class ListenError(ChatbotError):
    """A server cannot listen there."""


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens on a port of this machine; port 0 is any that is free.

    Raises ListenError for a host that this machine does not have, or a port that is taken.
    """
    if not host:
        raise ListenError("--host is empty: name an address of this machine, such as 127.0.0.1")
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address, family=family, backlog=WAITING)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ListenError(
            f"{host}, port {port}: nobody can be served there ({reason}). Choose another port with "
            "--port (0 is any that is free), or another address of this machine with --host"
        ) from error


def url_of(listening: socket.socket, host: str) -> str:
    """Return the address under which a browser on this machine reaches a server."""
    port = listening.getsockname()[1]
    name = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"
