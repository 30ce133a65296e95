"""Which names a server on this machine has: against pages that have the browser ask in our name.

A page of somebody else may let its own name lead to this machine (DNS rebinding); its requests then
name that host. An address is no name, so it cannot be made to lead here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from ipaddress import ip_address

_HOST = re.compile(r"(?P<name>\[[0-9a-fA-F:.]+\]|[^:/@\[\]\s]+)(?::(?P<port>\d{1,5}))?")

LOCAL = "localhost"


class Hosts:
    """The names under which a server may be asked: addresses, localhost, and the names it has."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        """Take names of this machine beside localhost."""
        self._names = {LOCAL, *(name.lower() for name in names if name)}

    def is_ours(self, host: str) -> bool:
        """Return whether a Host header names this machine: by an address, or by a name it has."""
        found = _HOST.fullmatch(host)
        if found is None:
            return False
        name = found["name"].lower()
        return name in self._names or is_address(name.strip("[]"))

    def is_origin(self, origin: str, host: str) -> bool:
        """Return whether a page comes from the server itself, which was asked as `host`."""
        scheme, _, rest = origin.partition("://")
        return scheme in ("http", "https") and rest.lower() == host.lower()


def is_address(name: str) -> bool:
    """Return whether this is an IP address, and no name."""
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def is_loopback(host: str) -> bool:
    """Return whether a server bound to this host is reached from this machine alone."""
    name = host.lower().strip("[]")
    return name == LOCAL or (is_address(name) and ip_address(name).is_loopback)
