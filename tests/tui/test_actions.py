"""The registry: everything can be reached in three ways, in every terminal, with one's own keys."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from textual.command import CommandPalette
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import OptionList

from chatbot.common import paths
from chatbot.lab import PAGES
from chatbot.tui.actions import (
    BY_NAME,
    REGISTRY,
    TAKEN,
    Keymap,
    keymap_of,
    letters,
    menu,
    shifted,
    title_of,
)
from chatbot.tui.actions.action import EVERYWHERE
from chatbot.tui.actions.conversation import PANEL_VIEWS
from chatbot.tui.actions.screens import LAB_PAGES
from chatbot.tui.app import ChatbotApp
from chatbot.tui.editor.screen import EditScreen
from chatbot.tui.flows.offered import offers_on
from chatbot.tui.panel.registry import VIEWS
from chatbot.tui.screens.evaluate import EvaluateScreen
from chatbot.tui.screens.help import HelpScreen
from chatbot.tui.screens.help_text import ABOUT
from chatbot.tui.screens.inbox import InboxScreen
from chatbot.tui.screens.lab import ForgettingScreen
from chatbot.tui.screens.menu import MenuScreen
from chatbot.tui.screens.settings import SettingsScreen
from chatbot.tui.screens.tour import TourScreen
from chatbot.tui.screens.train import TrainScreen
from chatbot.tui.screens.versions import VersionsScreen
from tests.tui.helpers import app_for, ready, say, sees, type_text, until


def write_settings(text: str) -> None:
    path = paths.settings_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_names_are_unique_and_everything_has_a_key_a_title_and_a_help() -> None:
    assert len(BY_NAME) == len(REGISTRY)
    for action in REGISTRY:
        assert action.keys and action.title and action.help, action.name
        assert title_of(action.place), action.name


def test_what_can_be_done_everywhere_is_in_the_menu() -> None:
    missing = {a.name for a in REGISTRY if a.place == EVERYWHERE and a.in_menu}
    assert missing == {action.name for action in menu()}


def test_no_function_is_on_a_key_alone_that_some_terminal_takes() -> None:
    """The way that is left is the menu: its key must reach us everywhere, and it has letters."""
    for terminal, taken in TAKEN.items():
        assert not set(BY_NAME["menu"].keys) <= taken, f"{terminal} takes every key of the menu"
        for action in REGISTRY:
            if not action.in_menu and action.name != "menu":
                continue
            letter = letters([*menu(), *(a for a in REGISTRY if a.place == action.place)])
            assert not set(action.keys) <= taken or letter.get(action.name), (
                f"{terminal} takes {action.key} of {action.name}, and it has no letter"
            )


def test_every_default_key_can_be_written_into_the_file() -> None:
    keymap, problems = keymap_of({action.name: action.key for action in REGISTRY})
    assert not problems
    assert not keymap.changed


def test_on_one_screen_no_default_key_is_twice_on_the_same_part() -> None:
    seen_keys: dict[tuple[str, str], str] = {}
    for action in REGISTRY:
        for key in action.keys:
            other = seen_keys.setdefault((action.place, key), action.name)
            assert other == action.name, f"{key}: {other} and {action.name}"


def test_letters_of_a_menu_are_unique() -> None:
    places = {action.place.partition(".")[0] for action in REGISTRY}
    for place in places:
        own = [a for a in REGISTRY if a.place.partition(".")[0] == place and a.in_menu]
        found = letters([*menu(), *own])
        assert "" not in found.values()
        assert len(set(found.values())) == len(found)


def test_the_registry_knows_the_views_of_the_panel_and_the_pages_of_the_lab() -> None:
    assert [(view.NAME, view.TITLE) for view in VIEWS] == list(PANEL_VIEWS)
    assert LAB_PAGES == PAGES


@pytest.mark.parametrize(
    "screen",
    [EditScreen, EvaluateScreen, ForgettingScreen, InboxScreen, SettingsScreen, TourScreen,
     TrainScreen, VersionsScreen],
)  # fmt: skip
def test_every_key_of_a_screen_is_in_the_registry_and_does_something(
    screen: type[Screen[None]],
) -> None:
    place: str = screen.PLACE  # type: ignore[attr-defined]
    assert place in ABOUT
    for bindings in screen._merge_bindings().key_to_bindings.values():
        for binding in bindings:
            if binding.action.startswith("app.") or binding.system:
                continue
            if binding.id is None:  # Textual's own, to move and to copy
                assert not binding.show
            else:
                assert BY_NAME[binding.id].place == place
                name = binding.action.partition("(")[0]
                assert callable(getattr(screen, f"action_{name}", None)), name


# ---- in the app


async def open_menu(pilot: Pilot[None], key: str = "ctrl+o") -> ChatbotApp:
    app = pilot.app
    assert isinstance(app, ChatbotApp)
    await pilot.press(key)
    await until(pilot, lambda: isinstance(app.screen, MenuScreen))
    return app


async def test_the_menus_letters_reach_what_a_terminal_keeps_from_us(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await open_menu(pilot)
        await pilot.press("i")
        await sees(pilot, "Model info", "held-out")
        await pilot.press("escape")
        await open_menu(pilot)
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, EditScreen))


async def test_the_menu_of_the_editor_has_the_editors_functions_first(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, EditScreen))
        await open_menu(pilot)
        await sees(pilot, "Editor", "Save", "Ctrl+S", "Revert", "Search")
        options = app.screen.query_one(OptionList)
        assert options.get_option_at_index(1).id == "edit.form"


async def test_a_function_of_the_panel_works_from_the_menu_without_the_focus(
    trained_folder: Path,
) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(pilot)
        await say(pilot, "what time is it")
        await open_menu(pilot)
        await pilot.press("3")
        await sees(pilot, "Gates · sent")
        await open_menu(pilot)
        await pilot.press("X")
        await until(pilot, lambda: bool(app.chat.panel.shown and app.chat.panel.shown.off))


async def test_the_palette_finds_what_the_screen_can_do_and_shows_its_key(
    trained_folder: Path,
) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, EditScreen))
        await pilot.press("ctrl+p")
        await until(pilot, lambda: isinstance(app.screen, CommandPalette))
        await type_text(pilot, "save")
        await sees(pilot, "Ctrl+S · Save the intents file")


def is_at(app: ChatbotApp, place: str) -> bool:
    return getattr(app.screen, "PLACE", "") == place


async def test_all_that_can_be_done_is_in_menu_and_palette_of_its_screen(
    trained_folder: Path,
) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(pilot)
        for key, wanted in (("", "chat"), ("f2", "edit"), ("shift+f5", "versions"),
                            ("shift+f4", "settings"), ("shift+f1", "tour")):  # fmt: skip
            if key:
                await pilot.press(key)
                await until(pilot, partial(is_at, app, wanted))
            offers = {o.action.name for group in offers_on(app.screen) for o in group.offers}
            titles = [command.title for command in app.get_system_commands(app.screen)]
            for action in REGISTRY:
                if action.in_menu and action.place in (wanted, EVERYWHERE):
                    assert action.name in offers and action.title in titles, action.name


async def test_help_says_what_works_on_the_screen_below(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(100, 70)) as pilot:
        await ready(pilot)
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, EditScreen))
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        await sees(pilot, "Help · Editor", "Ctrl+S", "Save the intents file", without=["Shapley"])
        await pilot.press("escape", "escape")
        await until(pilot, lambda: app.screen is app.chat)
        await pilot.press("f1")
        await sees(pilot, "Help · Conversation", "Shapley", without=["Save the intents file"])


# ---- one's own keys


async def test_a_key_of_my_own_works_and_is_shown_everywhere(trained_folder: Path) -> None:
    write_settings('[keys]\nmodel_info = "ctrl+g"\nmenu = "ctrl+r"\n')
    app = app_for(trained_folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await sees(pilot, "Menu Ctrl+R")
        await pilot.press("f3")
        await pilot.pause()
        assert app.screen is app.chat
        await pilot.press("ctrl+g")
        await sees(pilot, "Model info", "held-out")
        await pilot.press("escape")
        await open_menu(pilot, "ctrl+r")
        await sees(pilot, "Ctrl+G")


async def test_enter_can_begin_a_line_and_another_key_send(trained_folder: Path) -> None:
    write_settings('[keys]\nprompt.send = "ctrl+g"\n"prompt.newline" = ["enter"]\n')
    app = app_for(trained_folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await type_text(pilot, "hello")
        await pilot.press("enter")
        await type_text(pilot, "bot")
        assert app.chat.prompt.text == "hello\nbot"
        await pilot.press("ctrl+g")
        await until(pilot, lambda: len(app.chat.conversation.views) == 1)


async def test_a_key_of_the_panel_that_was_moved_is_no_letter_for_the_prompt(
    trained_folder: Path,
) -> None:
    write_settings('[keys]\n"panel.switch" = "z"\n')
    app = app_for(trained_folder)
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(pilot)
        await say(pilot, "what time is it")
        await pilot.press("f8", "z")
        await until(pilot, lambda: bool(app.chat.panel.shown and app.chat.panel.shown.off))
        assert app.chat.prompt.text == ""
        await pilot.press("x")
        assert app.chat.prompt.text == "x"


async def test_wrong_keys_are_told_with_their_line_and_the_rest_works(trained_folder: Path) -> None:
    write_settings(
        '# mine\n[keys]\nretrain = "ctrl+i"\nmodel_info = \'ctrl+g\'\n"no.such" = "f9"\n'
    )
    app = app_for(trained_folder)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await ready(pilot)
        await sees(pilot, "line 3", "send it as Tab", "line 5", "no.such")
        await pilot.press("ctrl+g")
        await sees(pilot, "Model info", "held-out")


@pytest.mark.parametrize("text", ["", " , ", "f99", "hyper+x", "ctrl+m", "ctrl+"])
def test_what_is_no_key_is_refused_with_a_remedy(text: str) -> None:
    keymap, problems = keymap_of({"retrain": text})
    assert "retrain" in problems and not keymap.changed


@pytest.mark.parametrize("text", ["t", "f5,t", "shift+t", "space", "slash", "full_stop", "é"])
def test_what_works_while_i_type_cannot_be_put_on_what_i_type(text: str) -> None:
    keymap, problems = keymap_of({"retrain": text})
    assert "typed into the message" in problems["retrain"] and not keymap.changed
    for name in ("train.use", "conversations.export"):
        assert not keymap_of({name: "q"})[1]
    for key in ("f7", "ctrl+t", "alt+t", "ctrl+slash", "pageup", "insert", "delete"):
        assert not keymap_of({"retrain": key})[1], key


def test_a_conflict_names_both_functions_and_where_they_work() -> None:
    keymap, _ = keymap_of({"retrain": "f2"})
    assert [str(conflict) for conflict in keymap.conflicts()] == [
        "F2 is both “Edit intents” (Everywhere) and “Retrain” (Everywhere)",
        "F2 is both “Retrain” (Everywhere) and “Form or JSON” (Editor)",
    ]
    assert not Keymap().conflicts()
    assert not keymap_of({"train.cancel": "s"})[0].conflicts(), "S sorts on another screen"


# ---- what terminals send


@pytest.mark.parametrize(
    ("environment", "sent", "meant"),
    [
        ({"TERM": "linux"}, "f13", "shift+f1"),
        ({"TERM": "rxvt-unicode-256color"}, "f15", "shift+f5"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"}, "f14", "shift+f6"),
        ({"TERM": "xterm-256color"}, "f13", None),
    ],
)
def test_shifted_function_keys_are_what_the_terminal_means(
    environment: dict[str, str], sent: str, meant: str | None
) -> None:
    assert shifted(environment).get(sent) == meant


async def test_shift_f1_on_the_linux_console_begins_the_tour(
    trained_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "linux")
    app = app_for(trained_folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("f13")
        await until(pilot, lambda: isinstance(app.screen, TourScreen))


def test_no_function_has_shift_f3_which_xterms_send_as_the_cursors_position() -> None:
    assert [action.name for action in REGISTRY if "shift+f3" in action.keys] == []
