"""Text that was not checked yet is text with errors: no action of the editor fails at it."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from textual.widgets import TextArea

from chatbot.tui.actions import REGISTRY
from chatbot.tui.app import ChatbotApp
from chatbot.tui.editor import EditScreen
from tests.tui.helpers import app_for, ready, until
from tests.tui.made_bot import make_bot

BREAKS = ['"', "{", "\\", ",", '{"tag": 5}', '"patterns": 3, ', "\ufffd\x00", '{"tag": "time"},']
CALLS = [action for action in REGISTRY if action.place.startswith("edit") and action.key]


def opened(app: ChatbotApp) -> EditScreen:
    assert isinstance(app.screen, EditScreen)
    return app.screen


@pytest.mark.slow
async def test_every_action_just_after_typing(tmp_path: Path, attack: int) -> None:
    bot = make_bot(tmp_path / "bot")
    app = app_for(bot)
    rng = random.Random(attack)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, EditScreen))
        screen = opened(app)
        whole = screen.pane.text
        for action in CALLS * attack:
            if action.name in ("edit.close", "edit.outside", "edit.save", "edit.revert"):
                continue
            screen.pane.replace(whole)
            if screen.pane.has_class("-form") != rng.choice((False, True)):
                screen.pane.toggle_form()
            editor = screen.query_one("#edit-text", TextArea)
            row = rng.randrange(editor.document.line_count)
            editor.move_cursor((row, rng.randrange(len(editor.document[row]) + 1)))
            editor.insert(rng.choice(BREAKS))
            if action.place == "edit.list":
                screen.pane.toggle_list()
            await pilot.press(action.keys[0], "enter")
            for _ in range(3):
                if app.screen is not screen:
                    await pilot.press("escape")
                    await pilot.pause(0.01)
            assert app.screen is screen, (action.name, app.screen)
            if screen.pane.list.has_focus:
                screen.pane.toggle_list()
    assert json.loads((bot / "intents.json").read_text(encoding="utf-8")) == json.loads(whole)
