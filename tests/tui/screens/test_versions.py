"""The teaching loop as a person walks it: correct, retrain, decide, look back, go back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from textual.widgets import DataTable

from chatbot.model import files as model_files
from chatbot.tui.dialogs.choose import ChooseScreen
from chatbot.tui.dialogs.confirm import ConfirmScreen
from chatbot.tui.screens.train import TrainScreen
from chatbot.tui.screens.versions import VersionsScreen
from chatbot.versions import kept
from chatbot.versions.records import Saved
from tests.tui.helpers import app_for, ready, say, seen, sees, type_text, until

SIZES = [(80, 24), (140, 40)]
STRANGE = "xylophone concert tonight"


@pytest.mark.parametrize("size", SIZES)
async def test_before_any_training_the_screen_says_what_it_is_for(
    small_bot: Path, size: tuple[int, int]
) -> None:
    app = app_for(small_bot)
    for path in (small_bot / "models/intents/versions").glob("*"):
        for file in path.iterdir():
            file.unlink()
        path.rmdir()
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        await pilot.press("shift+f5")
        await until(pilot, lambda: "No version yet: F5 trains one" in seen(app))
        await pilot.press("enter", "escape")
        await until(pilot, lambda: app.screen is app.chat)


@pytest.mark.slow
async def test_correct_a_message_retrain_ask_again_and_go_back(small_bot: Path) -> None:
    path = small_bot / "intents.json"
    text = path.read_text(encoding="utf-8")
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await ready(pilot)
        wrong = await say(pilot, STRANGE)
        assert wrong.turn is not None and not wrong.turn.reading.prediction.in_scope
        await pilot.press("f6")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await type_text(pilot, "goodbye")
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is app.chat)
        await pilot.press("f5")
        await sees(pilot, "The new model answers from now on", "1 better", seconds=90)
        course = app.session.training
        assert course is not None and isinstance(course.end, Saved)
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is app.chat)
        await until(pilot, lambda: app.session.bot is not None and not app.session.bot.is_stale)
        right = await say(pilot, "concert xylophone tonight")
        assert right.turn is not None and right.turn.reading.prediction.intent == "goodbye"

        await pilot.press("shift+f5")
        await until(pilot, lambda: "answers now" in seen(app))
        await pilot.press("down")
        await until(pilot, lambda: f"- goodbye: “{STRANGE}”" in seen(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("enter")
        await until(pilot, lambda: "Version 1 answers from now on" in seen(app))
        screen = app.screen
        assert isinstance(screen, VersionsScreen)
        await until(pilot, lambda: screen.query_one(DataTable).get_row_at(1)[6] == "answers now")
        await pilot.press("escape")
        assert path.read_text(encoding="utf-8") == text
        await until(pilot, lambda: app.session.bot is not None and not app.session.bot.is_stale)
        again = await say(pilot, STRANGE)
        assert again.turn is not None and not again.turn.reading.prediction.in_scope


@pytest.mark.slow
@pytest.mark.parametrize("decision", ["k", "t"])
async def test_a_model_that_answers_worse_waits_and_f5_comes_back_to_it(
    small_bot: Path, decision: str
) -> None:
    path = small_bot / "intents.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    card = model_files.read_card(small_bot / "models/intents")
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await ready(pilot)
        asked = await say(pilot, "hello there")
        assert asked.turn is not None and asked.turn.reading.prediction.intent == "greeting"
        await app.workers.wait_for_complete()
        data["tests"] = [{"message": "hello there", "intent": "greeting"}]
        data["intents"][2]["patterns"].append("hello there")  # a goodbye, from now on
        path.write_text(json.dumps(data), encoding="utf-8")
        await until(pilot, lambda: "F5 retrains" in seen(app))
        await pilot.press("f5", "escape")
        await sees(pilot, "a new model waits for you", seconds=90)
        assert model_files.read_card(small_bot / "models/intents") == card
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(app.screen, TrainScreen))
        await sees(pilot, "until you decide", "hello there")
        await pilot.press(decision)
        if decision == "k":
            await until(pilot, lambda: app.screen is app.chat)
            assert model_files.read_card(small_bot / "models/intents") == card
        else:
            await until(pilot, lambda: "The new model answers from now on" in seen(app))
            assert model_files.read_card(small_bot / "models/intents") != card
        assert "waits for you" not in seen(app)
        listed = kept.listed(small_bot / "models/intents")
        assert [v.answers for v in listed] == ([False, True] if decision == "k" else [True, False])


async def test_a_version_that_is_damaged_is_said_and_nothing_changes(small_bot: Path) -> None:
    path = small_bot / "intents.json"
    from chatbot.learning.job import Plan, train_file

    for _ in train_file(path, small_bot / "models/intents", plan=Plan(accept=True)):
        pass
    card = model_files.read_card(small_bot / "models/intents")
    (weights,) = kept.find(small_bot / "models/intents", 1).folder.glob("*.safetensors")
    weights.write_bytes(b"nonsense")
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await ready(pilot)
        await pilot.press("shift+f5")
        await until(pilot, lambda: "answers now" in seen(app))
        await pilot.press("down")
        await until(pilot, lambda: "truncated or changed" in seen(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("enter")
        await until(pilot, lambda: "Nothing was changed" in seen(app))
    assert model_files.read_card(small_bot / "models/intents") == card
