"""Actions in the app: the interface goes on while one runs, and says what it promised to say."""

from __future__ import annotations

import json
from pathlib import Path
from threading import Event

import pytest

from chatbot.actions import Asked, Done, Later, registry
from tests.tui.helpers import answer, app_for, ready, say, seen, sees, until

GO = Event()

WAIT = [0.01]
"""Seconds until the tea is ready."""


def slow(asked: Asked) -> Done:
    GO.wait(20)
    return Done(f"done with {asked.message}", later=Later(WAIT[0], "the [b]tea[/b] is ready"))


@pytest.fixture
def folder(small_bot: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small bot, which needs a while to tell the time."""
    path = small_bot / "intents.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    for intent in data["intents"]:
        if intent["tag"] == "time":
            intent |= {"action": "slow", "responses": []}
    path.write_text(json.dumps(data), encoding="utf-8")
    plugged = {"slow": ("p", f"{__name__}:slow")}
    monkeypatch.setattr(registry, "_plugged", lambda: plugged)
    GO.clear()
    return small_bot


async def test_people_type_on_while_an_action_runs_and_messages_keep_their_order(
    folder: Path,
) -> None:
    app = app_for(folder)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await ready(pilot)
        app.chat.prompt.load_text("what time is it")
        await pilot.press("enter")
        app.chat.prompt.load_text("hello")
        await pilot.press("enter", "n", "e", "x", "t")
        await sees(pilot, "what time is it", "hello", "next", without=["done with"])
        GO.set()
        await sees(pilot, "done with what time is it", "greeting", "next")
        replies = [view.reply is not None for view in app.chat.conversation.views]
        assert replies == [True, True]
        await sees(pilot, "the [b]tea[/b] is ready")


async def test_an_answer_that_comes_too_late_is_not_shown_in_another_conversation(
    folder: Path,
) -> None:
    app = app_for(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        app.chat.prompt.load_text("what time is it")
        await pilot.press("enter")
        await until(pilot, lambda: app.chat.conversation.views)
        app.chat.new_conversation()
        GO.set()
        await say(pilot, "hello")
        assert "done with" not in seen(app)
        assert len(app.chat.conversation.views) == 1


async def test_asking_again_carries_it_out_again(folder: Path) -> None:
    GO.set()
    app = app_for(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await say(pilot, "what time is it")
        view = app.chat.conversation.views[0]
        before = view.turn
        app.chat.answering.again(view)
        await until(pilot, lambda: view.turn is not before)
        await sees(pilot, "done with what time is it")


async def test_quitting_asks_while_a_timer_runs_and_not_after_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    GO.set()
    monkeypatch.setattr(f"{__name__}.WAIT", [600])
    app = app_for(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await say(pilot, "what time is it")
        await say(pilot, "what time is it")
        await pilot.press("ctrl+q")
        await sees(pilot, "2 timers are running, and would not ring.")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.chat)
        assert not app._exit
        await pilot.press("ctrl+q")
        await until(pilot, lambda: app.screen is not app.chat)
        await answer(pilot, "stop")
        await until(pilot, lambda: app._exit)


async def test_timers_that_are_stopped_do_not_ring(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    GO.set()
    monkeypatch.setattr(f"{__name__}.WAIT", [0.6])
    path = folder / "intents.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    for intent in data["intents"]:
        if intent["tag"] == "goodbye":
            intent |= {"action": "stop_timers", "responses": ["{result}."]}
    path.write_text(json.dumps(data), encoding="utf-8")
    app = app_for(folder)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await ready(pilot)
        await say(pilot, "what time is it")
        await say(pilot, "bye")
        await sees(pilot, "No timer is running any more.")
        await say(pilot, "what time is it")
        await sees(pilot, "the [b]tea[/b] is ready")
        assert len(app._notifications) == 1
        await pilot.press("ctrl+q")
        await until(pilot, lambda: app._exit)


async def test_a_corrected_timer_rings_once(folder: Path) -> None:
    path = folder / "intents.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    data["slots"] = {"duration": {"kind": "duration"}}
    data["intents"][0] |= {
        "action": "timer", "patterns": ["tea in 1 second"], "responses": [], "slots": ["duration"],
    }  # fmt: skip
    path.write_text(json.dumps(data), encoding="utf-8")
    app = app_for(folder)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await ready(pilot)
        await say(pilot, "tea in 1 second")
        await say(pilot, "no, 2 seconds")
        await sees(pilot, "The one before is called off.")
        await sees(pilot, "Time is up: 2 s")
        assert len(app._notifications) == 1


async def test_a_timer_that_has_rung_keeps_nobody_from_quitting(folder: Path) -> None:
    GO.set()
    app = app_for(folder)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await ready(pilot)
        await say(pilot, "what time is it")
        await sees(pilot, "the [b]tea[/b] is ready")
        await pilot.press("ctrl+q")
        await until(pilot, lambda: app._exit)
