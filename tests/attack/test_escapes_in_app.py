"""No screen passes on what steers the terminal, whichever text it is in: of a file, or typed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from chatbot.common import UNPRINTABLE
from chatbot.common.paths import locate
from chatbot.quality.metrics import figures
from chatbot.quality.results import Answer
from chatbot.tui.actions import ACTIONS
from chatbot.tui.app import ChatbotApp
from chatbot.tui.flows.offered import offers_on
from chatbot.tui.flows.training import Trainings
from chatbot.tui.messages import (
    BotFailed,
    EvaluationReported,
    NotKept,
    SettingsNotKept,
    TrainingReported,
    VersionFailed,
)
from chatbot.versions import Failed
from tests.attack.evil import EVIL, MESSAGE, TAGS, evil_bot
from tests.tui.helpers import ready, say, until

pytestmark = pytest.mark.slow

LEAVES = {"quit"}
SIZES = [(80, 24)]


def raw(app: App[Any]) -> list[str]:
    """Return the pieces of text on the screen that hold what acts on a terminal."""
    strips = app.screen._compositor.render_strips()
    pieces = [s.text for strip in strips for s in strip if s.control is None]
    return [piece for piece in pieces if UNPRINTABLE.search(piece)]


async def looked_at(pilot: Pilot[Any], where: str) -> None:
    await pilot.pause(0.02)
    assert not raw(pilot.app), (where, raw(pilot.app)[:3])


async def to_chat(pilot: Pilot[None], app: ChatbotApp) -> None:
    for _ in range(8):
        if app.screen is app.chat:
            return
        sure = app.screen.query("#discard, #stop")
        if sure:
            await pilot.click(f"#{sure.first().id}")
        else:
            await pilot.press("escape")
        await pilot.pause(0.01)
    assert app.screen is app.chat, app.screen_stack


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing is trained, evaluated or opened elsewhere: what is drawn of it is posted instead."""
    monkeypatch.setattr(Trainings, "begin", lambda self: None)
    monkeypatch.setenv("EDITOR", "true")
    yield


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("size", SIZES)
async def test_no_screen_and_no_dialog_passes_it_on(tmp_path: Path, size: tuple[int, int]) -> None:
    app = ChatbotApp(locate(evil_bot(tmp_path)), seed=1)
    async with app.run_test(size=size, notifications=True) as pilot:
        await ready(pilot)
        for message in (MESSAGE, f"word1 please {EVIL}", "word2 again"):
            await say(pilot, message)
            await looked_at(pilot, "chat")
        app.post_message(TrainingReported(Failed(EVIL)))
        app.post_message(NotKept(EVIL))
        app.post_message(SettingsNotKept(EVIL))
        app.post_message(VersionFailed(EVIL))
        app.post_message(BotFailed(EVIL, needs_training=False))
        answers = tuple(Answer(EVIL, tag, TAGS[0], 0.9, True) for tag in TAGS)
        app.post_message(EvaluationReported(figures(answers, TAGS, source=EVIL, seconds=1.0)))
        await looked_at(pilot, "notices")
        opened: set[str] = set()
        done: set[str] = set()
        for action in ACTIONS:
            if action.name in LEAVES:
                continue
            await to_chat(pilot, app)
            if not app.chat.conversation.views:
                await say(pilot, MESSAGE)
            app.chat.conversation.select(app.chat.conversation.views[0])
            await app.run_action(action.call or action.name)
            await looked_at(pilot, action.name)
            screen = app.screen
            opened.add(type(screen).__name__)
            offers = [o for g in offers_on(screen) for o in g.offers if o.node is not None]
            for offer in offers:
                if offer.action.name in done:
                    continue
                done.add(offer.action.name)
                offer.run(app)
                await looked_at(pilot, f"{action.name}: {offer.action.name}")
                for field in app.screen.query(TextArea):
                    field.select_all()
                    app.copy_to_clipboard(field.selected_text)
                for line in app.screen.query(Input):
                    line.value = EVIL
                await looked_at(pilot, f"{action.name}: {offer.action.name}, filled in")
                for _ in range(4):
                    if app.screen is screen or screen not in app.screen_stack:
                        break
                    await pilot.press("escape")
                    await pilot.pause(0.01)
                if app.screen is not screen:
                    break
        assert len(opened) > 8, opened


@pytest.mark.usefixtures("quiet")
async def test_neither_a_paste_nor_the_history_passes_it_on(tmp_path: Path) -> None:
    app = ChatbotApp(locate(evil_bot(tmp_path)), seed=1)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await say(pilot, MESSAGE)
        await pilot.press("up")
        await looked_at(pilot, "up")
        app.post_message(events.Paste(EVIL))
        await until(pilot, lambda: "markup" in app.chat.prompt.text)
        await looked_at(pilot, "paste")
        app.chat.prompt.select_all()
        app.chat.prompt.action_copy()
        await pilot.press("f2")
        await until(pilot, lambda: app.screen.query("#edit-text"))
        app.post_message(events.Paste(EVIL))
        editor = app.screen.query_one("#edit-text", TextArea)
        await until(pilot, lambda: "markup" in editor.text)
        await looked_at(pilot, "paste in the editor")
