"""Dialogs: over another the footer is theirs, no toast lies on them, and no match is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.color import Color
from textual.widgets._toast import Toast

from chatbot.tui.themes import LEAST_CONTRAST, contrast
from tests.tui.conftest import complete
from tests.tui.drawn import drawn
from tests.tui.helpers import app_for, ready, say, seen, sees, type_text, until
from tests.tui.made_bot import UNKNOWN, make_bot


@pytest.fixture
def bot(tmp_path: Path) -> Path:
    """The folder of a made-up bot."""
    return make_bot(tmp_path / "bot")


async def test_the_footer_is_that_of_the_dialog_over_another(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await say(pilot, UNKNOWN)
        await pilot.press("f12")
        await sees(pilot, "Sort into an intent  g Mark the group")
        for over, leave in (("f1", "escape"), ("enter", "escape")):
            await pilot.press(over)
            await sees(pilot, "esc Close", without=["g Mark the group"])
            await pilot.press(leave)
            await sees(pilot, "g Mark the group")


@pytest.mark.parametrize(
    ("keys", "footer"),
    [
        (["f4"], "esc Close  ⏎ Choose  ↑ Up  ↓ Down"),
        (["f10"], "esc Close  ⏎ Choose  ↑ Up  ↓ Down"),
        (["f1"], "esc Close  ↑ Up  ↓ Down"),
        (["f6"], "esc Close  ⏎ Choose  ↑ Up  ↓ Down"),
        (["shift+f8"], "esc Close  ⏎ Take it"),
    ],
)
async def test_the_footer_of_a_dialog_says_what_enter_and_the_arrows_do(
    bot: Path, keys: list[str], footer: str
) -> None:
    app = app_for(bot)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await say(pilot, UNKNOWN)
        await pilot.press(*keys)
        await sees(pilot, footer)


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light"])
@pytest.mark.parametrize("key", [None, "f1", "f4"])
async def test_the_footer_can_be_read_also_below_a_dialog(
    bot: Path, theme: str, key: str | None
) -> None:
    app = app_for(bot)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        app.theme = theme
        if key is not None:
            await pilot.press(key)
            await sees(pilot, "esc Close")
            await pilot.pause(0.3)  # not `complete`: the cursor of a field blinks, that never ends
            footer = drawn(app)[-1]
        else:
            footer = (await complete(pilot))[-1]
        for sign, ink in zip(footer.text, footer.ink, strict=True):
            if sign.strip():
                colours = Color.parse(ink.colour), Color.parse(ink.background)
                assert contrast(*colours) >= LEAST_CONTRAST, (footer.text, sign)


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (100, 30)])
async def test_no_toast_of_before_lies_on_a_dialog(bot: Path, size: tuple[int, int]) -> None:
    app = app_for(bot)
    async with app.run_test(size=size, notifications=True) as pilot:
        await ready(pilot)
        await say(pilot, UNKNOWN)
        for key in ("f6", "f1"):
            app.notify("a toast of " + "many words " * 12, timeout=60)
            await sees(pilot, "a toast of many words")
            await pilot.press(key)
            await until(pilot, lambda: app.screen is not app.chat and not app.screen.query(Toast))
            await pilot.press("escape")
            await until(pilot, lambda: app.screen is app.chat)


async def test_where_no_name_has_the_letters_it_is_said(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await say(pilot, "how late is it now")
        await pilot.press("f8", "2", "n")
        await sees(pilot, "Why not")
        await type_text(pilot, "zzz")
        await sees(pilot, "The model knows none with these letters.", "learns by F5")
        await pilot.press("down", "enter")
        assert "zzz" in seen(app)  # nothing was chosen
        await pilot.press("escape", "escape", "shift+f4", "enter")
        await sees(pilot, "type some of its letters")
        await type_text(pilot, "qqq")
        await sees(pilot, "None has these letters.")


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_what_the_network_alone_says_is_read_whole_beside_an_exact_pattern(
    bot: Path, size: tuple[int, int]
) -> None:
    app = app_for(bot)
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        await say(pilot, "how late is it")
        await sees(pilot, "Exact pattern of time: certain.")
        note = " ".join(" ".join(seen(app).split("Exact pattern", 1)[1].split("▏")).split())
        assert "%" in note.split("alone:", 1)[1].split("word")[0]
