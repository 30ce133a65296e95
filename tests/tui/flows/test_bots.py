"""Several bots in the app: what could be lost or mixed up first."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from chatbot.bots import make_bot, recent
from chatbot.common import paths
from chatbot.common.paths import locations_of_file
from chatbot.tui.app import ChatbotApp
from chatbot.tui.dialogs import ChooseScreen, RecentScreen, WriteScreen
from chatbot.tui.dialogs.confirm import ConfirmScreen
from chatbot.tui.editor import EditScreen
from chatbot.tui.flows.training import Trainings
from chatbot.tui.screens import TrainScreen
from tests.tui.helpers import SIZES, answer, ready, say, seen, sees, type_text, until
from tests.tui.made_bot import make_bot as make_trained


@pytest.fixture
def untrained(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bots without a model stay so: what is tested here is not the training."""
    monkeypatch.setattr(Trainings, "begin", lambda self: None)


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    """The folders of two bots that answer at once."""
    one, other = make_trained(tmp_path / "one"), make_trained(tmp_path / "other")
    for folder, name in ((one, "one"), (other, "other")):
        (folder / "intents.json").rename(folder / f"{name}.json")
        (folder / "models/intents").rename(folder / "models" / name)
    return one / "one.json", other / "other.json"


def started(intents: Path) -> ChatbotApp:
    return ChatbotApp(locations_of_file(intents, "test"), seed=1)


async def open_file(pilot: Pilot[None], file: Path) -> ChatbotApp:
    app = pilot.app
    assert isinstance(app, ChatbotApp)
    await pilot.press("shift+f9")
    await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
    app.screen.query_one(Input).value = str(file)
    await sees(pilot, "+ file")
    await pilot.press("enter")
    await until(pilot, lambda: app.session.locations.intents == file and app.session.bot)
    await pilot.pause()
    return app


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
        await pilot.pause(0.3)
        assert app.session.training is None
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


# ---- making


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 40)])
async def test_a_wrong_name_is_said_and_can_be_mended(
    two: tuple[Path, Path], untrained: None, size: tuple[int, int]
) -> None:
    make_bot("cafe")
    app = started(two[0])
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        await pilot.press("shift+f8")
        await until(pilot, lambda: isinstance(app.screen, WriteScreen))
        for name, says in (("a/b", "“/” in it"), ("con", "device"), ("CAFE", "bot cafe already")):
            app.screen.query_one(Input).value = name
            await pilot.press("enter")
            await sees(pilot, says, name)
        app.screen.query_one(Input).value = "quán 2"
        await pilot.press("enter")
        await sees(pilot, "What shall quán 2 begin with?")
        await answer(pilot, "template")
        await sees(pilot, "No model for quán 2.json yet", "quán 2")
        assert (paths.bots_folder() / "quán 2.json").exists()
        assert app.screen is app.chat


async def test_escape_makes_nothing(two: tuple[Path, Path]) -> None:
    app = started(two[0])
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("shift+f8")
        await until(pilot, lambda: isinstance(app.screen, WriteScreen))
        await type_text(pilot, "cafe")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.chat)
        assert paths.bot_files() == []


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
async def test_a_bot_from_an_example(
    two: tuple[Path, Path], untrained: None, size: tuple[int, int]
) -> None:
    app = started(two[0])
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        await pilot.press("shift+f8")
        await until(pilot, lambda: isinstance(app.screen, WriteScreen))
        await type_text(pilot, "quán")
        await pilot.press("enter")
        await sees(pilot, "Three intents", "An example…", "A file…", "Cancel")
        await answer(pilot, "example")
        await sees(pilot, "cafe: a café in Vietnamese", "helpdesk: a help desk in English")
        await pilot.press("down", "enter")
        await sees(pilot, "No model for quán.json yet")
        made = json.loads((paths.bots_folder() / "quán.json").read_text(encoding="utf-8"))
        assert "ticket_status" in [intent["tag"] for intent in made["intents"]]


