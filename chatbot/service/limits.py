"""What the service takes of one request, of one client and of all (docs/service.md lists them)."""

from __future__ import annotations

MESSAGE_CHARACTERS = 10_000
"""Of a message: 0.2 s of work. In the app it may be longer, but there its writer waits alone."""

BODY_BYTES = 128 * 1024
"""Of a request: the longest message, with every character as an escape of JSON."""

DISCARDED_BYTES = 32 * 1024 * 1024
"""Of a body that is too long, so much is read and thrown away, so that the refusal arrives: a
client that still sends when the connection is closed does not see it."""

BODY_SECONDS = 10.0
"""For sending a request."""

REQUESTS_A_MINUTE = 600
"""Of one client, where the command line does not say."""

BURST = 1 / 6
"""The share of a minute's requests that may come at once."""

CLIENTS = 10_000
"""Clients that are counted; of more, those that have not asked for longest begin anew."""

CONVERSATIONS = 10_000
"""Conversations that are kept, 5 kB each; of more, the least recently used one goes."""

IDLE_SECONDS = 3_600.0
"""After so long without a message a conversation is forgotten."""

CONNECTIONS = 4_096
"""Open at once; to more the server says 503."""

KEPT_OPEN_SECONDS = 60
"""So long a connection stays open without a request: people read before they answer."""

THREADS = 2
"""In which messages are answered, so that a long one lets short ones through. They take turns, and
more of them only change more often."""

TOKEN_CHARACTERS = 16
"""A token has at least so many."""
