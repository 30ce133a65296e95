"""The editor of the intents file: what it opens, what it shows, and what it leaves alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from textual.widgets import TextArea

from chatbot.common.paths import locate
from chatbot.opening import read_intents
from chatbot.tui.app import ChatbotApp
from chatbot.tui.editor import document
from chatbot.tui.editor.screen import EditScreen
from tests.tui.editor.opened import open_editor
from tests.tui.helpers import app_for, ready, say, seen, sees, until


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (b'{"intents": [\n  {"tag": "a",}\n]}', "line 2, column 14: error"),
        (b"", "error: the file is empty"),
        (b'{"intents": [{"tag": "[red]x[/red]", "patterns": 5}]}', "error: “patterns” is a number"),
        (b'{"intents": [{"tag": "caf\xe9"}]}', "not UTF-8"),
    ],
)
async def test_a_file_that_cannot_be_used_opens_with_what_is_wrong(
    tmp_path: Path, content: bytes, shown: str
) -> None:
    path = tmp_path / "intents.json"
    path.write_bytes(content)
    app = app_for(tmp_path)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await open_editor(pilot)
        await until(pilot, lambda: shown in seen(app))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.chat)
    assert path.read_bytes() == content


async def test_a_file_that_is_not_utf_8_cannot_be_overwritten_from_here(tmp_path: Path) -> None:
    path = tmp_path / "intents.json"
    path.write_bytes(b"\xe9")
    app = app_for(tmp_path)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await open_editor(pilot)
        await pilot.press("x", "ctrl+s")
        await pilot.pause()
    assert path.read_bytes() == b"\xe9"


async def test_opening_and_saving_without_a_change_leaves_every_byte(small_bot: Path) -> None:
    path = small_bot / "intents.json"
    content = b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(content)
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await ready(pilot)
        screen = await open_editor(pilot)
        assert not screen.has_unsaved_changes
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "Saved" in seen(app))
    assert path.read_bytes() == content


async def test_a_missing_file_begins_with_three_intents_and_a_fallback(tmp_path: Path) -> None:
    app = app_for(tmp_path)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        screen = await open_editor(pilot)
        assert screen.has_unsaved_changes
        await pilot.press("ctrl+s")
        await until(pilot, lambda: (tmp_path / "intents.json").exists())
    intents = json.loads((tmp_path / "intents.json").read_text())["intents"]
    assert [bool(intent["patterns"]) for intent in intents] == [True, True, True, False]


async def test_a_changed_reply_works_at_once(small_bot: Path) -> None:
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await ready(pilot)
        screen = await open_editor(pilot)
        data = json.loads(screen.pane.editor.text)
        data["intents"][0]["responses"] = ["Quite new."]
        screen.pane.editor.load_text(json.dumps(data))
        await pilot.press("ctrl+s", "escape")
        await until(pilot, lambda: app.screen is app.chat)
        view = await say(pilot, "Hello")
        assert view.turn is not None and view.turn.reply == "Quite new."
        await until(pilot, lambda: "older than" not in seen(app))


async def test_a_changed_pattern_asks_for_a_training(small_bot: Path) -> None:
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await ready(pilot)
        screen = await open_editor(pilot)
        screen.pane.editor.load_text(screen.pane.editor.text.replace("Hey there", "Ahoy there"))
        await pilot.press("ctrl+s", "escape")
        await until(pilot, lambda: "The model is older than intents.json" in seen(app))


@pytest.mark.smoke
async def test_findings_appear_while_i_type_and_go_when_mended(small_bot: Path) -> None:
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await ready(pilot)
        screen = await open_editor(pilot)
        screen.pane.editor.move_cursor((0, 0))
        await pilot.press("x")
        await until(pilot, lambda: "line 1, column 1: error" in seen(app))
        await sees(pilot, "● unsaved")
        await pilot.press("backspace")
        await until(pilot, lambda: "error" not in seen(app))
        await until(pilot, lambda: "unsaved" not in seen(app))


async def test_ctrl_g_goes_to_the_next_finding(small_bot: Path) -> None:
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await ready(pilot)
        screen = await open_editor(pilot)
        await until(pilot, lambda: "{unknown}" in seen(app))
        await pilot.press("ctrl+g")
        row, _ = screen.pane.editor.cursor_location
        assert "{unknown}" in screen.pane.editor.document.get_line(row)


async def test_choosing_an_intent_goes_to_its_place(small_bot: Path) -> None:
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await ready(pilot)
        screen = await open_editor(pilot)
        await until(pilot, lambda: "goodbye" in seen(app))
        await pilot.press("ctrl+l", "home", "down", "down", "enter")
        await until(pilot, lambda: screen.focused is screen.pane.editor)
        row, _ = screen.pane.editor.cursor_location
        assert '"goodbye"' in screen.pane.editor.document.get_line(row + 1)


async def test_an_added_intent_is_valid_and_ctrl_z_takes_it_back(small_bot: Path) -> None:
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await ready(pilot)
        screen = await open_editor(pilot)
        before = screen.pane.editor.text
        await until(pilot, lambda: "goodbye" in seen(app))
        screen.pane.editor.move_cursor((5, 0))  # within the first intent
        await pilot.press("ctrl+t")
        tags = [intent["tag"] for intent in json.loads(screen.pane.editor.text)["intents"]]
        assert tags == ["greeting", "new_intent", "time", "goodbye", "fallback"]
        await pilot.press(*"rent")
        tags = [intent["tag"] for intent in json.loads(screen.pane.editor.text)["intents"]]
        assert tags == ["greeting", "rent", "time", "goodbye", "fallback"], "in place of the other"
        while screen.pane.editor.text != before:
            await pilot.press("ctrl+z")
        assert screen.pane.editor.text == before


async def test_on_a_narrow_screen_the_list_comes_and_goes(small_bot: Path) -> None:
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(60, 20)) as pilot:
        await ready(pilot)
        screen = await open_editor(pilot)
        assert not screen.query_one("#edit-list").display
        await pilot.press("ctrl+l")
        assert screen.query_one("#edit-list").display
        await pilot.press("escape")
        assert app.screen is screen, "the first Escape leaves the list only"
        assert not screen.query_one("#edit-list").display


async def test_a_file_of_another_program_answers_but_is_not_edited(
    tmp_path: Path, trained_folder: Path
) -> None:
    from chatbot.formats import WRITERS

    table = tmp_path / "bot.csv"
    intents = read_intents(trained_folder / "intents.json").intents
    table.write_bytes(WRITERS["csv"](intents).text.encode())
    content = table.read_bytes()
    app = ChatbotApp(locate(table, trained_folder / "models" / "intents"))
    async with app.run_test(notifications=True, size=(160, 40)) as pilot:
        await ready(pilot)
        view = await say(pilot, "What time is it?")
        assert view.turn is not None
        assert view.turn.reading.prediction.intent == "time"
        await open_editor(pilot)
        await until(pilot, lambda: "chatbot convert bot.csv" in seen(app))
        await pilot.press("x", "ctrl+s")
        await pilot.pause()
    assert table.read_bytes() == content


async def test_a_file_that_is_too_large_for_the_editor_answers_but_is_not_edited(
    trained_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document, "MOST_EDITED", 100)
    file = trained_folder / "intents.json"
    content = file.read_bytes()
    app = ChatbotApp(locate(file, trained_folder / "models" / "intents"))
    async with app.run_test(notifications=True, size=(160, 40)) as pilot:
        await ready(pilot)
        view = await say(pilot, "What time is it?")
        assert view.turn is not None
        await open_editor(pilot)
        await until(pilot, lambda: "Edit it in a program of your own" in seen(app))
        await pilot.press("x", "ctrl+s")
        await pilot.pause()
        assert not app.screen.query_one("#edit-text", TextArea).text
    assert file.read_bytes() == content


async def test_the_footer_of_the_editor_says_what_f2_does_there(small_bot: Path) -> None:
    app = app_for(small_bot)
    async with app.run_test(size=(120, 30)) as pilot:
        await ready(pilot)
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, EditScreen))
        await until(pilot, lambda: "Form/JSON" in seen(app))
        await until(pilot, lambda: "Edit intents  ^s" not in seen(app))
        await pilot.press("f2")
        await until(pilot, lambda: app.screen.query(".-form"))
