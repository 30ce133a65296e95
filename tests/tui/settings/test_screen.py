"""The settings screen, as a person uses it."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from chatbot.common import paths
from chatbot.tui.app import ChatbotApp
from chatbot.tui.screens.settings import SettingsScreen
from chatbot.tui.settings import Settings, read
from tests.tui.helpers import SIZES, app_for, ready, say, sees, type_text, until


def kept() -> Settings:
    return read(paths.settings_file()).settings


async def opened(pilot: Pilot[None]) -> ChatbotApp:
    app = await ready(pilot)
    await pilot.press("ctrl+o", "s")
    await until(pilot, lambda: isinstance(app.screen, SettingsScreen))
    return app


async def find(pilot: Pilot[None], word: str) -> None:
    await pilot.press("slash")
    await type_text(pilot, word)
    await pilot.press("enter")
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES)
async def test_settings_and_keys_are_listed_and_found(
    trained_folder: Path, size: tuple[int, int]
) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        await sees(pilot, "Theme", "textual-dark", "Animations", "[appearance] theme")
        await find(pilot, "save")
        await sees(pilot, "Keys: Editor", "Ctrl+S", "[keys] edit.save", without=["Animations"])
        await pilot.press("escape")
        await sees(pilot, "Search: a word", "Word before")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.chat)


async def test_letters_typed_in_the_list_begin_the_search_and_change_nothing(
    trained_folder: Path,
) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("down", "enter")
        await sees(pilot, "type some of its letters")
        await type_text(pilot, "none")
        await pilot.press("enter")
        await until(pilot, lambda: kept().animations == "none")
        # "d" was the key of the default.
        await type_text(pilot, "difference keys")
        await sees(pilot, "difference keys", "Nothing is called so.")
        await pilot.press("escape")
        await type_text(pilot, "ani")
        await sees(pilot, "Animations", without=["Keys: Everywhere"])
        assert kept().animations == "none"
        await pilot.press("enter", "backspace")
        await until(pilot, lambda: kept().animations == "full")


async def test_a_theme_is_shown_while_i_look_and_kept_when_i_take_it(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("enter")
        await sees(pilot, "type some of its letters")
        await type_text(pilot, "gruvbox")
        await until(pilot, lambda: app.theme == "gruvbox")
        await pilot.press("escape")
        await until(pilot, lambda: app.theme == "textual-dark")
        await until(pilot, lambda: isinstance(app.screen, SettingsScreen))
        assert not paths.settings_file().exists()
        await pilot.press("enter")
        await sees(pilot, "type some of its letters")
        await type_text(pilot, "nord")
        await pilot.press("enter")
        await until(pilot, lambda: app.theme == "nord" and paths.settings_file().exists())
        await sees(pilot, "● Theme", "nord")
    assert kept() == Settings(theme="nord")


async def test_search_and_row_are_in_sight_on_the_smallest_terminal(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(20, 6)) as pilot:
        await ready(pilot)
        await pilot.press("shift+f4")
        await sees(pilot, "Search", "Theme", "esc")
        await pilot.press("slash", *"anim")
        await sees(pilot, "anim", "Animations")


async def test_a_key_is_changed_at_once_and_a_conflict_is_shown(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await find(pilot, "model_info")
        await pilot.press("enter")
        await sees(pilot, "Keys of “Model info”")
        await pilot.press("ctrl+u")
        await type_text(pilot, "ctrl+i")
        await sees(pilot, "terminals send it as Tab")
        await pilot.press("enter")
        await pilot.press("ctrl+u")
        await type_text(pilot, "f2")
        await pilot.press("enter")
        await sees(pilot, "⚠ Model info", "F2 is both")
        await pilot.press("delete")
        await sees(pilot, "Model info", "F3", without=["⚠"])


async def test_the_threshold_shows_what_it_would_change_and_changes_it(
    trained_folder: Path,
) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        view = await say(pilot, "tell me when it is late")
        await say(pilot, "what time is it")
        await until(pilot, lambda: paths.history_file(app.session.locations.intents).exists())
        assert view.turn is not None
        await opened(pilot)
        await find(pilot, "threshold")
        await pilot.press("enter")
        await sees(pilot, "Of your 2 latest messages")
        await pilot.press(*["right"] * 14)
        await sees(pilot, "1.00")
        if view.turn.reading.prediction.in_scope:
            await sees(pilot, "1 would get the fallback", "tell me when")
        await pilot.press("enter")
        await until(pilot, lambda: app.session.bot is not None and app.session.bot.threshold == 1)
        await pilot.press("escape", "escape")
        await until(pilot, lambda: app.screen is app.chat)
        strict = await say(pilot, "tell me when it is late")
        assert strict.turn is not None and not strict.turn.reading.prediction.in_scope
        exact = await say(pilot, "what time is it")
        assert exact.turn is not None and exact.turn.reading.prediction.in_scope
    assert kept().threshold == 1


async def test_a_file_that_cannot_be_written_is_told_and_the_change_holds(
    trained_folder: Path,
) -> None:
    path = paths.settings_file()
    path.parent.mkdir(parents=True)
    path.write_text("[appearance\n")
    app = app_for(trained_folder)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await ready(pilot)
        await sees(pilot, "settings.toml, line 1", "nothing in the file counts")
        app.theme = "nord"
        await sees(pilot, "Not kept", "holds until you quit")
        assert app.session.settings.theme == "nord"
    assert path.read_text() == "[appearance\n"


async def test_a_theme_of_my_own_is_offered_and_an_unreadable_one_is_not(
    trained_folder: Path,
) -> None:
    folder = paths.themes_folder()
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text('primary = "#7aa2f7"\nbackground = "#000000"\n')
    (folder / "dim.toml").write_text('primary = "#7aa2f7"\nforeground = "#222222"\n')
    paths.settings_file().write_text('[appearance]\ntheme = "mine"\n')
    app = app_for(trained_folder)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await ready(pilot)
        assert app.theme == "mine" and "dim" not in app.available_themes
        await sees(pilot, "themes/dim.toml", "contrast")


async def test_the_environment_wins_over_the_animations_of_the_settings(
    trained_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths.settings_file().parent.mkdir(parents=True)
    paths.settings_file().write_text('[appearance]\nanimations = "none"\n')
    assert app_for(trained_folder).animation_level == "none"
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "basic")
    app = app_for(trained_folder)
    assert app.animation_level != "none"
