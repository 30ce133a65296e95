"""Several bots in the app: what could be lost or mixed up between two."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from chatbot.bots import make_bot
from chatbot.tui.app import ChatbotApp
from chatbot.tui.dialogs import ChooseScreen, WriteScreen
from chatbot.tui.dialogs.confirm import ConfirmScreen
from chatbot.tui.editor import EditScreen
from chatbot.tui.screens import TrainScreen
from tests.conftest import long_to_train
from tests.tui.flows.two_bots import open_file, started
from tests.tui.helpers import answer, ready, say, seen, sees, type_text, until


async def test_each_bot_has_its_own_conversation_draft_and_history(
    two: tuple[Path, Path],
) -> None:
    one, other = two
    app = started(one)
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(pilot)
        await say(pilot, "hello [b]one[/b]")
        await type_text(pilot, "half a word")
        await open_file(pilot, other)
        assert "hello" not in seen(app) and app.chat.prompt.text == ""
        assert seen(app).startswith(" other ")
        await say(pilot, "hello other")
        await pilot.press("up", "up", "up")
        assert app.chat.prompt.text == "hello other", "the history is the other bot's"
        app.chat.prompt.load_text("")
        await open_file(pilot, one)
        await sees(pilot, "hello [b]one[/b]", without=["hello other"])
        await until(pilot, lambda: app.chat.prompt.text == "half a word")
        view = await say(pilot, "again")
        assert [v.message for v in app.chat.conversation.views] == ["hello [b]one[/b]", "again"]
        assert view.turn is not None
        await open_file(pilot, other)
        await sees(pilot, "hello other", without=["[b]one"])


async def test_a_message_that_waits_goes_on_waiting(
    two: tuple[Path, Path], tmp_path: Path, untrained: None
) -> None:
    waiting = make_bot("waiting").locations
    app = ChatbotApp(waiting, seed=1)
    async with app.run_test(size=(100, 30)) as pilot:
        await sees(pilot, "No model for waiting.json yet")
        await type_text(pilot, "hello")
        await pilot.press("enter")
        await open_file(pilot, two[0])
        assert app.chat.conversation.views == []
        source = two[1].parent / "models/other"
        waiting.model.parent.mkdir()
        source.rename(waiting.model)
        await pilot.press("shift+f9")
        await sees(pilot, "waiting")
        await pilot.press("enter")
        await until(pilot, lambda: app.session.locations.intents == waiting.intents)
        await until(
            pilot,
            lambda: app.chat.conversation.views and app.chat.conversation.views[0].turn is not None,
        )


async def test_unsaved_text_in_the_editor_is_asked_about_and_stays(
    two: tuple[Path, Path],
) -> None:
    one, _ = two
    before = one.read_text(encoding="utf-8")
    app = started(one)
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(pilot)
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, EditScreen))
        await type_text(pilot, "x")
        await pilot.press("shift+f9")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, EditScreen))
        assert app.session.locations.intents == one
        await pilot.press("shift+f9")
        await answer(pilot, "discard")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        assert one.read_text(encoding="utf-8") == before


async def test_a_running_training_is_asked_about_and_never_becomes_the_other_bots(
    two: tuple[Path, Path],
) -> None:
    one, other = two
    long_to_train(one)  # not over before it is stopped
    app = started(one)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await ready(pilot)
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(app.screen, TrainScreen))
        await pilot.press("shift+f9")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        app.screen.query_one(Input).value = str(other)
        await pilot.press("enter")
        await sees(pilot, "training of one would be stopped")
        await answer(pilot, "stay")
        await until(pilot, lambda: app.screen is app.chat)
        assert app.session.training is not None and app.session.locations.intents == one
        app.flows.bots.open()
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        app.screen.query_one(Input).value = str(other)
        await pilot.press("enter")
        await answer(pilot, "stop")
        await until(pilot, lambda: app.session.locations.intents == other and app.session.bot)
        await until(pilot, lambda: app.session.training is None)
        await pilot.pause(0.3)  # it would have said something by now
        assert "Cancelled" not in seen(app) and "training" not in seen(app).splitlines()[0]


@pytest.mark.parametrize(
    "path", ["/nowhere/x.json", "~no-such-user/x", "a\x00b", "x" * 5_000, "[b]x.json"]
)
async def test_a_file_that_is_not_there_is_said_and_asked_again(
    two: tuple[Path, Path], path: str
) -> None:
    app = started(two[0])
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("shift+f9")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        app.screen.query_one(Input).value = path
        await sees(pilot, "+ file")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, WriteScreen))
        assert app.screen.query_one(Input).value == path
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.chat)
        assert app.session.bot is not None and app.session.locations.intents == two[0]


async def test_a_broken_file_opens_with_its_error_and_the_way_back_is_there(
    two: tuple[Path, Path], tmp_path: Path
) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text('{"intents": [\n {"tag": [bold]}]}')
    app = started(two[0])
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(pilot)
        await say(pilot, "hello")
        await pilot.press("shift+f9")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        app.screen.query_one(Input).value = str(broken)
        await pilot.press("enter")
        await sees(pilot, "broken.json:2", "cannot answer")
        await open_file(pilot, two[0])
        await sees(pilot, "hello", without=["broken.json"])


async def test_the_model_of_the_environment_is_not_taken_for_another_bot(
    two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = two
    monkeypatch.setenv("CHATBOT_MODEL", str(one.parent / "models/one"))
    app = started(one)
    async with app.run_test() as pilot:
        await ready(pilot)
        await open_file(pilot, other)
        assert app.session.locations.model == other.parent / "models/other"


async def test_the_bot_that_is_open_is_not_opened_again(two: tuple[Path, Path]) -> None:
    app = started(two[0])
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await ready(pilot)
        await say(pilot, "hello")
        await pilot.press("shift+f9")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        app.screen.query_one(Input).value = str(two[0])
        await pilot.press("enter")
        await sees(pilot, "one is open already", "hello")


async def test_undo_does_not_reach_the_file_of_the_bot_before(two: tuple[Path, Path]) -> None:
    one, other = two
    app = started(one)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await ready(pilot)
        await say(pilot, "zzz")
        await pilot.press("f6")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await pilot.press("enter")
        await sees(pilot, "Taught")
        taught = one.read_text(encoding="utf-8")
        assert "zzz" in taught
        await open_file(pilot, other)
        await pilot.press("ctrl+b")
        await sees(pilot, "Nothing was taught")
        assert one.read_text(encoding="utf-8") == taught
