"""Work under way is not ended without a question, by whatever key; labels say where a key leads."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatbot.tui.screens.lab import ForgettingScreen
from chatbot.tui.session import EvaluationCourse, TrainingCourse
from tests.tui.helpers import answer, app_for, ready, sees, until
from tests.tui.made_bot import make_bot


@pytest.fixture
def bot(tmp_path: Path) -> Path:
    """The folder of a made-up bot."""
    return make_bot(tmp_path / "bot")


@pytest.mark.parametrize("size", [(140, 40), (80, 24), (60, 20), (30, 8)])
@pytest.mark.parametrize(
    ("training", "evaluation", "says"),
    [
        (True, False, "The training of"),
        (False, True, "The evaluation of"),
        (True, True, "The training and the"),
    ],
)
async def test_quitting_asks_while_work_is_under_way(
    bot: Path, size: tuple[int, int], training: bool, evaluation: bool, says: str
) -> None:
    app = app_for(bot)
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        app.session.set_training(TrainingCourse() if training else None)
        app.session.set_evaluation(EvaluationCourse() if evaluation else None)
        for _again in range(2):  # a second time it asks again, and does not leave
            await pilot.press("ctrl+q")
            await sees(pilot, says if size[1] > 8 else "stopped.")
            await until(pilot, lambda: app.screen.query("#stop") and app.screen.query("#stay"))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.chat)
        assert not app._exit
        await pilot.press("ctrl+q")
        await until(pilot, lambda: app.screen is not app.chat)
        await answer(pilot, "stop")
        await until(pilot, lambda: app._exit)


async def test_without_work_it_is_left_at_once(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test() as pilot:
        await ready(pilot)
        await pilot.press("ctrl+q")
        await until(pilot, lambda: app._exit)


async def test_of_a_bot_without_a_model_nothing_is_said_to_stay(tmp_path: Path) -> None:
    folder = make_bot(tmp_path / "bot")
    (folder / "models" / "intents" / "card.json").unlink()
    app = app_for(folder)
    async with app.run_test() as pilot:
        app.session.set_training(TrainingCourse())
        await pilot.press("ctrl+q")
        await sees(pilot, "The training of intents would be stopped.", without=["Its model stays"])


@pytest.mark.parametrize("key", ["f2", "ctrl+n", "shift+f2", "f8", "shift+f5", "f5", "ctrl+q"])
async def test_no_key_leaves_the_lab_while_its_networks_learn_unasked(
    bot: Path, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ForgettingScreen, "_look", lambda lab: lab._enter("training", "Learning"))
    app = app_for(bot)
    async with app.run_test() as pilot:
        await ready(pilot)
        await pilot.press("shift+f6")
        await sees(pilot, "Learning")
        lab = app.screen
        await pilot.press(key)
        if key == "f5":  # which is the lab's own there
            await pilot.press("ctrl+n")
        await sees(pilot, "The networks of the lab are still learning")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is lab)
        await pilot.press("ctrl+n")
        await answer(pilot, "stop")
        await until(pilot, lambda: app.screen is app.chat)


@pytest.mark.parametrize(("key", "work"), [("f5", "training"), ("shift+f7", "evaluation")])
async def test_a_page_of_work_does_not_say_that_escape_leads_to_the_conversation(
    bot: Path, key: str, work: str
) -> None:
    """Opened over the editor, it goes back to the editor."""
    app = app_for(bot)
    async with app.run_test() as pilot:
        await ready(pilot)
        await app.run_action("edit_intents")
        await until(pilot, lambda: app.screen is not app.chat)
        app.session.set_training(TrainingCourse())
        app.session.set_evaluation(EvaluationCourse())
        await pilot.press(key)
        await sees(pilot, f"The {work} goes on after Escape", without=["go on chatting"])
