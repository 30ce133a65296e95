"""The editor, opened in the whole app or alone, and what a person does in it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from textual import events
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import TextArea

from chatbot.common.paths import locate
from chatbot.conversation import Chatbot
from chatbot.tui.app import ChatbotApp
from chatbot.tui.editor.screen import EditScreen
from chatbot.tui.session import Session
from tests.tui.helpers import seen, until

BOT = {
    "intents": [
        {"tag": "price", "patterns": ["how much is it", "what does it cost"], "responses": ["9."]},
        {"tag": "hours", "patterns": ["when do you open"], "responses": ["At noon."]},
        {"tag": "parking", "patterns": ["where can I park"], "responses": ["Behind it."]},
    ]
}
PRICE, HOURS, PARKING = (intent["patterns"] for intent in BOT["intents"])


async def open_editor(pilot: Pilot[None]) -> EditScreen:
    """Open the editor and wait for its first check."""
    app = pilot.app
    assert isinstance(app, ChatbotApp)
    await pilot.pause()
    await pilot.press("f2")
    await until(pilot, lambda: isinstance(app.screen, EditScreen))
    screen = app.screen
    assert isinstance(screen, EditScreen)
    await until(pilot, lambda: "intents" in seen(app).splitlines()[0])
    await until(pilot, lambda: screen.findings.option_count)
    return screen


def editor_of(path: Path, bot: Chatbot | None = None) -> tuple[App[None], EditScreen]:
    """Return the editor of a file, and an app without anything else to show it in."""
    app: App[None] = App()
    session = Session(app, locate(path))
    if bot is not None:
        session.use(bot)
    return app, EditScreen(session)


@asynccontextmanager
async def editing(
    folder: Path, text: str = json.dumps(BOT, indent=2)
) -> AsyncIterator[tuple[Pilot[None], EditScreen]]:
    """Open the editor of a file, in an app that has nothing else."""
    path = folder / "intents.json"
    path.write_text(text, encoding="utf-8")
    app, screen = editor_of(path)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await app.push_screen(screen)
        await until(pilot, lambda: screen.pane.intents)
        yield pilot, screen


async def open_form(pilot: Pilot[None], screen: EditScreen) -> TextArea:
    """Show the form of the first intent, the keys in its patterns."""
    await pilot.press("f2")
    patterns = screen.pane.form.query_one("#form-patterns", TextArea)
    await until(pilot, lambda: patterns.has_focus)
    return patterns


def burst(app: App[None], *keys: str) -> None:
    """Send keys all at once, as a paste or a script does, without waiting between them."""
    names = {"ctrl+t", "ctrl+z", "ctrl+s", "ctrl+end", "enter", "tab", "down", "f2", "escape"}
    for key in keys:
        name = {" ": "space"}.get(key, key)
        app.post_message(events.Key(name, None if key in names else key))


def by_tag(screen: EditScreen) -> dict[str, list[str]]:
    """Return the patterns of each intent in the document."""
    return {i["tag"]: i["patterns"] for i in json.loads(screen.pane.text)["intents"]}
