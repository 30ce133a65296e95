"""Ctrl+F finds in the conversation: hits are counted and marked, next and previous go round."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from chatbot.tui.app import ChatbotApp
from chatbot.tui.screens.versions import VersionsScreen
from chatbot.tui.widgets.find_bar import FindBar
from tests.tui.helpers import SIZES, app_for, ready, say, seen, sees, type_text, until


async def find(pilot: Pilot[None], app: ChatbotApp, text: str) -> None:
    """Open the bar and type."""
    await pilot.press("ctrl+f")
    await until(pilot, lambda: app.focused is not None and app.focused.id == "find")
    await type_text(pilot, text)


def selected(app: ChatbotApp) -> str | None:
    view = app.chat.conversation.selected
    return None if view is None else view.message


@pytest.mark.parametrize("size", SIZES)
async def test_next_and_previous_go_from_hit_to_hit(bot: Path, size: tuple[int, int]) -> None:
    app = app_for(bot)
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        for message in ("[b]mấy[/b] giờ", "qqq", "MAY may", "zzz"):
            await say(pilot, message)
        await find(pilot, app, "mấy")
        await sees(pilot, "3 of 3")
        field = app.chat.query_one("#find")
        assert field.region.height == 1 and "mấy" in seen(app).splitlines()[field.region.y]
        assert selected(app) == "MAY may"
        await pilot.press("down")
        await sees(pilot, "1 of 3", "[b]mấy[/b] giờ")
        assert selected(app) == "[b]mấy[/b] giờ"
        await pilot.press("up", "up")
        await sees(pilot, "2 of 3")
        await pilot.press("enter")
        await sees(pilot, "3 of 3")
        await type_text(pilot, "x")
        await sees(pilot, "not found")
        await pilot.press("escape")
        await until(pilot, lambda: app.focused is app.chat.prompt)
        await sees(pilot, without=["not found"])
        await type_text(pilot, "ok")
        assert app.chat.prompt.text == "ok", "the draft is where it was"


async def test_a_hit_deep_in_a_long_message_comes_into_sight(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await say(pilot, "word " * 300 + "needle " + "word " * 300)
        await say(pilot, "short")
        await find(pilot, app, "needle")
        await sees(pilot, "1 of 1", "needle word")


async def test_a_new_conversation_closes_the_bar(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await say(pilot, "hello")
        await find(pilot, app, "hello")
        await sees(pilot, "1 of 1")
        await pilot.press("ctrl+n")
        await until(pilot, lambda: not app.chat.query_one(FindBar).is_open)
        await find(pilot, app, "")
        await until(pilot, lambda: app.chat.query_one(FindBar).is_open)


async def test_from_another_screen_it_leads_back_to_the_conversation(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await say(pilot, "hello")
        await pilot.press("shift+f5")
        await until(pilot, lambda: isinstance(app.screen, VersionsScreen))
        await find(pilot, app, "hell")
        await sees(pilot, "1 of 1")


async def test_in_the_editor_the_same_key_searches_the_file(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("f2")
        await sees(pilot, "Form/JSON")
        await pilot.press("ctrl+f")
        await until(pilot, lambda: app.screen.is_modal)
