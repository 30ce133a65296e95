"""The menu of a message: how it is opened, and what each of its entries does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from textual.geometry import Offset
from textual.pilot import Pilot

from chatbot.tui.actions import BY_NAME, MESSAGE_MENU
from chatbot.tui.app import ChatbotApp
from chatbot.tui.flows.offered import offers_on
from chatbot.tui.screens.menu import MenuScreen
from tests.tui.helpers import app_for, ready, say, seen, sees, type_text, until
from tests.tui.made_bot import UNKNOWN

SIZES = [(60, 20), (80, 24), (140, 40)]


def data(folder: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((folder / "intents.json").read_text())
    return loaded


def pattern(folder: Path) -> str:
    """A message whose answer is certain."""
    first: str = data(folder)["intents"][0]["patterns"][0]
    return first


async def choose(pilot: Pilot[None], letter: str) -> None:
    """Open the menu of the selected message, and take an entry."""
    await pilot.press("alt+m")
    await until(pilot, lambda: isinstance(pilot.app.screen, MenuScreen))
    await pilot.press(letter)
    await until(pilot, lambda: not isinstance(pilot.app.screen, MenuScreen))
    await pilot.pause()


def test_each_entry_has_a_letter_of_its_own_and_is_in_the_registry() -> None:
    letters = [letter for letter, _ in MESSAGE_MENU]
    assert len(set(letters)) == len(letters)
    assert all(name in BY_NAME and BY_NAME[name].in_menu for _, name in MESSAGE_MENU)


@pytest.mark.parametrize("size", SIZES)
async def test_every_entry_is_in_the_menu_of_a_message_and_in_that_of_the_screen(
    bot: Path, size: tuple[int, int]
) -> None:
    app = app_for(bot)
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        await say(pilot, "[b]hello[/b] " * 20)
        offered = {offer.action.name for group in offers_on(app.screen) for offer in group.offers}
        await pilot.press("alt+m")
        await sees(pilot, "“[b]hello[/b]", *(BY_NAME[name].title for _, name in MESSAGE_MENU))
        assert {name for _, name in MESSAGE_MENU} <= offered


async def test_enter_opens_the_menu_of_a_message_that_i_have_selected(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await say(pilot, "the first")
        await say(pilot, "the second")
        await pilot.press("enter", "enter")
        assert app.screen is app.chat, "a key too many after sending opens nothing"
        await pilot.press("ctrl+up")
        await sees(pilot, "Enter opens this message's menu")
        await pilot.press("enter")
        await sees(pilot, "“the first”")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.chat)
        await pilot.press("escape", "enter")
        await pilot.pause()
        assert app.screen is app.chat, "Escape has let it go"
        await pilot.press("ctrl+up")
        await type_text(pilot, "third")
        await pilot.press("enter")
        await until(pilot, lambda: len(app.chat.conversation.views) == 3)


def place(app: ChatbotApp, text: str) -> tuple[int, int]:
    at = app.chat.conversation.turns.region
    rows = [row[at.x : at.right] for row in seen(app).splitlines()[at.y : at.bottom]]
    y = [text in row for row in rows].index(True)
    return at.x + rows[y].index(text), at.y + y


@pytest.mark.parametrize("button", ["right", "twice"])
async def test_the_mouse_opens_the_menu_too(bot: Path, button: str) -> None:
    app = app_for(bot)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await say(pilot, "the first")
        await say(pilot, "the second")
        if button == "right":
            await pilot.click(offset=Offset(*place(app, "first")), button=3)
        else:
            await pilot.double_click(offset=Offset(*place(app, "first")))
        await sees(pilot, "“the first”")
        assert app.screen_stack[0].get_selected_text() is None


async def test_i_copy_a_message_and_its_reply_as_they_were_said(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await ready(pilot)
        message = "line [b]one\n\tline {two} \x1b[31m\u00e9"
        view = await say(pilot, message)
        await choose(pilot, "c")
        assert app.clipboard == "line [b]one\n\tline {two} \u00e9"
        await sees(pilot, "Copied 25 characters")
        await pilot.press("alt+r")
        await until(pilot, lambda: view.turn is not None and app.clipboard == view.turn.reply)


async def test_asking_again_lets_me_edit_and_undo_brings_my_draft_back(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await say(pilot, "the first")
        await type_text(pilot, "my draft")
        await choose(pilot, "a")
        assert app.chat.prompt.text == "the first"
        await pilot.press("ctrl+z")
        assert app.chat.prompt.text == "my draft"
        await choose(pilot, "a")
        await pilot.press("enter")
        await until(pilot, lambda: len(app.chat.conversation.views) == 2)


async def test_inspecting_shows_the_message_and_not_my_draft(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(pilot)
        await say(pilot, "the first")
        await say(pilot, "the second")
        await type_text(pilot, "draft ")
        await pilot.press("ctrl+up")
        await choose(pilot, "i")
        await sees(pilot, "sent: “the first”")
        assert app.chat.panel.has_focus_within
        await pilot.press("escape")
        assert app.chat.prompt.text == "draft "


async def test_comparing_sets_the_message_beside_the_pinned_one(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test(size=(140, 40)) as pilot:
        await ready(pilot)
        await say(pilot, "the first")
        await say(pilot, "the second")
        await pilot.press("ctrl+up")
        await choose(pilot, "b")
        assert app.chat.panel.pinned and app.chat.panel.view == "compare"
        await pilot.press("escape", "ctrl+down")
        await choose(pilot, "b")
        await sees(pilot, "first", "second", "Compare")


async def test_what_should_have_been_out_of_scope_is_so_and_can_be_undone(bot: Path) -> None:
    before = (bot / "intents.json").read_bytes()
    app = app_for(bot)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await ready(pilot)
        message = pattern(bot)
        view = await say(pilot, message)
        assert view.reply is not None and view.reply.in_scope
        await choose(pilot, "o")
        await sees(pilot, "out of scope · exact example")
        assert data(bot)["out_of_scope"] == [message]
        await pilot.press("ctrl+b")
        await until(pilot, lambda: (bot / "intents.json").read_bytes() == before)


async def test_an_answer_that_must_always_hold_is_a_test_and_can_be_undone(bot: Path) -> None:
    before = (bot / "intents.json").read_bytes()
    app = app_for(bot)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await ready(pilot)
        view = await say(pilot, pattern(bot))
        assert view.reply is not None
        await choose(pilot, "t")
        await sees(pilot, "Kept as a test", "Ctrl+B undoes it")
        assert data(bot)["tests"] == [{"message": view.message, "intent": view.reply.intent}]
        assert app.session.bot is not None and len(app.session.bot.intents.tests) == 1
        await pilot.press("alt+t")
        await sees(pilot, "Nothing to keep")
        await pilot.press("ctrl+b")
        await until(pilot, lambda: (bot / "intents.json").read_bytes() == before)
        await say(pilot, UNKNOWN)
        await pilot.press("alt+t")
        await until(pilot, lambda: data(bot).get("tests") == [{"message": UNKNOWN, "intent": None}])


async def test_a_broken_file_is_left_alone_and_named(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await ready(pilot)
        await say(pilot, "hello")
        (bot / "intents.json").write_text("{")
        await pilot.press("alt+t")
        await sees(pilot, "Not kept")
        assert (bot / "intents.json").read_text() == "{"


@pytest.mark.parametrize("letter", "mcraibot")
async def test_before_the_first_message_there_is_nothing_to_do_it_with(
    bot: Path, letter: str
) -> None:
    app = app_for(bot)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await ready(pilot)
        await pilot.press(f"alt+{letter}")
        await sees(pilot, "Send a message first")
        assert app.screen is app.chat


async def test_the_menu_of_a_message_that_is_gone_does_nothing(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await say(pilot, "hello")
        await pilot.press("alt+m")
        await until(pilot, lambda: isinstance(app.screen, MenuScreen))
        app.chat.new_conversation()
        await pilot.press("a")
        await until(pilot, lambda: app.screen is app.chat)
        assert app.chat.prompt.text == ""


async def test_without_a_reply_there_is_none_to_copy_and_nothing_to_hold(tmp_path: Path) -> None:
    (tmp_path / "intents.json").write_text("{")
    app = app_for(tmp_path)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await type_text(pilot, "hello")
        await pilot.press("enter")
        await until(pilot, lambda: app.chat.conversation.views)
        await pilot.press("alt+r")
        await sees(pilot, "There is no reply yet")
        await pilot.press("alt+t")
        await sees(pilot, "There is no answer yet")
