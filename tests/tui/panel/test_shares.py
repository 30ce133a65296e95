"""The shares of the words: which are switched off, and why not another intent."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.helpers import (
    app_for,
    explained,
    ready,
    say,
    seen,
    sees,
    type_text,
    until,
    words_in_panel,
)


async def test_sampled_shares_are_called_so_where_everybody_sees_it(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    long = "could you tell me what time it is or not at all my dear old friend"
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await say(pilot, "hello what time is it")
        await pilot.press("f7")
        await explained(app, pilot)
        await until(pilot, lambda: "remembered" in seen(app) and "sampled" not in seen(app))
        await say(pilot, long)
        await until(pilot, lambda: "≈ sampled" in seen(app))


async def test_a_word_switched_off_is_as_if_it_had_not_been_said(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(140, 40)) as pilot:
        await ready(pilot)
        await say(pilot, "hello what time is it")
        await pilot.press("f7", "f8")
        await explained(app, pilot)
        await pilot.press("home", "x")
        panel = app.chat.panel
        assert panel.trace is not None and app.session.bot is not None
        assert panel.trace.words == ("what", "time", "is", "it")
        alone = app.session.bot.read("what time is it")
        assert panel.trace.answers[-1].intent == alone.prediction.intent
        found = await explained(app, pilot)
        assert sum(found.shares.of_memory if found.shares else ()) == pytest.approx(1)
        await until(
            pilot, lambda: any("1 hello" in x and "off" in x for x in seen(app).split("\n"))
        )
        await pilot.press("1")
        await until(pilot, lambda: "hello" not in seen(app).split("Hidden state")[1].split("\n")[3])
        await pilot.press("2", "a")
        await until(pilot, lambda: words_in_panel(app) == ("hello", "what", "time", "is", "it"))


async def test_the_last_word_that_is_on_stays_on(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(140, 40)) as pilot:
        await ready(pilot)
        await say(pilot, "hello there")
        await pilot.press("f7", "f8")
        await explained(app, pilot)
        await pilot.press("x", "up", "x", "x", "x")
        assert app.chat.panel.trace is not None
        assert app.chat.panel.trace.words == ("hello",)


async def test_words_of_a_long_message_can_be_switched_off_too(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(140, 40)) as pilot:
        await ready(pilot)
        await say(pilot, "please " * 15 + "tell me the time")
        await pilot.press("f7", "f8")
        assert not (await explained(app, pilot)).shares.is_exact  # type: ignore[union-attr]
        await pilot.press("x")
        await until(
            pilot,
            lambda: (e := app.chat.panel.explanation) is not None and len(e.trace.words) == 18,
        )


async def test_why_not_another_intent(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(140, 40)) as pilot:
        await ready(pilot)
        await say(pilot, "what time is it now")
        await pilot.press("f7", "f8")
        found = await explained(app, pilot)
        assert found.answer == "time"
        await pilot.press("n")
        await type_text(pilot, "gdb")
        await pilot.press("enter")
        await until(pilot, lambda: "not goodbye" in seen(app))
        both = zip(found.for_against("time"), found.for_against("goodbye"), strict=True)
        for value, (a, b) in zip(found.for_against("time", "goodbye"), both, strict=True):
            assert value == pytest.approx(a - b, abs=1e-4)
            await sees(pilot, f"{value:+.2f}")
