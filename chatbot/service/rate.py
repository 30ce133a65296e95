"""How often each client may ask: the generic cell rate algorithm, one number a client."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address

from chatbot.service.limits import BURST, CLIENTS

MINUTE = 60_000_000_000
"""In nanoseconds: whole numbers, so that a client may ask exactly as often as it is told."""


class Rate:
    """Counts the requests of clients.

    A client may ask at any time as long as it has not asked more often, on average, than it may
    (ITU-T I.371, the virtual scheduling algorithm); a share of a minute's requests may come at
    once.
    """

    def __init__(self, a_minute: int, now: Callable[[], int] = time.monotonic_ns) -> None:
        """Take how many requests a client may make in a minute; 0 is no limit."""
        self._interval = MINUTE // a_minute if a_minute else 0
        self._ahead = (max(round(a_minute * BURST), 1) - 1) * self._interval
        self._now = now
        self._due: OrderedDict[str, int] = OrderedDict()
        """When the next request of a client would come if it kept its rate exactly."""

    def seconds_to_wait(self, address: str) -> float:
        """Count a request, and return 0; or return in how many seconds it may come."""
        if not self._interval:
            return 0.0
        client, now = client_of(address), self._now()
        due = max(self._due.get(client, now), now)
        if due - now > self._ahead:
            return (due - now - self._ahead) / 1e9
        self._due[client] = due + self._interval
        self._due.move_to_end(client)
        if len(self._due) > CLIENTS:
            self._due.popitem(last=False)
        return 0.0


def client_of(address: str) -> str:
    """Return whose address it is: of IPv6 the network, since a client has 2⁶⁴ addresses."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or IPv6Address(int(found) >> 64 << 64))
    return str(found)
