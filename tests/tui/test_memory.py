"""What has ended leaves nothing behind: neither an app, nor what was drawn of a screen."""

from __future__ import annotations

import asyncio
import gc
import weakref
from pathlib import Path

import pytest
from click.testing import CliRunner
from textual._styles_cache import StylesCache
from textual.app import App
from textual.document._document import Document
from textual.screen import Screen
from textual.strip import Strip

from chatbot.cli import main
from chatbot.conversation import Chatbot
from chatbot.network import Weights
from chatbot.tui.app import ChatbotApp
from chatbot.tui.session import Session
from tests.tui.helpers import app_for, ready, say, until
from tests.tui.made_bot import make_bot


def alive(kind: type) -> int:
    """Return how many objects of a kind nothing has let go of."""
    gc.collect()
    return sum(isinstance(each, kind) for each in gc.get_objects())


async def used(app: ChatbotApp) -> None:
    """Talk, look into the panel and at other screens, open the editor, and leave."""
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await say(pilot, "hello")
        await pilot.press("f7", "ctrl+f", "h", "escape")
        for key in ("f1", "f2"):
            await pilot.press(key)
            await until(pilot, lambda: app.screen is not app.chat)
            await pilot.press("escape")
            await until(pilot, lambda: app.screen is app.chat)


def test_a_closed_app_is_gone_with_all_that_it_drew(tmp_path: Path) -> None:
    folder = make_bot(tmp_path / "bot")
    before = alive(Strip)
    app = app_for(folder)
    gone = weakref.ref(app)
    bot = weakref.ref(app.session)
    asyncio.run(used(app))
    del app
    gc.collect()
    assert gone() is None and bot() is None
    assert alive(Strip) < before + 100


def test_many_apps_one_after_the_other_leave_nothing(tmp_path: Path) -> None:
    folder = make_bot(tmp_path / "bot")
    asyncio.run(used(app_for(folder)))  # fills what is kept on purpose
    frozen = gc.get_freeze_count()
    kinds = (App, Screen, Session, Chatbot, Weights, Document)
    before = [alive(kind) for kind in kinds]
    for _ in range(3):
        asyncio.run(used(app_for(folder)))
    assert [alive(kind) for kind in kinds] == before
    assert gc.get_freeze_count() == frozen, "what is frozen is never freed"


def test_start_up_without_garbage_collection_ends_with_the_first_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    collects: list[bool] = []

    def run(app: ChatbotApp) -> None:
        collects.append(gc.isenabled())
        asyncio.run(used(app))
        collects.append(gc.isenabled())
        gc.unfreeze()

    monkeypatch.setattr(ChatbotApp, "run", run)
    monkeypatch.setattr("chatbot.cli.output.is_person", lambda: True)
    monkeypatch.setenv("TERM", "xterm-256color")
    file = make_bot(tmp_path / "bot") / "intents.json"
    result = CliRunner().invoke(main, ["chat", "--intents", str(file)])
    assert collects == [False, True], result.output
    monkeypatch.setattr(ChatbotApp, "run", lambda app: None)
    CliRunner().invoke(main, ["chat", "--intents", str(file)])
    assert gc.isenabled(), "also where nothing was drawn"


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
