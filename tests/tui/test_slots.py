"""Slots in the app: asked for, drawn beside their words, named below a reply, and forgotten."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from textual.widgets import OptionList

from tests.tui.flows.two_bots import open_file
from tests.tui.helpers import app_for, ready, say, seen, sees, until
from tests.tui.made_bot import make_bot


@pytest.fixture
def bot(tmp_path: Path) -> Path:
    """Give a bot slots that need no training: a list, and what an intent needs."""
    folder = make_bot(tmp_path / "bot")
    file = folder / "intents.json"
    data = json.loads(file.read_text())
    data["slots"] = {"city": {"values": ["Hanoi", "Hue"]}}
    for intent in data["intents"]:
        if intent["tag"] == "time":
            intent["slots"] = {"city": ["In which city?"]}
            intent["responses"] = ["In {city} it is noon."]
    file.write_text(json.dumps(data, indent=1))
    return folder


@pytest.mark.parametrize("size", [(140, 40), (80, 24), (60, 20)])
async def test_a_slot_is_asked_for_and_named_below_the_reply(
    bot: Path, size: tuple[int, int]
) -> None:
    async with app_for(bot).run_test(size=size) as pilot:
        app = await ready(pilot)
        assert (await say(pilot, "what time is it")).original("bot") == "In which city?"
        view = await say(pilot, "Hanoi")
        assert view.original("bot") == "In Hanoi it is noon."
        assert "goes on with time · city: Hanoi" in seen(app)


async def test_the_panel_shows_the_slot_beside_its_word(bot: Path) -> None:
    async with app_for(bot).run_test(size=(140, 40)) as pilot:
        await ready(pilot)
        await say(pilot, "what time is it in Hue")
        await sees(pilot, "hue ∅ city")


async def test_what_is_remembered_is_listed_and_forgotten(bot: Path) -> None:
    async with app_for(bot).run_test(size=(80, 24)) as pilot:
        app = await ready(pilot)
        await say(pilot, "what time is it")
        await say(pilot, "Hue")
        assert app.chat.answering.slots == {"city": "Hue"}
        await pilot.press("alt+x")
        await sees(pilot, "Forget what was said?", "city: Hue")
        assert app.screen.query_one(OptionList).option_count == 2
        await pilot.press("escape")
        assert app.chat.answering.slots == {"city": "Hue"}
        await pilot.press("alt+x")
        await sees(pilot, "Forget what was said?")
        await pilot.press("down", "enter")
        await until(pilot, lambda: app.chat.answering.slots == {})
        assert (await say(pilot, "what time is it")).original("bot") == "In which city?"


async def test_a_conversation_that_is_continued_still_knows_what_was_said(bot: Path) -> None:
    async with app_for(bot).run_test() as pilot:
        await ready(pilot)
        await say(pilot, "what time is it")
        await say(pilot, "Hue")
    again = app_for(bot)
    async with again.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("shift+f10")
        await sees(pilot, "In Hue it is noon.")
        assert again.chat.answering.slots == {"city": "Hue"}
        assert (await say(pilot, "what time is it")).original("bot") == "In Hue it is noon."
        assert "out of scope" not in seen(again), "a value that was asked for is no stranger"
        await pilot.press("ctrl+n")
        await until(pilot, lambda: again.chat.answering.slots == {})


async def test_a_question_that_was_open_is_still_open_in_a_conversation_that_is_continued(
    bot: Path,
) -> None:
    async with app_for(bot).run_test() as pilot:
        await ready(pilot)
        await say(pilot, "what time is it")
    async with app_for(bot).run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("shift+f10")
        await sees(pilot, "In which city?")
        assert (await say(pilot, "Hanoi")).original("bot") == "In Hanoi it is noon."


async def test_what_was_forgotten_stays_forgotten_in_a_conversation_that_is_continued(
    bot: Path,
) -> None:
    async with app_for(bot).run_test() as pilot:
        app = await ready(pilot)
        await say(pilot, "what time is it")
        await say(pilot, "Hue")
        await pilot.press("alt+x")
        await sees(pilot, "Forget what was said?")
        await pilot.press("enter")
        await until(pilot, lambda: app.chat.answering.slots == {})
    again = app_for(bot)
    async with again.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("shift+f10")
        await sees(pilot, "In Hue it is noon.")
        assert again.chat.answering.slots == {}


async def test_what_was_said_to_a_bot_is_still_known_after_a_while_with_another_one(
    bot: Path, tmp_path: Path
) -> None:
    app = app_for(bot)
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(pilot)
        await say(pilot, "what time is it")
        await say(pilot, "Hue")
        await open_file(pilot, make_bot(tmp_path / "other") / "intents.json")
        assert app.chat.answering.slots == {}
        await open_file(pilot, bot / "intents.json")
        assert app.chat.answering.slots == {"city": "Hue"}


async def test_an_answer_to_a_question_is_kept_as_a_test_with_what_was_said_before(
    bot: Path,
) -> None:
    async with app_for(bot).run_test(size=(80, 24)) as pilot:
        app = await ready(pilot)
        await say(pilot, "what time is it")
        view = await say(pilot, "Hue")
        app.flows.teaching.hold(view, *app.chat.conversation.goes_on_from(view))
        data = json.loads((bot / "intents.json").read_text())
        assert data["tests"] == [{"message": "Hue", "intent": "time", "after": ["what time is it"]}]
