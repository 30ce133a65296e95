"""The app and the service's page in headless Chromium, where there is one on the machine."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Page, Request, WebSocket, async_playwright

from tests.servers import served, where

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine"),
    pytest.mark.slow,
]


@asynccontextmanager
async def new_page() -> AsyncIterator[Page]:
    async with async_playwright() as playwright:
        # As root in a container, Chromium runs only without its sandbox; it opens our pages alone.
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield await browser.new_page(viewport={"width": 1000, "height": 600})
        await browser.close()


class Opened:
    """A page, what its terminal was sent, and what it got from elsewhere."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.shown = ""
        self.elsewhere: list[str] = []
        self._url = url
        self._received = asyncio.Event()
        page.on("websocket", self._watch)
        page.on("requestfinished", self._finished)

    def _watch(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._receive)

    def _receive(self, payload: str | bytes) -> None:
        if isinstance(payload, bytes):
            self.shown += payload.decode("utf-8", errors="replace")
            self._received.set()

    def _finished(self, request: Request) -> None:
        if not request.url.startswith((self._url, "data:")):
            self.elsewhere.append(request.url)

    async def until(self, text: str) -> None:
        """Wait until the terminal was sent a text."""
        async with asyncio.timeout(120):
            while text not in self.shown:
                self._received.clear()
                await self._received.wait()


async def test_in_a_browser_i_type_a_message_and_see_its_answer(small_bot: Path) -> None:
    with served("serve", *where(small_bot), "--private", lines=3) as server:
        async with new_page() as page:
            opened = Opened(page, server.url)
            await page.goto(server.url)
            await opened.until("Type a message")
            await page.locator("#terminal").click()
            await page.keyboard.type("Farewell")
            await page.keyboard.press("Enter")
            await opened.until("goodbye")
            # What cannot be done in a browser is said, and nothing ends.
            await page.keyboard.press("F2")
            await opened.until("intents.json")
            await page.keyboard.press("Control+z")
            await page.keyboard.press("Escape")
            await page.set_viewport_size({"width": 600, "height": 400})
            await page.keyboard.type("Time please")
            await page.keyboard.press("Enter")
            await opened.until("please")
            assert opened.elsewhere == []
        assert server.interrupt() == 0
        assert "Traceback" not in server.errors()


async def test_a_page_of_another_site_cannot_reach_the_app(trained_folder: Path) -> None:
    with served("serve", *where(trained_folder), lines=3) as server:
        async with new_page() as page:
            await page.route(
                "http://evil.example/", lambda route: route.fulfill(body="<p>hello</p>")
            )
            await page.goto("http://evil.example/")
            outcome = await page.evaluate(
                """url => new Promise(done => {
                    const socket = new WebSocket(url);
                    socket.onopen = () => done("open");
                    socket.onerror = () => done("refused");
                })""",
                server.url.replace("http", "ws") + "/ws",
            )
        assert outcome == "refused"


async def test_the_page_of_the_service_describes_it_and_loads_nothing_from_elsewhere(
    trained_folder: Path,
) -> None:
    with served("api", *where(trained_folder)) as server:
        async with new_page() as page:
            opened = Opened(page, server.url)
            await page.goto(server.url)  # leads to /docs
            await page.get_by_text("/conversations/{id}/messages").wait_for(timeout=60_000)
            await page.get_by_text("/health", exact=True).click()
            await page.get_by_role("button", name="Execute").click()
            await page.get_by_text('"status": "ok"').first.wait_for(timeout=60_000)
            assert opened.elsewhere == []
