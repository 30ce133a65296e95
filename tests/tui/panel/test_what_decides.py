"""What the panel says where the intents file decides and not the network, and what has room."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.tui.helpers import app_for, ready, say, seen, sees, until


@pytest.mark.parametrize("size", [(140, 40), (80, 24), (60, 20)])
async def test_an_exact_pattern_is_not_shown_as_the_networks_answer(
    bot: Path, size: tuple[int, int]
) -> None:
    app = app_for(bot)
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        await say(pilot, "how late is it")
        for view in "12":
            await pilot.press("f8", view, "escape")
            await sees(pilot, "Exact pattern of time: certain.")
        await pilot.press("f8", "1", "end", "escape")
        await sees(pilot, "= time 100 %")
        await say(pilot, "how late is it now")
        await sees(pilot, "how late is it now", without=["Exact pattern of time"])


async def test_a_message_taught_a_moment_ago_is_said_to_be_unknown_to_the_network(
    bot: Path,
) -> None:
    """Without a training the network has no such intent: what it says itself stands beside."""
    file = bot / "intents.json"
    app = app_for(bot)
    async with app.run_test(size=(140, 40)) as pilot:
        await ready(pilot)
        await say(pilot, "ring the bells")
        await pilot.press("f6", *"shop", "enter")
        await sees(pilot, "Reply")
        await pilot.press(*"ok", "enter")
        await until(pilot, lambda: "ring the bells" in file.read_text(encoding="utf-8"))
        await sees(pilot, "Exact pattern of shop: certain. The network alone:")
        network = seen(app).split("The network alone:")[1].split("%")[0]
        assert "shop" not in network
        await pilot.press("f7", "f8")
        await sees(pilot, "exact pattern of shop", without=["the answer becomes shop"])


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_where_tiles_have_no_room_every_word_has_a_row_and_the_last_is_in_sight(
    bot: Path, size: tuple[int, int]
) -> None:
    app = app_for(bot)
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        for view in "123":
            await pilot.press("f8", view, "escape")
            await say(pilot, "tell me how late it is now because i am really very hungry today")
            await sees(pilot, "today ")
            assert not app.chat.panel.current.show_horizontal_scrollbar
            await until(pilot, lambda: "▸" in seen(app))


async def test_an_intent_that_has_left_the_file_is_said_to_be_known_to_the_model_alone(
    bot: Path,
) -> None:
    file = bot / "intents.json"
    content = json.loads(file.read_text(encoding="utf-8"))
    content["intents"] = [each for each in content["intents"] if each["tag"] != "time"]
    file.write_text(json.dumps(content), encoding="utf-8")
    app = app_for(bot)
    async with app.run_test(size=(140, 40)) as pilot:
        await ready(pilot)
        assert app.session.bot is not None
        known = len(app.session.bot.model.card.intents)
        await sees(pilot, f"{known} intents (1 not in the file)")
        await say(pilot, "what time is it now")
        await sees(pilot, "The model still knows time, the file does not")
