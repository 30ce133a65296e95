"""Taking back what was taught: it says what became of the intent."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatbot.opening import read_intents
from tests.tui.helpers import app_for, ready, say, sees
from tests.tui.made_bot import UNKNOWN, make_bot


@pytest.mark.parametrize(
    ("keys", "says"),
    [([*"shop", "enter", *"ok", "enter"], "shop is gone again."), (["enter"], " is as it was.")],
    ids=["new", "known"],
)
async def test_undoing_says_whether_the_intent_is_gone_or_as_it_was(
    tmp_path: Path, keys: list[str], says: str
) -> None:
    folder = make_bot(tmp_path / "bot")
    before = {intent.tag for intent in read_intents(folder / "intents.json").intents.intents}
    app = app_for(folder)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await ready(pilot)
        await say(pilot, UNKNOWN)
        await pilot.press("f6")
        await sees(pilot, "should have been")
        await pilot.press(*keys)
        await sees(pilot, "Taught")
        await pilot.press("ctrl+b")
        await sees(pilot, "Undone", says)
    after = {intent.tag for intent in read_intents(folder / "intents.json").intents.intents}
    assert after == before
