"""How many messages a second does `chatbot api` answer when 1,000 conversations talk at once?

    python benchmarks/service.py [--conversations 1000] [--messages 20] [--write docs/benchmarks.md]

The server runs in a process of its own, on one model; this process is all of its clients, each
with a connection and a conversation. At full speed every client sends its next message as soon as
it has the answer; with pauses it waits ten seconds on average, as people who read do. The limit is
the same server with a path that does nothing (`/health`), asked in the same way in the same run.
Both processes share two cores: the figures are those of such a machine, clients included.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from random import Random
from typing import NamedTuple

import numpy as np
from tables import head, publish, row

from chatbot.opening import read_intents

ROOT = Path(__file__).resolve().parents[1]
PAUSE_SECONDS = 10.0
CONNECTIONS_AT_ONCE = 100
"""That are opened at the same time before the measurement."""


class Figures(NamedTuple):
    """What was measured."""

    name: str
    requests: int
    a_second: float
    median: float
    p99: float
    """Milliseconds from the first byte sent to the last one received."""


class Client:
    """A connection that stays open; the least of HTTP that a client needs."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self.conversation = ""

    @classmethod
    async def connect(cls, port: int) -> Client:
        """Open a connection."""
        return cls(*await asyncio.open_connection("127.0.0.1", port))

    async def ask(self, method: str, path: str, value: object = None) -> bytes:
        """Send a request and return the body of its answer. Raises ValueError for an error."""
        body = b"" if value is None else json.dumps(value).encode()
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        self._writer.write(head.encode() + body)
        answer = await self._reader.readuntil(b"\r\n\r\n")
        length = re.search(rb"content-length: (\d+)", answer.lower())
        found = await self._reader.readexactly(int(length[1]) if length else 0)
        if not answer.startswith((b"HTTP/1.1 200", b"HTTP/1.1 201")):
            raise ValueError(f"{answer.decode()}{found.decode()}")
        return found

    async def begin(self) -> None:
        """Begin a conversation."""
        self.conversation = json.loads(await self.ask("POST", "/conversations"))["id"]

    def close(self) -> None:
        """Close the connection."""
        self._writer.close()


Ask = Callable[[Client, Random], Awaitable[object]]


async def measured(
    name: str, clients: list[Client], messages: int, ask: Ask, pause: float = 0.0
) -> Figures:
    """Let every client ask so many times, and return how long that took."""
    took: list[float] = []

    async def talk(number: int, client: Client) -> None:
        rng = Random(number)
        for _ in range(messages):
            if pause:
                await asyncio.sleep(rng.uniform(0, 2 * pause))
            begun = time.perf_counter()
            await ask(client, rng)
            took.append((time.perf_counter() - begun) * 1e3)

    begun = time.perf_counter()
    await asyncio.gather(*(talk(number, client) for number, client in enumerate(clients)))
    seconds = time.perf_counter() - begun
    median, p99 = np.percentile(took, [50, 99])
    found = Figures(name, len(took), len(took) / seconds, float(median), float(p99))
    print(
        f"{name:40} {found.requests:6} requests  {found.a_second:7.0f} a second   "
        f"median {median:7.1f} ms   p99 {p99:7.1f} ms",
        flush=True,
    )
    return found


async def measure(port: int, conversations: int, messages: int, said: list[str]) -> list[Figures]:
    """Measure all, in turn."""
    clients: list[Client] = []
    for start in range(0, conversations, CONNECTIONS_AT_ONCE):
        count = min(CONNECTIONS_AT_ONCE, conversations - start)
        clients += await asyncio.gather(*(Client.connect(port) for _ in range(count)))
    for client in clients:
        await client.begin()

    async def nothing(client: Client, rng: Random) -> object:
        return await client.ask("GET", "/health")

    async def message(client: Client, rng: Random) -> object:
        path = f"/conversations/{client.conversation}/messages"
        return await client.ask("POST", path, {"text": rng.choice(said)})

    await measured("(warming up)", clients, 1, message)
    found = [
        await measured("at full speed: nothing (the limit)", clients, messages, nothing),
        await measured("at full speed: a message", clients, messages, message),
        await measured("one conversation alone: a message", clients[:1], 500, message),
        await measured("with pauses: a message", clients, 3, message, PAUSE_SECONDS),
        await measured("with pauses: nothing (the limit)", clients, 3, nothing, PAUSE_SECONDS),
    ]
    for client in clients:
        client.close()
    return found


def table(found: list[Figures], conversations: int) -> list[str]:
    """Return the Markdown table."""
    limit, full = found[0], found[1]
    who = f"{conversations:,} conversations"
    lines = head(who, "requests", "a second", "median", "99th percentile")
    for each in found:
        counts = (f"{each.requests:,}", f"{each.a_second:,.0f}")
        lines.append(row(each.name, *counts, f"{each.median:.1f} ms", f"{each.p99:.1f} ms"))
    share = full.a_second / limit.a_second
    return [*lines, "", f"Messages a second, relative to the limit: {share:.2f}x."]


def main() -> None:
    """Start the server, measure, and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--intents", type=Path, default=ROOT / "intents.json")
    parser.add_argument("--model", type=Path, default=ROOT / "models" / "intents")
    parser.add_argument("--conversations", type=int, default=1000)
    parser.add_argument("--messages", type=int, default=20)
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    if sys.platform != "win32":
        import resource

        # A connection is an open file, and the server inherits the limit.
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    trainable = read_intents(options.intents).intents.trainable
    said = [pattern for intent in trainable for pattern in intent.patterns]
    where = ["--intents", str(options.intents), "--model", str(options.model)]
    server = subprocess.Popen(
        [sys.executable, "-m", "chatbot", "api", "--port", "0", "--rate", "0", *where],
        stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    try:
        assert server.stdout is not None
        port = re.search(r":(\d+),", server.stdout.readline())
        assert port is not None, "the server says where it is"
        found = asyncio.run(measure(int(port[1]), options.conversations, options.messages, said))
    finally:
        server.terminate()
        server.wait()
    lines = table(found, options.conversations)
    publish(lines, options.write, "many conversations at once", "service")


if __name__ == "__main__":
    main()
