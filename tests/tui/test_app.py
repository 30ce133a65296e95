"""The app around the conversation: menu, palette, help, theme, retraining."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from textual.widgets import OptionList

from chatbot.common import paths
from chatbot.learning.job import Plan, train_file
from chatbot.tui import settings
from chatbot.tui.actions import ACTIONS, menu, written
from chatbot.tui.messages import BotFailed, BotLoaded, HistoryLoaded, IntentsChanged
from chatbot.tui.screens.menu import MenuScreen
from chatbot.tui.screens.train import TrainScreen
from tests.conftest import long_to_train
from tests.tui.helpers import app_for, ready, say, seen, sees, type_text, until


async def test_the_menu_lists_everything_with_its_key(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await sees(pilot, "Menu F10")
        await pilot.press("f10")
        await until(pilot, lambda: isinstance(app.screen, MenuScreen))
        await pilot.pause()
        for entry in ("New conversation", "Edit intents", "Retrain", "Model info", "Theme"):
            assert entry in seen(app)
        assert "F5" in seen(app)
        await pilot.press("pagedown", "pagedown")
        await sees(pilot, "Quit")
        assert "Help" in seen(app) and "Ctrl+Q" in seen(app)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.chat)


async def test_the_menu_button_can_be_clicked_and_an_entry_chosen(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(pilot)
        await pilot.click("#bar-menu")
        await until(pilot, lambda: isinstance(app.screen, MenuScreen))
        names = [action.name for action in menu()]
        options = app.screen.query_one(OptionList)
        options.highlighted = names.index("model_info")
        await pilot.press("enter")
        await until(pilot, lambda: "Model info" in seen(app) and "held-out" in seen(app))


async def test_the_command_palette_has_the_same_entries(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test() as pilot:
        await ready(pilot)
        titles = [command.title for command in app.get_system_commands(app.screen)]
        assert {action.title for action in menu()} <= set(titles)
        assert len(titles) == len(set(titles)), "nothing is offered twice"


def test_every_action_of_the_registry_exists_and_no_key_is_used_twice() -> None:
    from chatbot.tui.app import ChatbotApp

    keys = [key for action in ACTIONS for key in action.keys]
    assert len(keys) == len(set(keys))
    for action in ACTIONS:
        assert callable(getattr(ChatbotApp, f"action_{action.name}", None)), action.name


async def test_help_names_every_key(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(160, 150)) as pilot:
        await ready(pilot)
        await pilot.press("f1")
        await until(pilot, lambda: "Help" in seen(app) and "hidden state" in seen(app))
        for action in ACTIONS:
            assert f"{written(action.keys[0])}" in seen(app) and action.title in seen(app)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.chat)


async def test_the_theme_i_choose_is_there_next_time(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test() as pilot:
        await ready(pilot)
        app.theme = "textual-light"
        await until(pilot, lambda: paths.settings_file().exists())
    assert settings.read(paths.settings_file()).settings.theme == "textual-light"
    assert app_for(trained_folder).theme == "textual-light"


async def test_a_theme_that_is_gone_does_not_stop_the_app(trained_folder: Path) -> None:
    paths.settings_file().parent.mkdir(parents=True)
    paths.settings_file().write_text('[appearance]\ntheme = "from-the-future"\n')
    app = app_for(trained_folder)
    async with app.run_test(notifications=True) as pilot:
        await ready(pilot)
        await sees(pilot, "settings.toml, line 2", "from-the-future")


async def test_the_maximised_panel_fills_the_screen_and_goes_back(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(pilot)
        await say(pilot, "hello there")
        await pilot.press("f11")
        await pilot.pause()
        assert app.chat.panel.region.width == 100
        await pilot.press("escape")
        await pilot.pause()
        assert app.chat.panel.region.width < 100
        await until(pilot, lambda: app.focused is app.chat.prompt)


@pytest.mark.slow
async def test_i_add_an_intent_retrain_with_f5_and_the_new_model_answers(small_bot: Path) -> None:
    path = small_bot / "intents.json"
    app = app_for(small_bot)
    async with app.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        data = json.loads(path.read_text(encoding="utf-8"))
        patterns = ["I want a pizza", "pizza please", "order one pizza", "bring me a pizza",
                    "can I have pizza", "a large pizza"]  # fmt: skip
        data["intents"].append({"tag": "pizza", "patterns": patterns, "responses": ["Coming!"]})
        path.write_text(json.dumps(data), encoding="utf-8")
        await until(pilot, lambda: "F5 retrains" in seen(app))
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(app.screen, TrainScreen))
        await pilot.press("escape")
        await until(pilot, lambda: "training" in seen(app).splitlines()[0])
        old = await say(pilot, "hello")
        assert old.turn is not None and old.turn.reading.prediction.intent == "greeting"
        await sees(pilot, "4 intents", without=["older than", "F5 shows it"], seconds=90)
        new = await say(pilot, "one pizza please")
        assert new.turn is not None and new.turn.reply == "Coming!"


@pytest.mark.slow
async def test_a_model_that_another_process_trained_answers_too(small_bot: Path) -> None:
    path = small_bot / "intents.json"
    app = app_for(small_bot)
    async with app.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        data = json.loads(path.read_text(encoding="utf-8"))
        patterns = ["I want a pizza", "pizza please", "order one pizza", "bring me a pizza"]
        data["intents"].append({"tag": "pizza", "patterns": patterns, "responses": ["Coming!"]})
        path.write_text(json.dumps(data), encoding="utf-8")
        await until(pilot, lambda: "F5 retrains" in seen(app))
        for _ in train_file(path, small_bot / "models/intents", plan=Plan(accept=True)):
            pass
        await until(pilot, lambda: "4 intents" in seen(app) and "older than" not in seen(app))
        new = await say(pilot, "one pizza please")
        assert new.turn is not None and new.turn.reply == "Coming!"


@pytest.mark.slow
async def test_a_cancelled_training_leaves_the_old_model_answering(small_bot: Path) -> None:
    card = (small_bot / "models/intents/card.json").read_bytes()
    long_to_train(small_bot / "intents.json")  # not over before it is cancelled
    app = app_for(small_bot)
    async with app.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(app.screen, TrainScreen))
        await pilot.press("c")
        await sees(pilot, "Cancelled")
        await pilot.press("escape")
        await say(pilot, "hello")
    assert (small_bot / "models/intents/card.json").read_bytes() == card


@pytest.mark.slow
async def test_the_first_model_of_a_file_answers_the_messages_that_waited(
    small_file: Path,
) -> None:
    app = app_for(small_file.parent)
    async with app.run_test(size=(120, 40)) as pilot:
        await sees(pilot, "it is in training")
        await type_text(pilot, "hello")
        await pilot.press("enter")
        view = app.chat.conversation.views[0]
        await until(pilot, lambda: view.turn is not None, seconds=90)


@pytest.mark.slow
async def test_without_a_model_a_cancelled_training_leaves_no_model(small_file: Path) -> None:
    long_to_train(small_file)
    app = app_for(small_file.parent)
    async with app.run_test(size=(120, 40)) as pilot:
        await sees(pilot, "it is in training")
        await pilot.press("f5")
        await sees(pilot, "of at most", seconds=60)
        await pilot.press("c")
        await sees(pilot, "Cancelled")
        await pilot.press("escape")
        await sees(pilot, "no model", "F5 trains one", without=["F5 shows it"])


async def test_a_retry_begins_with_an_empty_screen(small_bot: Path) -> None:
    path = small_bot / "intents.json"
    content = path.read_bytes()
    app = app_for(small_bot)
    async with app.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        path.write_text("{")
        await pilot.press("f5")
        await sees(pilot, "No new model", "Retry", seconds=60)
        path.write_bytes(content)
        await pilot.press("r")
        await sees(pilot, "Getting ready", without=["No new model"])
        await sees(pilot, "of at most", seconds=60)


async def test_what_was_read_while_the_app_was_closed_is_let_go(small_bot: Path) -> None:
    app = app_for(small_bot)
    async with app.run_test() as pilot:
        await ready(pilot)
        bot = app.session.bot
    assert bot is not None and not app.screen_stack
    app._bot_loaded(BotLoaded(bot))
    app._bot_failed(BotFailed("no model", needs_training=True))
    app._history_loaded(HistoryLoaded(["hello"]))
    app._intents_changed(IntentsChanged(bot.intents, by_us=False))


@pytest.mark.parametrize("key", ["f3", "f10", "f1"])
async def test_every_dialog_closes_with_escape_and_the_prompt_has_the_keys(
    trained_folder: Path, key: str
) -> None:
    app = app_for(trained_folder)
    async with app.run_test() as pilot:
        await ready(pilot)
        await pilot.press(key)
        await until(pilot, lambda: app.screen is not app.chat)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.chat)
        await type_text(pilot, "ok")
        assert app.chat.prompt.text == "ok"
