"""A terminal of any size, down to a single cell: every screen, dialog, palette and menu stays up.

The screens are those that the registry's actions open, so that a new one is walked over too.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from textual.pilot import Pilot

from chatbot.tui.actions import ACTIONS
from chatbot.tui.app import ChatbotApp
from tests.tui.helpers import app_for, ready, say, seen
from tests.tui.made_bot import UNKNOWN, make_bot

SIZES = [(1, 1), (2, 2), (4, 4), (6, 6), (20, 6), (30, 8), (60, 20), (80, 24)]
MOVES = ("pagedown", "down", "tab", "a", "enter", "pageup", "end", "home")
OPENED = [action.name for action in ACTIONS if action.name != "quit"]
VIEWS = ("1", "2", "3", "4", "5")


@pytest.fixture
def bot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a made-up bot; its jobs fail at once."""
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no python"))
    for name in ("EDITOR", "VISUAL"):
        monkeypatch.delenv(name, raising=False)
    return make_bot(tmp_path / "bot")


async def walk(pilot: Pilot[None], sizes: list[tuple[int, int]] = SIZES) -> None:
    for width, height in sizes:
        await pilot.resize_terminal(width, height)
        for key in MOVES:
            await pilot.press(key)
        lines = seen(pilot.app).splitlines()
        assert len(lines) == max(height, 6), "the whole terminal is drawn, where there is room"


async def opened(pilot: Pilot[None], app: ChatbotApp, name: str) -> None:
    await ready(pilot)
    await say(pilot, UNKNOWN)
    await say(pilot, "what time is it")
    await app.run_action(name)
    await pilot.pause()


@pytest.mark.slow
@pytest.mark.parametrize("name", OPENED)
async def test_what_an_action_opens_in_a_terminal_of_any_size(bot: Path, name: str) -> None:
    app = app_for(bot)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app, name)
        await walk(pilot)


@pytest.mark.slow
@pytest.mark.parametrize("view", VIEWS)
async def test_a_view_of_the_panel_in_a_terminal_of_any_size(bot: Path, view: str) -> None:
    app = app_for(bot)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app, "focus_panel")
        await pilot.press(view)
        await walk(pilot)


@pytest.mark.parametrize("size", [(1, 1), (4, 4), (6, 6)])
async def test_the_app_starts_and_opens_menu_and_palette_in_a_few_cells(
    bot: Path, size: tuple[int, int]
) -> None:
    app = app_for(bot)
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        for key in ("f10", "ctrl+p", "f1", "f2"):
            await pilot.press(key, "down", "pagedown", "escape", "escape")
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert "chatbot" in seen(app)