async def test_a_bot_from_a_file_of_another_program(
    two: tuple[Path, Path], tmp_path: Path, untrained: None
) -> None:
    rows = tmp_path / "rows.csv"
    rows.write_text("text,intent\nhello,greet\nbye,leave\n")
    app = started(two[0])
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(pilot)
        await pilot.press("shift+f8")
        await until(pilot, lambda: isinstance(app.screen, WriteScreen))
        await type_text(pilot, "rows")
        await pilot.press("enter")
        await answer(pilot, "file")
        await until(pilot, lambda: isinstance(app.screen, WriteScreen))
        app.screen.query_one(Input).value = str(tmp_path / "gone.csv")
        await pilot.press("enter")
        await sees(pilot, "gone.csv", "cannot be read")
        app.screen.query_one(Input).value = str(rows)
        await pilot.press("enter")
        await sees(pilot, "No model for rows.json yet")
        made = json.loads((paths.bots_folder() / "rows.json").read_text(encoding="utf-8"))
        assert [intent["tag"] for intent in made["intents"]] == ["greet", "leave"]


async def test_a_new_bot_trains_at_once_and_answers_what_was_typed_meanwhile(
    two: tuple[Path, Path],
) -> None:
    app = started(two[0])
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(pilot)
        await pilot.press("shift+f8")
        await until(pilot, lambda: isinstance(app.screen, WriteScreen))
        await type_text(pilot, "cafe")
        await pilot.press("enter")
        await answer(pilot, "template")
        await sees(pilot, "it is in training, F5 shows it", "training")
        await type_text(pilot, "are you open on sunday?")
        await pilot.press("enter")
        await sees(pilot, "We are open from 9 to 5", without=["No model"], seconds=90)
        assert app.session.bot is not None and not app.session.bot.is_stale


# ---- recent


@pytest.mark.parametrize("size", SIZES)
async def test_recent_bots_have_their_path_and_the_missing_are_marked_and_can_go(
    two: tuple[Path, Path], tmp_path: Path, size: tuple[int, int]
) -> None:
    one, other = two
    gone = tmp_path / ("deep/" * 30) / "[b]gone[x].json"
    recent.add(locations_of_file(gone, "test"))
    recent.add(locations_of_file(other, "test"))
    app = started(one)
    async with app.run_test(size=size, notifications=True) as pilot:
        await ready(pilot)
        await pilot.press("shift+f12")
        await until(pilot, lambda: isinstance(app.screen, RecentScreen))
        await sees(pilot, "other", "/other.json", "[b]gone[x] · missing", "/[b]gone[x].json")
        await pilot.press("down", "enter")
        if size[0] == 140:  # narrower, the toast breaks its lines elsewhere
            await sees(pilot, "is not there any more")
        assert isinstance(app.screen, RecentScreen)
        await pilot.press("delete")
        await sees(pilot, "other", without=["[b]gone[x] · missing"])
        await until(pilot, lambda: gone not in [bot.intents for bot in recent.load()])
        await pilot.press("enter")
        await until(pilot, lambda: app.session.locations.intents == other and app.session.bot)
        await until(pilot, lambda: [b.intents for b in recent.load()] == [other, one])


async def test_without_recent_bots_the_list_says_how_to_get_one(two: tuple[Path, Path]) -> None:
    app = started(two[0])
    async with app.run_test(size=(60, 20)) as pilot:
        await ready(pilot)
        await pilot.press("shift+f12")
        await sees(pilot, "No other bot was open yet")
        await pilot.press("enter", "delete", "escape")
        await until(pilot, lambda: app.screen is app.chat)


async def test_menu_and_palette_lead_to_bots(two: tuple[Path, Path]) -> None:
    app = started(two[0])
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("f10")
        await sees(pilot, "New bot…", "Open bot…", "Recent bots…")
        options = app.screen.query_one(OptionList)
        options.highlighted = options.get_option_index("open_bot")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await pilot.press("escape")
        titles = [command.title for command in app.get_system_commands(app.screen)]
        assert {"New bot…", "Open bot…", "Recent bots…"} <= set(titles)


async def test_a_name_that_is_also_a_file_is_said_at_the_start(
    two: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_bot("cafe")
    monkeypatch.chdir(tmp_path)
    two[0].rename(tmp_path / "cafe")
    app = ChatbotApp(paths.locate(Path("cafe")))
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await sees(pilot, "cafe is a file here; your bot cafe")
