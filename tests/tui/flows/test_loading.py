"""Files that change while the app reads them: what is on disk last is what answers."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from chatbot.model import files as model_files
from tests.tui.helpers import app_for, ready, until


@pytest.mark.parametrize("times", [1, 2])
async def test_intents_that_change_while_the_model_is_read_are_those_that_answer(
    small_bot: Path, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    """As when an older version is put back: first its model is written, then its intents."""
    path = small_bot / "intents.json"
    load, reads, go_on = model_files.load, threading.Event(), threading.Event()

    def slow_load(*arguments: object) -> object:
        reads.set()
        assert go_on.wait(60)
        return load(*arguments)  # type: ignore[arg-type]

    app = app_for(small_bot)
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(pilot)
        monkeypatch.setattr(model_files, "load", slow_load)
        app.flows.loading.read_bot()
        await until(pilot, reads.is_set)
        for number in range(times):
            data = json.loads(path.read_text(encoding="utf-8"))
            data["intents"][0]["patterns"].append(f"good day to you {number}")
            path.write_text(json.dumps(data), encoding="utf-8")
            app.flows.watching.look_at_files()
            await pilot.pause(0.5)  # an intents file is read in less
        go_on.set()
        await app.workers.wait_for_complete()

        def latest() -> bool:
            bot = app.session.bot
            last = f"good day to you {times - 1}"
            return bot is not None and bot.intents.intents[0].patterns[-1] == last

        await until(pilot, latest)
