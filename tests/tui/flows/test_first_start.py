"""The first start: a card says how to begin, and is gone for good with the first message."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatbot.common import paths
from tests.tui.helpers import app_for, ready, say, sees, until
from tests.tui.made_bot import make_bot

CARD = "A chatbot on your own machine"


@pytest.fixture
def bot(tmp_path: Path) -> Path:
    """The folder of a made-up bot, at the first start."""
    paths.welcomed_file().unlink()
    return make_bot(tmp_path / "bot")


@pytest.mark.parametrize("size", [(140, 40), (80, 24)])
async def test_the_first_start_says_how_to_begin_and_no_later_one_does(
    bot: Path, size: tuple[int, int]
) -> None:
    app = app_for(bot)
    async with app.run_test(size=size) as pilot:
        await sees(pilot, CARD, "press Enter", "F7", "F8", "F1 helps", "Shift+F1", "Shift+F8 makes")
        await sees(pilot, "Alt+L: Tiếng Việt", "› tell me a joke")
        await ready(pilot)
        await say(pilot, "what time is it")
        await sees(pilot, "you what time is it", without=[CARD])
        await pilot.press("ctrl+n")
        await sees(pilot, "Type a message…", without=["you what time is it"])
        await until(pilot, paths.welcomed_file().exists)
    again = app_for(bot)
    async with again.run_test(size=size) as pilot:
        await ready(pilot)
        await sees(pilot, "Say something", without=[CARD])


async def test_the_card_can_be_called_back_by_key_and_menu(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await say(pilot, "what time is it")
        await pilot.press("alt+w")
        await sees(pilot, "First steps", CARD)
        await pilot.press("escape")
        await sees(pilot, "⏎ Send", without=[CARD])
        await pilot.press("f10", "W")
        await sees(pilot, "First steps", CARD)


async def test_the_card_speaks_the_other_language_at_a_key(
    bot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CHATBOT_LANGUAGE")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    app = app_for(bot)
    async with app.run_test(size=(80, 24)) as pilot:
        await sees(pilot, CARD, "Alt+L: Tiếng Việt")
        await pilot.press("alt+l")
        await sees(pilot, "Một chatbot chạy trên máy của bạn", "Alt+L: English")
        assert app.session.settings.language == "vi"
        await pilot.press("alt+l")
        await sees(pilot, CARD)


async def test_a_private_first_start_keeps_nothing(bot: Path) -> None:
    app = app_for(bot)
    app.session.is_private = True
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await sees(pilot, CARD)
        await say(pilot, "what time is it")
    assert not paths.welcomed_file().exists()


async def test_a_bot_of_my_own_is_not_said_to_know_the_default_bots_questions(bot: Path) -> None:
    """Neither before it is loaded nor after, with a model or without."""
    app = app_for(bot)
    async with app.run_test(size=(140, 40)) as pilot:
        await sees(pilot, CARD, without=["What is a hidden state?"])
        await ready(pilot)
        await sees(pilot, "› tell me a joke", without=["What is a hidden state?"])
