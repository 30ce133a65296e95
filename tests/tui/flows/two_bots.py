"""Two bots, an app on one of them, and the way to the other."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input

from chatbot.common.paths import locations_of_file
from chatbot.tui.app import ChatbotApp
from chatbot.tui.dialogs import ChooseScreen
from tests.tui.helpers import sees, until


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
