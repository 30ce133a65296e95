"""Saving: nothing is lost, whatever is pressed and whoever else writes the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import TextArea

from chatbot.tui.dialogs.confirm import ConfirmScreen
from chatbot.tui.dialogs.write import WriteScreen
from tests.tui.editor.opened import open_editor
from tests.tui.helpers import answer, app_for, ready, say, seen, until


async def test_escape_with_unsaved_changes_asks_and_stays_by_default(small_bot: Path) -> None:
    path = small_bot / "intents.json"
    content = path.read_bytes()
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await ready(pilot)
        screen = await open_editor(pilot)
        await pilot.press("x", "escape")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)
        assert screen.has_unsaved_changes
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await answer(pilot, "discard")
        await until(pilot, lambda: app.screen is app.chat)
    assert path.read_bytes() == content


@pytest.mark.parametrize("key", ["ctrl+q", "ctrl+n", "f5"])
async def test_no_key_of_the_app_loses_unsaved_changes(small_bot: Path, key: str) -> None:
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await ready(pilot)
        screen = await open_editor(pilot)
        await pilot.press("x", key)
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)
        assert screen.pane.editor.text.startswith("x")


async def test_saving_with_errors_asks_first(small_bot: Path) -> None:
    path = small_bot / "intents.json"
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await ready(pilot)
        await open_editor(pilot)
        await pilot.press("x", "ctrl+s")
        await until(pilot, lambda: "The bot keeps its old replies" in seen(app))
        await answer(pilot, "save")
        await until(pilot, lambda: path.read_text(encoding="utf-8").startswith("x"))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.chat)
        await say(pilot, "hello")


async def test_a_change_by_another_program_is_loaded_when_nothing_can_be_lost(
    small_bot: Path,
) -> None:
    path = small_bot / "intents.json"
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await ready(pilot)
        screen = await open_editor(pilot)
        theirs = path.read_text(encoding="utf-8").replace("Hello!", "Theirs!")
        path.write_text(theirs, encoding="utf-8")
        await until(pilot, lambda: screen.pane.editor.text == theirs)
        assert not screen.has_unsaved_changes


async def test_a_change_by_another_program_against_mine_asks_and_both_survive(
    small_bot: Path,
) -> None:
    path = small_bot / "intents.json"
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await ready(pilot)
        screen = await open_editor(pilot)
        await pilot.press("x")
        mine = screen.pane.editor.text
        theirs = path.read_text(encoding="utf-8").replace("Hello!", "Theirs!")
        path.write_text(theirs, encoding="utf-8")
        await until(pilot, lambda: "Another program has changed" in seen(app))
        await answer(pilot, "theirs")
        await until(pilot, lambda: screen.pane.editor.text == theirs)
        await pilot.press("ctrl+z")
        assert screen.pane.editor.text == mine, "mine is one undo away"


async def test_a_full_disk_keeps_the_text_and_the_old_file(
    small_bot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = small_bot / "intents.json"
    content = path.read_bytes()
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await ready(pilot)
        screen = await open_editor(pilot)
        screen.pane.editor.load_text(screen.pane.editor.text.replace("Hello!", "Mine!"))

        def full(path: Path, data: bytes) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("chatbot.intents.storage.write_atomically", full)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "Not saved" in seen(app))
        assert screen.has_unsaved_changes
    assert path.read_bytes() == content


async def test_my_own_editor_opens_the_file_and_what_it_wrote_is_there(
    small_bot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import contextlib
    import subprocess

    path = small_bot / "intents.json"
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "my-editor --wait")
    calls: list[list[str]] = []

    def edited(command: list[str], check: bool) -> None:
        calls.append(command)
        text = path.read_text(encoding="utf-8").replace("Hello!", "From my editor!")
        path.write_text(text, encoding="utf-8")

    app = app_for(small_bot)
    monkeypatch.setattr(subprocess, "run", edited)
    monkeypatch.setattr(app, "suspend", contextlib.nullcontext)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await ready(pilot)
        screen = await open_editor(pilot)
        await pilot.press("ctrl+e")
        await until(pilot, lambda: "From my editor!" in screen.pane.editor.text)
        assert calls == [["my-editor", "--wait", str(path)]]


async def test_without_an_editor_it_says_what_to_set(
    small_bot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await ready(pilot)
        await open_editor(pilot)
        await pilot.press("ctrl+e")
        await until(pilot, lambda: "EDITOR" in seen(app))


async def test_what_is_still_in_the_form_is_not_lost_by_escape(small_bot: Path) -> None:
    app = app_for(small_bot)
    async with app.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        screen = await open_editor(pilot)
        await until(pilot, lambda: screen.pane.intents)
        await pilot.press("f2")
        await until(pilot, lambda: screen.pane.form.intent is not None)
        screen.pane.form.query_one("#form-replies", TextArea).load_text("Not lost.")
        screen.action_close()  # before the pause after which the form is written
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await answer(pilot, "save")
        await until(pilot, lambda: app.screen is app.chat)
    assert "Not lost." in (small_bot / "intents.json").read_text(encoding="utf-8")


async def test_a_change_by_another_program_during_a_question_is_noticed_afterwards(
    small_bot: Path,
) -> None:
    path = small_bot / "intents.json"
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await ready(pilot)
        screen = await open_editor(pilot)
        await until(pilot, lambda: screen.pane.intents)
        await pilot.press("ctrl+f")
        await until(pilot, lambda: isinstance(app.screen, WriteScreen))
        theirs = path.read_text(encoding="utf-8").replace("Hello!", "Theirs!")
        path.write_text(theirs, encoding="utf-8")
        await until(pilot, lambda: app.session.bot and "Theirs!" in str(app.session.bot.intents))
        assert isinstance(app.screen, WriteScreen), "no second question over the first"
        await pilot.press("escape")
        await until(pilot, lambda: screen.pane.text == theirs)


async def test_quitting_from_a_question_asks_again_and_loses_nothing(small_bot: Path) -> None:
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await ready(pilot)
        screen = await open_editor(pilot)
        await pilot.press("x", "escape")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        first = app.screen
        await pilot.press("ctrl+q")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        assert app.screen is not first
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)
        assert screen.pane.text.startswith("x")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await answer(pilot, "discard")
        await until(pilot, lambda: app.screen is app.chat)


async def test_a_key_pressed_twice_asks_once(small_bot: Path) -> None:
    app = app_for(small_bot)
    async with app.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        screen = await open_editor(pilot)
        await until(pilot, lambda: screen.pane.intents)
        screen.action_search()
        screen.action_search()  # ahead of the dialog
        await until(pilot, lambda: isinstance(app.screen, WriteScreen))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)
        await pilot.pause()
        assert app.screen is screen
