"""The history of what was typed: nothing that is kept is lost, whenever and wherever it is said."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from chatbot.common import paths
from chatbot.conversation import history
from tests.tui.helpers import app_for, ready, say, until


async def test_a_message_sent_before_the_history_is_read_loses_nothing(
    bot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = paths.history_file(bot / "intents.json")
    kept = [f"message {number}" for number in range(history.KEPT - 1)]
    history.add(path, kept)
    load, may_read = history.load, threading.Event()

    def slow(path: Path) -> list[str]:
        may_read.wait(20)
        return load(path)

    monkeypatch.setattr(history, "load", slow)
    app = app_for(bot)
    async with app.run_test() as pilot:
        await ready(pilot)
        await say(pilot, "early")
        may_read.set()
        await until(pilot, lambda: len(app.chat.prompt.sent.entries) == history.KEPT)
        await say(pilot, "late")
    assert load(path) == [*kept[1:], "early", "late"]


async def test_two_windows_keep_what_is_said_in_both(bot: Path) -> None:
    path = paths.history_file(bot / "intents.json")
    one, other = app_for(bot), app_for(bot)
    async with one.run_test() as first, other.run_test() as second:
        for pilot in (first, second):
            await ready(pilot)
        for number in range(5):
            await say(first, f"one {number}")
        await say(second, "other")
    assert sorted(history.load(path)) == [*(f"one {number}" for number in range(5)), "other"]
