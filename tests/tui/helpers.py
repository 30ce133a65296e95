"""What the interface tests share: reading the screen, and waiting on conditions."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from textual._context import visible_screen_stack
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Button

from chatbot.common.paths import locate
from chatbot.insight.explanation import Explanation
from chatbot.tui.app import ChatbotApp
from chatbot.tui.widgets.turn_view import TurnView

SIZES = [
    pytest.param((60, 20), marks=pytest.mark.slow),
    (80, 24),
    pytest.param((140, 40), marks=pytest.mark.slow),
]
"""Of terminals: small, usual and large. The quick tests are content with the usual one."""
NAMES = {" ": "space", "\n": "ctrl+j"}


def seen(app: App[Any]) -> str:
    """Return the screen as a person reads it, line by line; labels hold unbreakable blanks."""
    # Else a dialog that is drawn here for the first time keeps a blank in place of what is below.
    visible_screen_stack.set(app._background_screens)
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text for strip in strips).replace("\u00a0", " ")


async def until(pilot: Pilot[Any], condition: Callable[[], object], seconds: float = 60) -> None:
    """Wait until a condition holds; fail loudly when it never does."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + seconds
    while not condition():
        assert loop.time() < deadline, "waited in vain\n" + seen(pilot.app)
        await pilot.pause(0.01)


async def sees(
    pilot: Pilot[Any], *texts: str, without: Iterable[str] = (), seconds: float = 60
) -> None:
    """Wait until all these texts are on the screen and none of the others.

    Runs of blanks and line breaks count as one blank, on the screen and in the texts.
    """

    def folded(text: str) -> str:
        return " ".join(text.split())

    def shown() -> bool:
        words = folded(seen(pilot.app))
        return all(folded(text) in words for text in texts) and not any(
            folded(text) in words for text in without
        )

    await until(pilot, shown, seconds)


async def answer(pilot: Pilot[Any], name: str) -> None:
    """Click the answer of a question, once it is drawn."""

    def drawn() -> bool:
        return any(
            button.region.area and str(button.label) in seen(pilot.app)
            for button in pilot.app.screen.query(f"#{name}").results(Button)
        )

    await until(pilot, drawn)
    await pilot.click(f"#{name}")


def words_in_panel(app: ChatbotApp) -> tuple[str, ...]:
    """Return the words whose states the panel shows."""
    trace = app.chat.panel.trace
    return () if trace is None else trace.words


def app_for(folder: Path) -> ChatbotApp:
    """Return the app for a folder with an intents.json, its replies in a fixed order."""
    return ChatbotApp(locate(folder / "intents.json"), seed=1)


async def ready(pilot: Pilot[None]) -> ChatbotApp:
    """Wait until the bot is loaded."""
    app = pilot.app
    assert isinstance(app, ChatbotApp)
    await until(pilot, lambda: app.session.bot is not None)
    await pilot.pause()
    return app


async def type_text(pilot: Pilot[None], text: str) -> None:
    """Type, key by key."""
    for character in text:
        await pilot.press(NAMES.get(character, character))


async def say(pilot: Pilot[None], text: str) -> TurnView:
    """Send a message as a paste would bring it, and wait for the answer."""
    app = pilot.app
    assert isinstance(app, ChatbotApp)
    before = len(app.chat.conversation.views)
    app.chat.prompt.focus()
    await until(pilot, lambda: app.focused is app.chat.prompt)
    app.chat.prompt.load_text(text)
    await pilot.press("enter")
    await until(pilot, lambda: len(app.chat.conversation.views) > before)
    view = app.chat.conversation.views[-1]
    await until(pilot, lambda: view.turn is not None)
    await pilot.pause()
    return view


async def explained(app: ChatbotApp, pilot: Pilot[None]) -> Explanation:
    """Wait for the shares of the words, and return them."""
    await until(pilot, lambda: app.chat.panel.explanation is not None)
    await pilot.pause()
    found = app.chat.panel.explanation
    assert found is not None
    return found
