"""The tour on the screen: forward and back, in both languages, with a message of one's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatbot.common import language
from chatbot.tour.sentences import SENTENCES
from chatbot.tour.texts import STEPS
from chatbot.tui.dialogs.write import WriteScreen
from chatbot.tui.screens.tour import TourScreen
from tests.tui.helpers import SIZES, app_for, ready, seen, sees, type_text, until

pytestmark = pytest.mark.usefixtures("any_language")


@pytest.mark.parametrize("size", SIZES)
async def test_i_walk_forward_and_back(trained_folder: Path, size: tuple[int, int]) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        await pilot.press("shift+f1")
        headings = [SENTENCES[step]["heading"] for step in STEPS]
        for number, heading in enumerate(headings, start=1):
            await until(pilot, lambda h=heading: h in seen(app))  # type: ignore[misc]
            await sees(pilot, f"{number} / 8")
            await pilot.press("right")
        await pilot.press("left", "home")
        await until(pilot, lambda: headings[0] in seen(app))
        await pilot.press("end")
        await until(pilot, lambda: headings[-1] in seen(app))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.chat)


async def test_the_language_is_kept(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(pilot)
        await pilot.press("shift+f1")
        await until(pilot, lambda: "1 / 8" in seen(app))
        await pilot.press("l")
        await sees(pilot, "Một tin nhắn là một chuỗi")
        assert language() == "vi"
    again = app_for(trained_folder)
    async with again.run_test(size=(100, 30)) as pilot:
        await ready(pilot)
        await pilot.press("shift+f1")
        await sees(pilot, "Một tin nhắn là một chuỗi")
        await pilot.press("l")
        await sees(pilot, SENTENCES["sequence"]["heading"])
        await pilot.press("escape")
        await sees(pilot, "Say something.", "Type a message…", "each word you finish")
        assert language() == "en"


async def test_the_environment_wins_over_the_choice_and_the_tour_says_so(
    trained_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHATBOT_LANGUAGE", "en")
    app = app_for(trained_folder)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await ready(pilot)
        await pilot.press("shift+f1")
        await sees(pilot, "1 / 8")
        await pilot.press("l")
        await sees(pilot, "CHATBOT_LANGUAGE", "environment wins")
        assert language() == "en"


async def test_i_walk_it_with_my_own_message(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(pilot)
        await pilot.press("shift+f1")
        await until(pilot, lambda: "1 / 8" in seen(app))
        await pilot.press("right", "m")
        await until(pilot, lambda: isinstance(app.screen, WriteScreen))
        await type_text(pilot, "[b]goodbye {x}")
        await pilot.press("enter")
        await until(pilot, lambda: "1 / 8 · “[b]goodbye {x}”" in seen(app))


async def test_without_a_model_the_tour_says_what_is_missing(small_file: Path) -> None:
    app = app_for(small_file.parent)
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: "No model for intents.json yet" in seen(app))
        await pilot.press("shift+f1")
        await until(pilot, lambda: "needs a model that answers" in seen(app))
        await pilot.press("right", "m", "l", "end")
        assert isinstance(app.screen, TourScreen)
