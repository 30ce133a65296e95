"""Slots in the app: asked for, drawn beside their words, named below a reply, and forgotten."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from textual.widgets import OptionList

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
