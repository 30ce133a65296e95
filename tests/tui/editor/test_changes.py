"""Intents in the editor: the list, the form, the search; one document, and everything undone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from chatbot.opening import read_intents
from chatbot.tui.app import ChatbotApp
from chatbot.tui.dialogs.choose import ChooseScreen
from chatbot.tui.dialogs.confirm import ConfirmScreen
from chatbot.tui.dialogs.pick import PickScreen
from chatbot.tui.dialogs.write import WriteScreen
from chatbot.tui.editor.screen import EditScreen
from tests.tui.helpers import answer, app_for, ready, seen, type_text, until


async def editor(pilot: Pilot[None]) -> EditScreen:
    """Open the editor with the keys in the list of intents."""
    app = pilot.app
    assert isinstance(app, ChatbotApp)
    await ready(pilot)
    await pilot.press("f2")
    await until(pilot, lambda: isinstance(app.screen, EditScreen))
    screen = app.screen
    assert isinstance(screen, EditScreen)
    await until(pilot, lambda: screen.pane.intents)
    await pilot.press("ctrl+l")
    await until(pilot, lambda: screen.pane.list.has_focus)
    return screen


def tags(screen: EditScreen) -> list[str]:
    return [intent["tag"] for intent in json.loads(screen.pane.editor.text)["intents"]]


async def test_i_rename_an_intent_and_undo_it(small_bot: Path) -> None:
    app = app_for(small_bot)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await editor(pilot)
        before = screen.pane.editor.text
        await pilot.press("home", "down", "r")
        await until(pilot, lambda: isinstance(app.screen, WriteScreen))
        await type_text(pilot, "clock")
        await pilot.press("enter")
        await until(pilot, lambda: tags(screen) == ["greeting", "clock", "goodbye", "fallback"])
        await until(pilot, lambda: "clock" in [intent.tag for intent in screen.pane.intents])
        screen.pane.list.focus()
        await pilot.press("ctrl+z")
        await until(pilot, lambda: screen.pane.editor.text == before)
        await pilot.press("ctrl+y")
        await until(pilot, lambda: "clock" in tags(screen))


async def test_i_merge_two_intents(small_bot: Path) -> None:
    app = app_for(small_bot)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await editor(pilot)
        await pilot.press("home", "m")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await type_text(pilot, "goodbye")
        await pilot.press("enter")
        await until(pilot, lambda: tags(screen) == ["time", "goodbye", "fallback"])
        merged = json.loads(screen.pane.editor.text)["intents"][1]
        assert len(merged["patterns"]) == 20


async def test_i_split_an_intent(small_bot: Path) -> None:
    app = app_for(small_bot)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await editor(pilot)
        await pilot.press("home", "s")
        await until(pilot, lambda: isinstance(app.screen, PickScreen))
        await pilot.press("enter")
        assert isinstance(app.screen, PickScreen), "nothing is marked yet"
        await pilot.press("home", "space", "down", "space", "enter")
        await until(pilot, lambda: isinstance(app.screen, WriteScreen))
        await type_text(pilot, "hi")
        await pilot.press("enter")
        await until(pilot, lambda: "Reply for hi" in seen(app))
        await type_text(pilot, "Hi!")
        await pilot.press("enter")
        await until(pilot, lambda: tags(screen)[:2] == ["greeting", "hi"])
        assert json.loads(screen.pane.editor.text)["intents"][1]["patterns"] == ["Hi", "Hello"]


async def test_i_move_an_intent_and_the_cursor_goes_along(small_bot: Path) -> None:
    app = app_for(small_bot)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await editor(pilot)
        await pilot.press("home", "shift+down", "shift+down")
        await until(pilot, lambda: tags(screen) == ["time", "goodbye", "greeting", "fallback"])
        await until(pilot, lambda: screen.pane.list.highlighted == 2)


async def test_removing_asks_first(small_bot: Path) -> None:
    app = app_for(small_bot)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await editor(pilot)
        await pilot.press("home", "delete")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("escape")
        assert "greeting" in tags(screen)
        await until(pilot, lambda: app.screen is screen)
        await pilot.press("delete")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await answer(pilot, "remove")
        await until(pilot, lambda: "greeting" not in tags(screen))


@pytest.mark.smoke
async def test_i_fill_in_the_form_and_save(small_bot: Path) -> None:
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        screen = await editor(pilot)
        before = screen.pane.editor.text
        await pilot.press("home", "down", "f2")
        await until(pilot, lambda: screen.pane.form.display and screen.pane.form.intent is not None)
        assert screen.pane.form.query_one(Input).value == "time"
        screen.pane.form.query_one(Input).focus()
        await until(pilot, lambda: "▕   time" in seen(app))
        assert not screen.pane.editor.display
        assert screen.pane.editor.text == before, "looking at it changes nothing"
        patterns = screen.pane.form.query_one("#form-patterns", TextArea)
        patterns.focus()
        patterns.move_cursor(patterns.document.end)
        await pilot.press("enter")
        await type_text(pilot, "how late")
        await until(pilot, lambda: "how late" in screen.pane.editor.text)
        assert "how late" in json.loads(screen.pane.editor.text)["intents"][1]["patterns"]
        tag = screen.pane.form.query_one(Input)
        tag.focus()
        tag.value = "clock"
        await until(pilot, lambda: "clock" in tags(screen))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "Saved" in seen(app))
        saved = read_intents(small_bot / "intents.json").intents.by_tag("clock")
        assert saved is not None and "how late" in saved.patterns


async def test_the_form_begins_with_the_first_intent(small_bot: Path) -> None:
    app = app_for(small_bot)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("f2")
        screen = app.screen
        await until(pilot, lambda: isinstance(screen, EditScreen) and screen.pane.intents)
        await pilot.press("f2")
        assert isinstance(screen, EditScreen)
        await until(pilot, lambda: screen.pane.form.query_one(Input).value == "greeting")


async def test_going_to_another_intent_keeps_what_was_typed(small_bot: Path) -> None:
    app = app_for(small_bot)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await editor(pilot)
        await pilot.press("home", "f2")
        replies = screen.pane.form.query_one("#form-replies", TextArea)
        replies.focus()
        await pilot.pause()
        await type_text(pilot, "[b]Yo!")
        screen.pane.list.focus()
        await pilot.press("down", "down")
        await until(pilot, lambda: "[b]Yo!" in screen.pane.editor.text)
        await until(pilot, lambda: screen.pane.form.query_one(Input).value == "goodbye")
        assert tags(screen) == ["greeting", "time", "goodbye", "fallback"]


async def test_json_and_form_are_one_document(small_bot: Path) -> None:
    app = app_for(small_bot)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await editor(pilot)
        await pilot.press("home", "f2")
        replies = screen.pane.form.query_one("#form-replies", TextArea)
        replies.load_text("One\nTwo ⏎ lines")
        await pilot.press("f2")
        await until(pilot, lambda: screen.pane.editor.display)
        await until(pilot, lambda: "One" in screen.pane.editor.text)
        assert json.loads(screen.pane.editor.text)["intents"][0]["responses"] == [
            "One",
            "Two \n lines",
        ]
        screen.pane.replace(screen.pane.editor.text.replace('"One"', '"Uno"'))
        await until(pilot, lambda: screen.pane.intents[0].responses[0] == "Uno")
        await pilot.press("f2")
        await until(pilot, lambda: replies.text == "Uno\nTwo ⏎ lines")


async def test_a_search_goes_to_the_pattern(small_bot: Path) -> None:
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        screen = await editor(pilot)
        await pilot.press("ctrl+f")
        await type_text(pilot, "how LATE")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is screen and screen.pane.editor.has_focus)
        line = screen.pane.editor.document.get_line(screen.pane.editor.cursor_location[0])
        assert "How late is it" in line
        await pilot.press("ctrl+f")
        await type_text(pilot, "zebra")
        await pilot.press("enter")
        await until(pilot, lambda: "was not found" in seen(app))


async def test_a_text_with_errors_has_no_form_and_is_not_changed_by_keys(small_bot: Path) -> None:
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        screen = await editor(pilot)
        screen.pane.editor.load_text("{")
        await until(pilot, lambda: "error:" in seen(app))
        await pilot.press("f2")
        await until(pilot, lambda: "Fix the errors" in seen(app))
        screen.pane.list.focus()
        await pilot.press("r", "m", "s", "delete", "shift+up")
        assert app.screen is screen and screen.pane.editor.text == "{"
