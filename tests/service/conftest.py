"""The service in this process, on a bot of random weights that knows its own patterns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from chatbot.common.hosts import Hosts
from chatbot.common.paths import Locations
from chatbot.conversation.bot import Chatbot
from chatbot.conversation.reader import Reader
from chatbot.conversation.replies import Replier
from chatbot.service.answering import Answering
from chatbot.service.app import create_app
from chatbot.service.conversations import Conversations
from chatbot.service.guard import Guard
from chatbot.service.rate import Rate
from tests.conversation.test_dialogue import INTENTS
from tests.random_network import random_network

HERE = "http://127.0.0.1:8000"


def make_bot() -> Chatbot:
    recurrent, classifier = random_network("gru", INTENTS)
    bot = Chatbot.__new__(Chatbot)
    bot.intents, bot.replier, bot.threshold = INTENTS, Replier("Ana", seed=0), None
    bot.reader, bot._latest = Reader(recurrent, classifier, INTENTS), bot
    return bot


@dataclass
class Clock:
    """Goes on when a test says so."""

    seconds: float = 1000.0

    def __call__(self) -> float:
        return self.seconds

    def nanoseconds(self) -> int:
        return round(self.seconds * 1e9)


@dataclass
class Service:
    """The service, and what it said to the person at the server."""

    bot: Chatbot = field(default_factory=make_bot)
    rate: int = 0
    token: str | None = None
    most: int = 10_000
    names: tuple[str, ...] = ()
    clock: Clock = field(default_factory=Clock)
    told: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        nowhere = Path("nowhere")
        self.answering = Answering(
            self.bot, Locations(nowhere, "", nowhere, ""), None, self.told.append
        )
        self.conversations = Conversations(self.most, now=self.clock)
        self.app = Guard(
            create_app(self.answering, self.conversations, needs_token=self.token is not None),
            hosts=Hosts(self.names),
            rate=Rate(self.rate, self.clock.nanoseconds),
            token=self.token,
            warn=self.told.append,
        )

    def client(self, address: str = "127.0.0.1") -> httpx.AsyncClient:
        transport = httpx.ASGITransport(self.app, client=(address, 1), raise_app_exceptions=False)
        return httpx.AsyncClient(transport=transport, base_url=HERE)


@pytest.fixture
def make_service() -> Iterator[Callable[..., Service]]:
    """Make services; their threads end with the test."""
    made: list[Service] = []

    def make(**options: object) -> Service:
        made.append(Service(**options))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for service in made:
        service.answering.close()


@pytest.fixture
def service(make_service: Callable[..., Service]) -> Service:
    return make_service()


@pytest.fixture
async def client(service: Service) -> httpx.AsyncClient:
    return service.client()
