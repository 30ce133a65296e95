"""The findings below the editor: filtered, and silenced one by one, in the file itself."""

from __future__ import annotations

import json
from pathlib import Path

from textual.pilot import Pilot

from chatbot.tui.editor import EditScreen
from tests.tui.helpers import app_for, ready, seen, sees, until
from tests.tui.made_bot import make_bot


async def findings_of(pilot: Pilot[None]) -> EditScreen:
    app = await ready(pilot)
    await pilot.press("f2")
    await sees(pilot, "“time” has 3 different patterns", "“food” has 3 different patterns")
    screen = app.screen
    assert isinstance(screen, EditScreen)
    screen.findings.focus()
    await pilot.pause()
    return screen


async def test_i_silence_a_finding_and_the_file_keeps_that(tmp_path: Path) -> None:
    bot = make_bot(tmp_path / "bot")
    app = app_for(bot)
    async with app.run_test(size=(140, 40)) as pilot:
        screen = await findings_of(pilot)
        screen.findings.highlighted = 0
        await pilot.press("s")
        await sees(pilot, "1 silenced", without=["warning: “time” has 3 different patterns"])
        await pilot.press("a")
        await sees(pilot, "silenced: “time” has 3 different patterns")
        await pilot.press("a", "ctrl+s")
        file = bot / "intents.json"
        await until(pilot, lambda: "silenced" in json.loads(file.read_text(encoding="utf-8")))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.chat)
        await pilot.press("f2")
        await sees(pilot, "1 silenced", without=["warning: “time” has 3 different patterns"])


async def test_i_see_only_the_findings_of_the_intent_that_i_am_in(tmp_path: Path) -> None:
    app = app_for(make_bot(tmp_path / "bot"))
    async with app.run_test(size=(140, 40)) as pilot:
        screen = await findings_of(pilot)
        screen.pane.editor.move_cursor((4, 0))
        await pilot.press("f")
        await sees(pilot, "of this intent: 1 of 3", "“time” has", without=["“food” has"])
        screen.pane.editor.move_cursor((15, 0))
        await sees(pilot, "“food” has", without=["“time” has"])
        await pilot.press("f")
        await sees(pilot, "errors only: 0 of 3", without=["“food” has"])
        assert "no problem found" not in seen(app)
        await pilot.press("f")
        await sees(pilot, "“time” has", "“food” has")
