"""Who may ask the service, how often, and from where."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import httpx
import pytest

from chatbot.common.hosts import Hosts, is_loopback
from chatbot.service import guard, limits
from chatbot.service.answering import Answering
from chatbot.service.rate import Rate, client_of
from tests.service.conftest import Clock, Service

TOKEN = "correct-horse-battery"


async def status(client: httpx.AsyncClient, path: str = "/intents", **headers: str) -> int:
    found = await client.get(path, headers={key.replace("_", "-"): v for key, v in headers.items()})
    return found.status_code


async def test_who_asks_too_often_is_told_when_to_ask_again(
    make_service: Callable[..., Service],
) -> None:
    service = make_service(rate=60)
    client, other = service.client(), service.client("10.0.0.7")
    assert [await status(client) for _ in range(12)] == [200] * 10 + [429] * 2
    response = await client.get("/intents")
    assert response.headers["retry-after"] == "1"
    assert response.json()["detail"] == "You ask too often. Try again in 1 s"
    assert await status(other) == 200, "another client does not wait"
    service.clock.seconds += 1
    assert [await status(client), await status(client)] == [200, 429]
    service.clock.seconds += 3600
    assert [await status(client) for _ in range(11)] == [200] * 10 + [429]


async def test_without_a_limit_nobody_is_told_to_wait(service: Service) -> None:
    client = service.client()
    assert {await status(client, "/health") for _ in range(300)} == {200}


def test_the_slowest_rate_lets_one_request_a_minute_through() -> None:
    clock = Clock()
    rate = Rate(1, clock.nanoseconds)
    assert rate.seconds_to_wait("a") == 0
    assert rate.seconds_to_wait("a") == 60
    clock.seconds += 60
    assert rate.seconds_to_wait("a") == 0


def test_as_many_requests_pass_in_the_long_run_as_the_rate_says() -> None:
    clock = Clock()
    rate = Rate(600, clock.nanoseconds)
    passed = 0
    for _ in range(20_000):
        passed += rate.seconds_to_wait("a") == 0
        clock.seconds += 0.01
    assert passed == pytest.approx(200 * 10 + 100, abs=1)


def test_clients_that_ask_once_do_not_fill_the_memory() -> None:
    clock = Clock()
    rate = Rate(60, clock.nanoseconds)
    for number in range(limits.CLIENTS + 500):
        rate.seconds_to_wait(f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}")
    assert len(rate._due) == limits.CLIENTS


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("10.0.0.7", "10.0.0.7"),
        ("::ffff:10.0.0.7", "10.0.0.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
        ("fe80::1%eth0", "fe80::"),
        ("", ""),
        ("testclient", "testclient"),
    ],
)
def test_a_client_is_an_address_or_a_network(address: str, client: str) -> None:
    assert client_of(address) == client


@pytest.mark.parametrize(
    "host",
    [
        "evil.example", "evil.example:8000", "127.0.0.1.evil.example", "localhost.evil.example", "",
        "localhost@evil.example", "evil.example#localhost", "[evil]", "127.0.0.1:port", "a b",
        "localhost,evil.example", "[::1", "localhost:123456", "0x7f.1", "127.1",
    ],
)  # fmt: skip
async def test_a_page_whose_own_name_leads_here_is_refused(service: Service, host: str) -> None:
    assert not Hosts().is_ours(host)
    assert await status(service.client(), host=host) == 421


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:8000", "127.0.0.1:8000", "[::1]:8000", "192.168.1.5", "[::1]"]
)
async def test_addresses_and_localhost_are_this_machine(service: Service, host: str) -> None:
    assert await status(service.client(), host=host) == 200


async def test_a_name_that_the_machine_was_given_is_this_machine(
    make_service: Callable[..., Service],
) -> None:
    client = make_service(names=("bots.example",)).client()
    assert await status(client, host="bots.example:8000") == 200
    assert await status(client, host="other.example:8000") == 421


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example", "null", "http://127.0.0.1", "http://127.0.0.1:9000", "",
        "http://127.0.0.1:8000.evil.example", "file://", "http://127.0.0.1:8000/",
    ],
)  # fmt: skip
async def test_a_page_of_another_site_can_neither_ask_nor_read(
    service: Service, origin: str
) -> None:
    client = service.client()
    for method, path in (("GET", "/intents"), ("POST", "/conversations"), ("OPTIONS", "/messages")):
        response = await client.request(method, path, headers={"origin": origin})
        assert response.status_code == 403
        assert not [name for name in response.headers if name.startswith("access-control")]
    assert len(service.conversations) == 0


async def test_the_page_of_the_service_itself_may_ask(service: Service) -> None:
    assert await status(service.client(), origin="http://127.0.0.1:8000") == 200


@pytest.mark.parametrize(
    "given",
    [
        "", "Bearer", "Bearer ", f"Basic {TOKEN}", f"Bearer {TOKEN[:-1]}", f"Bearer {TOKEN}x",
        TOKEN, f"Bearer {TOKEN.upper()}",
    ],
)  # fmt: skip
async def test_without_the_token_nothing_of_the_bot_is_told(
    make_service: Callable[..., Service], given: str
) -> None:
    client = make_service(token=TOKEN).client()
    for path in ("/intents", "/conversations/x", "/nothing", "/swagger"):
        response = await client.get(path, headers={"authorization": given})
        assert response.status_code == 401
        assert response.headers["www-authenticate"] == "Bearer"
        assert response.headers["content-type"] == "application/problem+json"


async def test_with_the_token_everything_is_as_without_one(
    make_service: Callable[..., Service],
) -> None:
    client = make_service(token=TOKEN).client()
    assert await status(client, authorization=f"Bearer {TOKEN}") == 200
    assert await status(client, authorization=f"bearer {TOKEN}") == 200
    for path in ("/health", "/docs", "/openapi.json", "/swagger/swagger-ui.css"):
        assert await status(client, path) == 200, "it tells nothing of the bot"


async def test_tokens_are_not_to_be_tried_out_quickly(make_service: Callable[..., Service]) -> None:
    client = make_service(token=TOKEN, rate=60).client()
    found = [await status(client, authorization=f"Bearer guess{n}") for n in range(20)]
    assert found == [401] * 10 + [429] * 10


async def test_who_sends_a_request_too_slowly_is_told(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "BODY_SECONDS", 0.05)
    sent: list[guard.Message] = []

    async def receive() -> guard.Message:
        await asyncio.sleep(0.02)
        return {"type": "http.request", "body": b" ", "more_body": True}

    async def send(message: guard.Message) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": "POST", "path": "/messages", "client": ("127.0.0.1", 1),
        "headers": [(b"host", b"127.0.0.1")],
    }  # fmt: skip
    await service.app(scope, receive, send)
    assert sent[0]["status"] == 408


async def test_a_body_without_an_end_is_refused_once_it_is_too_long(service: Service) -> None:
    given, sent = 0, []

    async def receive() -> guard.Message:
        nonlocal given
        given += 1
        return {"type": "http.request", "body": bytes(2**20), "more_body": True}

    async def send(message: guard.Message) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": "POST", "path": "/messages", "client": ("127.0.0.1", 1),
        "headers": [(b"host", b"127.0.0.1"), (b"content-length", b"10")],
    }  # fmt: skip
    await service.app(scope, receive, send)
    assert sent[0]["status"] == 413
    assert given <= limits.DISCARDED_BYTES / 2**20 + 1


async def test_a_client_that_goes_away_is_no_error(service: Service) -> None:
    async def receive() -> guard.Message:
        return {"type": "http.disconnect"}

    async def send(message: guard.Message) -> None:
        raise AssertionError("nobody is there")

    scope = {
        "type": "http", "method": "POST", "path": "/messages", "client": ("127.0.0.1", 1),
        "headers": [(b"host", b"127.0.0.1"), (b"content-length", b"10")],
    }  # fmt: skip
    await service.app(scope, receive, send)
    assert service.told == []


async def test_who_still_waits_when_the_service_ends_is_told(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = asyncio.Event()

    async def takes_long(answering: Answering, text: str) -> bytes:
        asked.set()
        await asyncio.sleep(600)
        return b""

    monkeypatch.setattr(Answering, "alone", takes_long)
    waiting = asyncio.create_task(service.client().post("/messages", json={"text": "hello"}))
    await asked.wait()
    waiting.cancel()  # as Uvicorn does with what takes longer than it waits
    response = await waiting
    assert response.status_code == 503
    assert response.json()["detail"] == "The service has ended before this was answered"
    assert service.told == []


@pytest.mark.parametrize(
    ("host", "alone"),
    [
        ("127.0.0.1", True), ("127.8.8.8", True), ("localhost", True), ("::1", True),
        ("0.0.0.0", False), ("::", False), ("192.168.1.5", False), ("bots.example", False),
        ("", False),
    ],
)  # fmt: skip
def test_which_addresses_only_this_computer_reaches(host: str, alone: bool) -> None:
    assert is_loopback(host) is alone
