"""The keys of fields and lists: by default those of Textual, and a person's own in their place."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.dom import DOMNode
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from chatbot.tui.actions import BY_NAME, keymap_of
from chatbot.tui.dialogs import ChooseScreen
from chatbot.tui.dialogs.choose import Choice
from chatbot.tui.fields import Choices, Line, Marks, Page, SteadyTextArea, Table
from chatbot.tui.screens.settings import SettingsScreen
from tests.tui.helpers import app_for, ready, say, type_text, until
from tests.tui.made_bot import make_bot
from tests.tui.test_actions import write_settings

FIXED = {
    "ctrl+c",  # copies, everywhere
    *("super+c", "super+x", "super+z", "super+y", "super+backspace"),  # terminals send none of them
    *("f6", "f7"),  # the app takes them first
    *("ctrl+home", "ctrl+end"),  # of a table: the same as Home and End in a list
    *("ctrl+pageup", "ctrl+pagedown"),  # of a page: to the side, where nothing is wider
}
MENDED = {"ctrl+backspace", "alt+backspace"}
"""Textual (8.2) lets them delete the word after the cursor in a field of one line."""


@pytest.mark.parametrize("kind", [Choices, Marks, Table, Page, Line, SteadyTextArea])
def test_by_default_every_key_does_what_it_does_in_textual(kind: type[DOMNode]) -> None:
    theirs = kind.__mro__[1]._merge_bindings().key_to_bindings  # type: ignore[attr-defined]
    ours = kind._merge_bindings().key_to_bindings
    scrolling = VerticalScroll._merge_bindings().key_to_bindings
    for key, (binding,) in theirs.items():
        if key in FIXED or (kind is not Page and scrolling.get(key) == [binding]):
            continue  # what scrolls a widget that has a cursor
        assert ours[key][0].id in BY_NAME, key
        if key not in MENDED:
            assert ours[key][0].action == binding.action, key


class Fields(App[None]):
    """A list and two fields, with one's own keys."""

    def compose(self) -> ComposeResult:
        yield Choices(*(Option(name) for name in "abc"))
        yield Line("some words", select_on_focus=False)
        yield SteadyTextArea("some words")

    def on_mount(self) -> None:
        keymap, problems = keymap_of(
            {
                "cursor.down": "j",
                "cursor.choose": "l",
                "text.line_start": "alt+h",
                "text.undo": "f2",
            }
        )
        assert not problems
        self.set_keymap(keymap.for_textual())


async def test_keys_of_my_own_move_the_cursor_and_the_old_ones_do_not() -> None:
    app = Fields()
    async with app.run_test() as pilot:
        options = app.query_one(OptionList)
        options.focus()
        await pilot.press("j", "j", "down")
        assert options.highlighted == 2
        await pilot.press("enter", "l")
        line = app.query_one(Input)
        line.focus()
        line.cursor_position = 4
        await pilot.press("home", "j")
        assert line.value == "somej words", "a letter is typed where one can type"
        await pilot.press("alt+h", "x")
        assert line.value.startswith("x")
        area = app.query_one(SteadyTextArea)
        area.focus()
        await pilot.press("l", "j", "alt+h", "y")
        assert area.text == "yljsome words"
        await pilot.press("ctrl+z")
        assert area.text != "some words"
        await pilot.press("f2", "f2", "f2")
        assert area.text == "some words"


async def test_a_letter_that_moves_in_lists_is_a_letter_in_the_field_above_one() -> None:
    class Choosing(App[None]):
        chosen: Choice | None = None

        def on_mount(self) -> None:
            self.set_keymap(keymap_of({"cursor.down": "j,ctrl+n"})[0].for_textual())

            def take(choice: Choice | None) -> None:
                self.chosen = choice

            self.push_screen(ChooseScreen("Which?", ["jar", "jam", "ham"]), take)

    app = Choosing()
    async with app.run_test() as pilot:
        await pilot.press("j", "a", "ctrl+n", "enter")
        await until(pilot, lambda: app.chosen is not None)
        assert app.chosen is not None and app.chosen.name == "jam"


async def test_the_prompt_and_the_settings_take_keys_of_my_own(tmp_path: Path) -> None:
    write_settings('[keys]\n"text.up" = "alt+p"\n"cursor.down" = "j"\n"dialog.close" = "f9"\n')
    app = app_for(make_bot(tmp_path / "bot"))
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await say(pilot, "the first")
        await type_text(pilot, "draft")
        await pilot.press("up")
        assert app.chat.prompt.text == "draft"
        await pilot.press("alt+p")
        assert app.chat.prompt.text == "the first"
        await pilot.press("shift+f4")
        await until(pilot, lambda: isinstance(app.screen, SettingsScreen))
        options = app.screen.query_one(OptionList)
        at = options.highlighted
        await pilot.press("j", "down")
        assert at is not None and options.highlighted == at + 1


@pytest.mark.parametrize(
    ("asked", "with_"),
    [
        ({"cursor.down": "ctrl+n"}, "New conversation"),
        ({"text.undo": "f5"}, "Retrain"),
        ({"retrain": "ctrl+k"}, "Delete to the end"),
        ({"text.up": "down"}, "Down a line"),
        ({"evaluate.sort": "up"}, "Up"),
        ({"dialog.close": "enter"}, "Choose"),
    ],
)
def test_keys_that_meet_are_told(asked: dict[str, str], with_: str) -> None:
    keymap, problems = keymap_of(asked)
    assert not problems
    assert any(f"“{with_}”" in str(conflict) for conflict in keymap.conflicts())


@pytest.mark.parametrize(
    "asked",
    [{"cursor.up": "z"}, {"cursor.down": "ctrl+k"}, {"panel.switch": "ctrl+k"}],
)
def test_keys_of_parts_of_which_one_has_the_focus_do_not_meet(asked: dict[str, str]) -> None:
    assert not keymap_of(asked)[0].conflicts()
