"""What has ended leaves nothing behind: neither an app, nor what was drawn of a screen."""

from __future__ import annotations

import asyncio
import gc
import weakref
from pathlib import Path

from textual._styles_cache import StylesCache
from textual.strip import Strip

from chatbot.tui.app import ChatbotApp
from tests.tui.helpers import app_for, ready, say, until
from tests.tui.made_bot import make_bot


def alive(kind: type) -> int:
    """Return how many objects of a kind nothing has let go of."""
    gc.collect()
    return sum(isinstance(each, kind) for each in gc.get_objects())


async def used(app: ChatbotApp) -> None:
    """Talk, look into the panel and at other screens, and leave."""
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await say(pilot, "hello")
        await pilot.press("f7", "ctrl+f", "h", "escape", "f1")
        await until(pilot, lambda: app.screen is not app.chat)
        await pilot.press("escape")


def test_a_closed_app_is_gone_with_all_that_it_drew(tmp_path: Path) -> None:
    folder = make_bot(tmp_path / "bot")
    gc.unfreeze()  # what apps of other tests froze would be counted only afterwards
    before = alive(Strip)
    app = app_for(folder)
    gone = weakref.ref(app)
    bot = weakref.ref(app.session)
    asyncio.run(used(app))
    del app
    gc.unfreeze()  # the app freezes what there is when it starts
    gc.collect()
    assert gone() is None and bot() is None
    assert alive(Strip) < before + 100


async def test_a_closed_screen_leaves_nothing_of_what_it_drew(tmp_path: Path) -> None:
    app = app_for(make_bot(tmp_path / "bot"))
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        kept = []
        for _ in range(3):
            await pilot.press("f1")
            await until(pilot, lambda: app.screen is not app.chat)
            await pilot.pause()
            await pilot.press("escape")
            await until(pilot, lambda: app.screen is app.chat)
            await pilot.pause()
            kept.append(alive(StylesCache))
        await until(pilot, lambda: alive(StylesCache) <= kept[0])
