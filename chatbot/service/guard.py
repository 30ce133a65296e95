"""What a request must pass before it is looked at: rate, host, origin, token, size (ASGI).

It stands around the whole app, so that nothing that is added to it can forget a check. It is also
where nothing of a message gets into a log: of an error inside, the kind and the place are told.
"""

from __future__ import annotations

import asyncio
import hmac
import math
from collections.abc import Awaitable, Callable, MutableMapping
from http import HTTPStatus
from traceback import extract_tb
from typing import Any

from chatbot.common import Hosts
from chatbot.service.limits import BODY_BYTES, BODY_SECONDS, DISCARDED_BYTES
from chatbot.service.problems import MEDIA_TYPE, RefusedError
from chatbot.service.rate import Rate

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

PUBLIC = frozenset({"/", "/health", "/docs", "/openapi.json"})
"""What needs no token: it tells nothing of the bot."""

PAGE_FILES = "/swagger/"
"""What the page consists of, which needs none either."""

HEADERS = (
    (b"cache-control", b"no-store"),
    (
        b"content-security-policy",
        b"default-src 'none'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; "
        b"script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
        b"form-action 'none'; frame-ancestors 'none'",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
)
"""Of every answer: conversations are in no cache, no page of others shows one in a frame, and the
page of the service loads nothing from elsewhere."""


class Guard:
    """Lets through what may be asked; answers the rest with a problem."""

    def __init__(
        self,
        app: App,
        *,
        hosts: Hosts,
        rate: Rate,
        token: str | None,
        warn: Callable[[str], None],
    ) -> None:
        """Take the app, and who may ask it; `warn` gets a line for each error inside."""
        self._app = app
        self._hosts = hosts
        self._rate = rate
        self._token = None if token is None else token.encode()
        self._warn = warn

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, as ASGI 3 says."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def send_on(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                message["headers"] = [*message.get("headers", ()), *HEADERS]
            await send(message)

        try:
            headers = dict(scope["headers"])
            self._admit(scope, headers)
            body = await _body(headers, receive)
            await self._app(scope, _again(body, receive), send_on)
        except _GoneError:
            return
        except RefusedError as problem:
            await _refuse(problem, send_on)
        except asyncio.CancelledError:  # it has taken longer than the end of the service waits
            if not begun:
                said = "The service has ended before this was answered"
                await _refuse(RefusedError(HTTPStatus.SERVICE_UNAVAILABLE, said), send_on)
        except Exception as error:
            self._warn(f"error: {_place_of(error)}")
            if not begun:
                await _refuse(
                    RefusedError(
                        HTTPStatus.INTERNAL_SERVER_ERROR,
                        "Something went wrong here, not with your request. The server has said "
                        "where",
                    ),
                    send_on,
                )

    def _admit(self, scope: Scope, headers: dict[bytes, bytes]) -> None:
        """Raise RefusedError unless a request may be looked at."""
        address = scope["client"][0] if scope.get("client") else ""
        if wait := self._rate.seconds_to_wait(address):
            seconds = math.ceil(wait)
            raise RefusedError(
                HTTPStatus.TOO_MANY_REQUESTS,
                f"You ask too often. Try again in {seconds} s",
                {"retry-after": str(seconds)},
            )
        host = headers.get(b"host", b"").decode("latin-1")
        if not self._hosts.is_ours(host):
            raise RefusedError(
                HTTPStatus.MISDIRECTED_REQUEST,
                "The Host header names another machine. Use the address that the server printed, "
                "or start it with --host and the name that it has",
            )
        origin = headers.get(b"origin")
        if origin is not None and not self._hosts.is_origin(origin.decode("latin-1"), host):
            raise RefusedError(HTTPStatus.FORBIDDEN, "Pages of other sites may not ask it")
        path = scope["path"]
        if self._token is None or path in PUBLIC or path.startswith(PAGE_FILES):
            return
        kind, _, given = headers.get(b"authorization", b"").partition(b" ")
        if kind.lower() != b"bearer" or not hmac.compare_digest(given.strip(), self._token):
            raise RefusedError(
                HTTPStatus.UNAUTHORIZED,
                "This needs the token of the server: Authorization: Bearer TOKEN",
                {"www-authenticate": "Bearer"},
            )


class _GoneError(Exception):
    """The client has closed the connection: nobody to answer."""


async def _body(headers: dict[bytes, bytes], receive: Receive) -> bytes:
    """Return the body of a request. Raises Problem for one that is too long, or too slow."""
    try:
        announced = int(headers.get(b"content-length", b"0"))
    except ValueError:
        announced = 0  # the server refuses those; if not, what comes is counted
    try:
        async with asyncio.timeout(BODY_SECONDS):
            return await _received(announced, receive)
    except TimeoutError:
        raise RefusedError(
            HTTPStatus.REQUEST_TIMEOUT,
            f"The request took longer than {BODY_SECONDS:.0f} s to arrive",
            {"connection": "close"},
        ) from None


async def _received(announced: int, receive: Receive) -> bytes:
    found, size = bytearray(), 0
    while announced <= DISCARDED_BYTES:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _GoneError
        part = message.get("body", b"")
        size += len(part)
        if size <= BODY_BYTES:
            found += part
        if not message.get("more_body", False) or size > DISCARDED_BYTES:
            break
    if max(size, announced) > BODY_BYTES:
        raise RefusedError(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            f"A request has at most {BODY_BYTES:,} bytes",
            {"connection": "close"},
        )
    return bytes(found)


def _again(body: bytes, receive: Receive) -> Receive:
    """Return what gives the app the body at once, and then what comes."""
    given = False

    async def received() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return received


async def _refuse(problem: RefusedError, send: Send) -> None:
    body = problem.body
    headers = {"content-type": MEDIA_TYPE, "content-length": str(len(body)), **problem.headers}
    encoded = [(name.encode(), value.encode()) for name, value in headers.items()]
    start = {"type": "http.response.start", "status": problem.status.value, "headers": encoded}
    await send(start)
    await send({"type": "http.response.body", "body": body})


def _place_of(error: Exception) -> str:
    """Return what kind of error it is and where: what it says may hold what somebody wrote."""
    places = [f"{frame.name} ({frame.filename}:{frame.lineno})" for frame in extract_tb(
        error.__traceback__)]  # fmt: skip
    return f"{type(error).__name__} in {' < '.join(reversed(places[-3:]))}"
