"""Making bots and coming back to them: wrong names, other programs' files, recent bots."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList

from chatbot.bots import make_bot, recent
from chatbot.common import paths
from chatbot.common.paths import locations_of_file
from chatbot.tui.app import ChatbotApp
from chatbot.tui.dialogs import ChooseScreen, RecentScreen, WriteScreen
from chatbot.tui.dialogs.confirm import ConfirmScreen
from tests.tui.flows.two_bots import started
from tests.tui.helpers import SIZES, answer, ready, sees, type_text, until

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
