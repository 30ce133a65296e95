"""`chatbot serve`: the app over textual-serve's web socket, and who may not open it."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from click.testing import CliRunner

from chatbot.browser import server as server_module
from chatbot.browser.command import command_line
from chatbot.cli import main
from chatbot.common.hosts import Hosts
from tests.servers import Served, served, where

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the app in a pipe, as on POSIX")

LINES = 3
"""That are printed before the app is served."""


class Page:
    """A page's connection: what it shows, as the bytes of a terminal."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self.shown = ""

    async def until(self, text: str) -> None:
        """Read on until the app has drawn a text since the last time."""
        begun = len(self.shown)
        async with asyncio.timeout(120):
            while text not in self.shown[begun:]:
                message = await self._socket.receive()
                if message.type not in (aiohttp.WSMsgType.BINARY, aiohttp.WSMsgType.TEXT):
                    raise AssertionError(f"{message.type} before {text!r}: {self.shown[-2000:]}")
                if message.type is aiohttp.WSMsgType.BINARY:
                    self.shown += message.data.decode("utf-8", errors="replace")

    async def closed(self) -> None:
        """Read on until the app has ended."""
        async with asyncio.timeout(120):
            while True:
                message = await self._socket.receive()
                if message.type in (aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.CLOSE):
                    return

    async def press(self, keys: str) -> None:
        """Click into the page, as one has to at first, and press keys."""
        await self._socket.send_json(["focus"])
        await self._socket.send_json(["stdin", keys])

    async def say(self, message: str) -> None:
        """Type a message, and send it once it is drawn: from then on the prompt has the keys.

        Textual gives it the focus back only a moment after the click.
        """
        await self.press(message)
        await self.until(message.split()[-1])
        await self.press("\r")

    async def resize(self, width: int, height: int) -> None:
        await self._socket.send_json(["resize", {"width": width, "height": height}])


@asynccontextmanager
async def page(server: Served) -> AsyncIterator[Page]:
    """Open the app as its page does."""
    async with (
        aiohttp.ClientSession(headers={"Origin": server.url}) as session,
        session.ws_connect(f"{server.url}/ws?width=100&height=30") as socket,
    ):
        yield Page(socket)


async def test_in_a_page_a_message_is_answered_and_each_page_is_an_app_of_its_own(
    small_bot: Path,
) -> None:
    with served("serve", *where(small_bot), "--private", lines=LINES) as server:
        assert "uses it as you" in server.printed and server.errors() == ""
        async with page(server) as first, page(server) as second:
            await first.until("Type a message")
            await second.until("Type a message")
            await first.say("Farewell")
            await first.until("goodbye")  # the intent, beside the reply
            await first.resize(60, 20)
            await second.say("Time please")
            await second.until("please")
            assert "please" not in first.shown and "Farewell" not in second.shown
            await second.press("\x11")  # ctrl+q
            await second.closed()
        assert server.interrupt() == 0
        assert "Traceback" not in server.errors()


async def test_what_does_not_come_from_our_own_page_is_refused(trained_folder: Path) -> None:
    with served("serve", *where(trained_folder), lines=LINES) as server:
        async with aiohttp.ClientSession() as session:
            for headers in (
                {"Origin": "https://evil.example"},
                {"Origin": "null"},
                {"Origin": "http://127.0.0.1:1"},
                {"Host": "evil.example"},
            ):
                status = 421 if "Host" in headers else 403
                async with session.get(server.url, headers=headers) as response:
                    assert response.status == status
                with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
                    await session.ws_connect(f"{server.url}/ws", headers=headers)
                assert refused.value.status == status
            async with session.get(server.url) as response:
                assert response.status == 200
                assert response.headers["X-Frame-Options"] == "DENY"
                policy = response.headers["Content-Security-Policy"]
                assert "default-src 'self'" in policy
                text = await response.text()
            assert f"{server.url.replace('http', 'ws')}/ws" in text
            assert str(trained_folder) not in text, "no path of this computer is in the page"
            named = server.url.replace("127.0.0.1", "localhost")
            async with session.get(named) as response:
                assert f"{named.replace('http', 'ws')}/ws" in await response.text()


@pytest.mark.parametrize(
    "nasty",
    [
        "a b", "it's", 'a "quote"', "$(touch pwned)", "`touch pwned`", "; touch pwned;",
        "&& touch pwned", "| touch pwned", "a\nb", "*", "~", "--help", "ünï 🤖", "\\",
        "%PATH%", "!x",
    ],
)  # fmt: skip
def test_whatever_a_path_is_called_the_shell_takes_it_for_an_argument(
    tmp_path: Path, nasty: str
) -> None:
    show = "import json, sys; print(json.dumps(sys.argv[1:]))"
    command = command_line([sys.executable, "-c", show, "--intents", f"/{nasty}", nasty])
    done = subprocess.run(
        command, shell=True, capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert json.loads(done.stdout) == ["--intents", f"/{nasty}", nasty]
    assert list(tmp_path.iterdir()) == []


async def test_of_too_many_pages_the_last_is_told_so(
    trained_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from aiohttp.test_utils import TestClient, TestServer

    monkeypatch.setattr(server_module, "MOST_APPS", 1)
    waits = "head -c 5 > /dev/null"  # until it is told to end, as the app does
    app = await server_module.AppServer(waits, "chatbot", Hosts()).make_app()
    async with TestClient(TestServer(app)) as client:
        first = await client.ws_connect("/ws")
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await client.ws_connect("/ws")
        assert refused.value.status == 503
        await first.close()


def test_with_another_host_it_warns(trained_folder: Path) -> None:
    with served("serve", *where(trained_folder), "--host", "0.0.0.0", lines=LINES) as server:
        assert "Warning: with this --host, other computers can open it" in server.errors()
        assert "no password" in server.errors()


def test_a_bot_that_is_not_there_is_named_before_anything_is_served(tmp_path: Path) -> None:
    gone = str(tmp_path / "gone.json")
    result = CliRunner().invoke(main, ["serve", "--intents", gone, "--port", "0"])
    assert result.exit_code == 1
    assert "gone.json" in result.stderr
