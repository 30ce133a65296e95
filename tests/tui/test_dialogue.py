"""In the app: what is active, what is offered, two questions in one, and remembering a choice."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from textual.geometry import Offset

from tests.tui.helpers import app_for, ready, say, seen, sees, until
from tests.tui.made_bot import UNKNOWN, make_bot

SIZES = [(60, 20), (80, 24), (140, 40)]


@pytest.fixture
def bot(tmp_path: Path) -> Path:
    """Jokes are told only to who has asked for the time."""
    folder = make_bot(tmp_path / "bot")
    data = intents(folder)
    replies = {"time": "Noon.", "food": "Soup.", "joke": "Ha!"}
    for intent in data["intents"]:
        intent["responses"] = [replies[intent["tag"]]]
        if intent["tag"] == "time":
            intent["context_set"] = {"asked": 2}
        if intent["tag"] == "joke":
            intent["context_filter"] = "asked"
    data["intents"].append({"tag": "fallback", "patterns": [], "responses": ["Sorry?"]})
    (folder / "intents.json").write_text(json.dumps(data, indent=1))
    return folder


def intents(folder: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((folder / "intents.json").read_text())
    return loaded


async def test_what_is_active_is_said_and_decides(bot: Path) -> None:
    async with app_for(bot).run_test(size=(140, 40)) as pilot:
        app = await ready(pilot)
        assert (await say(pilot, "make me laugh")).original("bot") == "Sorry?"
        await sees(pilot, "in another context joke", "Pattern of joke, whose context is not active")
        await say(pilot, "what time is it")
        assert "active: asked 2" in seen(app)
        view = await say(pilot, "make me laugh")
        assert view.original("bot") == "Ha!"
        assert "active: asked 1" in seen(app)
        # The panel knows what decided: in this context the joke was one of three.
        assert view.turn is not None and view.turn.reading.contexts == ("asked",)
        panel_bot = app.chat.panel._message.bot
        assert panel_bot is not None and len(panel_bot.reader.classifier.intents) == 3


async def test_what_is_active_is_forgotten_by_key_and_by_a_new_conversation(bot: Path) -> None:
    async with app_for(bot).run_test(size=(80, 24)) as pilot:
        app = await ready(pilot)
        await say(pilot, "what time is it")
        await pilot.press("alt+x")
        assert (await say(pilot, "make me laugh")).original("bot") == "Sorry?"
        await say(pilot, "what time is it")
        app.chat.new_conversation()
        await pilot.pause()
        assert (await say(pilot, "make me laugh")).original("bot") == "Sorry?"


async def test_a_context_outlives_a_change_of_the_replies(bot: Path) -> None:
    async with app_for(bot).run_test(size=(80, 24)) as pilot:
        app = await ready(pilot)
        await say(pilot, "what time is it")
        assert app.session.bot is not None
        app.session.use(app.session.bot.with_intents(app.session.bot.intents))
        assert (await say(pilot, "make me laugh")).original("bot") == "Ha!"


async def test_two_questions_in_one_message_get_both_replies(bot: Path) -> None:
    async with app_for(bot).run_test(size=(140, 40)) as pilot:
        app = await ready(pilot)
        view = await say(pilot, "what time is it? i am hungry")
        assert view.original("bot") == "Noon.\nSoup."
        assert "time 100 % + food 100 %" in seen(app)


@pytest.mark.parametrize("size", SIZES)
async def test_after_two_messages_that_mean_nothing_examples_are_offered(
    bot: Path, size: tuple[int, int]
) -> None:
    async with app_for(bot).run_test(size=size) as pilot:
        app = await ready(pilot)
        await say(pilot, UNKNOWN)
        assert "for example" not in seen(app)
        await say(pilot, UNKNOWN)
        await sees(pilot, "You can ask, for example:", "1 what time is it", "2 i am hungry")
        view = await say(pilot, "2")
        assert (view.message, view.original("bot")) == ("i am hungry", "Soup.")


async def test_nonsense_before_an_example_is_not_to_be_remembered(bot: Path) -> None:
    async with app_for(bot).run_test(size=(140, 40)) as pilot:
        app = await ready(pilot)
        await say(pilot, UNKNOWN)
        await say(pilot, UNKNOWN)
        await click_on(app, pilot, "2  i am hungry")
        await sees(pilot, "Soup.", without=["Remember “"])


async def test_an_offer_is_taken_with_the_mouse_and_what_was_said_remembered(
    bot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chatbot.conversation.dialogue.near", lambda _reading: ["food"])
    async with app_for(bot).run_test(size=(140, 40)) as pilot:
        app = await ready(pilot)
        await say(pilot, UNKNOWN)
        await say(pilot, UNKNOWN)
        await click_on(app, pilot, "2  i am hungry")
        await sees(pilot, "Soup.", f"Remember “{UNKNOWN}”")
        await click_on(app, pilot, "Remember “")
        await until(pilot, lambda: UNKNOWN in _patterns(bot, "food"))
        await sees(pilot, without=[f"Remember “{UNKNOWN}”"])
        assert (await say(pilot, UNKNOWN)).original("bot") == "Soup."


async def test_an_offer_of_an_earlier_message_is_still_one(bot: Path) -> None:
    async with app_for(bot).run_test(size=(140, 40)) as pilot:
        app = await ready(pilot)
        await say(pilot, UNKNOWN)
        await say(pilot, UNKNOWN)
        await say(pilot, "what time is it")
        await click_on(app, pilot, "2  i am hungry")
        await sees(pilot, "Soup.")
        assert app.chat.conversation.views[-1].message == "i am hungry"


async def test_remembering_without_a_choice_says_so(bot: Path) -> None:
    async with app_for(bot).run_test(size=(80, 24), notifications=True) as pilot:
        await ready(pilot)
        await say(pilot, "what time is it")
        await pilot.press("alt+n")
        await sees(pilot, "Nothing was chosen")


async def test_the_markup_and_the_escapes_of_an_offer_are_text(bot: Path) -> None:
    data = intents(bot)
    data["intents"][0]["patterns"].insert(0, "[bold]what\x1b[31m {time}")
    (bot / "intents.json").write_text(json.dumps(data))
    async with app_for(bot).run_test(size=(140, 40)) as pilot:
        app = await ready(pilot)
        await say(pilot, UNKNOWN)
        await say(pilot, UNKNOWN)
        await sees(pilot, "1 [bold]what")
        assert "{time}" in seen(app)
        assert "\x1b" not in seen(app)


def _patterns(folder: Path, tag: str) -> list[str]:
    found: list[str] = next(i["patterns"] for i in intents(folder)["intents"] if i["tag"] == tag)
    return found


async def click_on(app: Any, pilot: Any, text: str) -> None:
    """Click where a text stands."""
    lines = seen(app).splitlines()
    y = next(n for n, line in reversed(list(enumerate(lines))) if text in line)
    await pilot.click(offset=Offset(lines[y].index(text) + 1, y))
    await pilot.pause()
