"""The panel's views and keys: what is drawn is what the network that answers computes."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from chatbot.common.text import percent
from chatbot.insight.explanation import Explanation
from chatbot.insight.neighbours import PatternStates
from chatbot.insight.units import direction_of_intent, direction_of_unit, portrait
from chatbot.tui.app import ChatbotApp
from chatbot.tui.panel import views as panel_views
from chatbot.tui.panel.compare_view import CompareTable
from chatbot.tui.panel.unit_values import SORTS
from chatbot.tui.panel.unit_view import UnitTable
from tests.tui.helpers import app_for, ready, say, seen, type_text, until


async def explained(app: ChatbotApp, pilot: Pilot[None]) -> Explanation:
    await until(pilot, lambda: app.chat.panel.explanation is not None)
    await pilot.pause()
    found = app.chat.panel.explanation
    assert found is not None
    return found


async def test_f7_and_the_digits_go_through_all_views(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(140, 40)) as pilot:
        await ready(pilot)
        await say(pilot, "what time is it")
        titles = ["Memory ·", "Gates ·", "Compare ·", "Unit", "Hidden state ·"]
        for title in titles:
            await pilot.press("f7")
            await until(pilot, lambda title=title: title in seen(app))  # type: ignore[misc]
        await pilot.press("f8")
        for key, title in zip("23451", titles, strict=True):
            await pilot.press(key)
            await until(pilot, lambda title=title: title in seen(app))  # type: ignore[misc]
        assert app.chat.panel.has_focus_within, "the keys stay in the panel"


async def test_the_gates_are_those_of_the_message(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(140, 40)) as pilot:
        await ready(pilot)
        await say(pilot, "what time is it")
        await pilot.press("f7", "f7")
        found = await explained(app, pilot)
        assert found.gates is not None
        left = app.chat.panel.region.x
        lines = [line[left:] for line in seen(app).splitlines()]
        for number, (word, use) in enumerate(zip(found.trace.words, found.gates, strict=True), 1):
            row = next(line for line in lines if f" {number} {word} " in line)
            assert use.look_back is not None
            shares = (use.keep, use.write, use.look_back, use.left)
            numbers = [part for share in shares for part in percent(share).split()]
            drawn = [part for part in row.split() if part.isdigit() or part == "%"]
            assert drawn == [str(number), *numbers, str(use.moved)]


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (140, 40)])
async def test_a_scrollbar_covers_no_figure(trained_folder: Path, size: tuple[int, int]) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        await say(pilot, "hello what time is it my dear friend")
        await pilot.press("f11")
        await until(pilot, lambda: app.chat.panel.map.show_vertical_scrollbar)
        trace = app.chat.panel.trace
        assert trace is not None
        row = next(line for line in seen(app).splitlines() if "▸ friend" in line)
        assert f" {trace.changes[-1]:.2f}" in row


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
        assert panel.trace.words == ("hello", "what", "time", "is", "it")


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
            assert f"{value:+.2f}" in seen(app)


async def test_two_messages_are_compared_and_the_flip_is_said(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(140, 40)) as pilot:
        await ready(pilot)
        await say(pilot, "what time is it")
        await pilot.press("f9", "f7", "f7", "f7")
        await type_text(pilot, "goodbye ")
        table = app.chat.panel.query_one(CompareTable)
        await until(
            pilot,
            lambda: (
                table.comparison is not None and table.comparison.right.trace.words == ("goodbye",)
            ),
        )
        assert table.comparison is not None
        assert table.comparison.left.trace.words == ("what", "time", "is", "it")
        await until(pilot, lambda: f"cosine {table.comparison.cosine:.2f}" in seen(app))  # type: ignore[union-attr]
        assert "time here, goodbye there." in seen(app)


async def test_without_a_pin_a_message_is_compared_with_itself_backwards(
    trained_folder: Path,
) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await say(pilot, "what time is it")
        await pilot.press("f7", "f7", "f7")
        table = app.chat.panel.query_one(CompareTable)
        await until(pilot, lambda: table.comparison is not None)
        assert table.comparison is not None and table.comparison.is_backwards
        await until(pilot, lambda: "backwards" in seen(app))


async def test_a_unit_and_an_intent_are_portrayed(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(140, 40)) as pilot:
        bot = (await ready(pilot)).session.bot
        assert bot is not None
        patterns = PatternStates(bot)
        await say(pilot, "what time is it")
        await pilot.press("f8", *["shift+right"] * 3, "enter")
        unit = app.chat.panel.query_one(UnitTable)
        await until(pilot, lambda: unit.portrait is not None)
        assert unit.portrait == portrait(patterns, direction_of_unit(bot.model.weights, 3))
        best = unit.portrait.raised_by[0]
        await until(pilot, lambda: f"{best.change:+.2f}  {best.word}" in seen(app))
        await pilot.press("right")
        await until(pilot, lambda: "unit 4:" in seen(app))
        await pilot.press("i")
        await type_text(pilot, "time")
        await pilot.press("enter")
        await until(pilot, lambda: "direction of time:" in seen(app))
        k = bot.classifier.intents.index("time")
        assert unit.portrait == portrait(patterns, direction_of_intent(bot.model.weights, k))
        await pilot.press("u")
        await until(pilot, lambda: "unit 4:" in seen(app))


async def test_units_can_be_ordered_and_shown_in_a_row(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(140, 40)) as pilot:
        await ready(pilot)
        await say(pilot, "what time is it")
        await pilot.press("f8")
        found = await explained(app, pilot)
        heat = app.chat.panel.map
        for sort in (*SORTS[1:], SORTS[0]):
            await pilot.press("o")
            await until(pilot, lambda sort=sort: f"by {sort}" in seen(app))  # type: ignore[misc]
            assert sorted(heat._order) == list(range(heat.units))
        await pilot.press("t")
        await until(pilot, lambda: f"of {heat.units} by decisive" in seen(app))
        shown = found.decisive[heat._order]
        assert (shown[:-1] >= shown[1:]).all()
        await pilot.press("shift+down")
        await until(pilot, lambda: f"unit {heat._order[heat._place]} after" in seen(app))


async def test_play_lets_the_words_come_one_by_one(
    trained_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(140, 40)) as pilot:
        await ready(pilot)
        app.animation_level = "full"
        await say(pilot, "what time is it")
        monkeypatch.setattr(panel_views, "A_WORD_SECONDS", 1000)
        await pilot.press("f8", "space")
        heat = app.chat.panel.map
        assert heat.upto == 0
        left = app.chat.panel.region.x
        await until(
            pilot, lambda: " time  " not in "".join(x[left:] for x in seen(app).split("\n"))
        )
        await pilot.press("space")
        assert heat.upto is None, "again stops it"
        monkeypatch.setattr(panel_views, "A_WORD_SECONDS", 0.02)
        await pilot.press("home", "space")
        await until(pilot, lambda: heat.upto is None and heat.cursor == (3, 0))


async def test_nothing_moves_by_itself_for_those_who_asked_for_that(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(140, 40)) as pilot:
        await ready(pilot)
        app.animation_level = "none"
        await say(pilot, "what time is it")
        await pilot.press("f8", "space")
        heat = app.chat.panel.map
        assert heat.cursor is not None and heat.cursor.word == 0
        await pilot.press("space", "space")
        assert heat.cursor.word == 2 and heat.upto is None


async def test_the_word_that_is_being_typed_is_there_but_not_read(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(140, 40)) as pilot:
        await ready(pilot)
        for view in ("state", "memory", "gates"):
            app.chat.panel.action_view(view)
            app.chat.prompt.load_text("")
            await type_text(pilot, "hello wonde")
            assert app.chat.panel.trace is not None
            assert app.chat.panel.trace.words == ("hello",)
            await until(pilot, lambda: seen(app).count("wonde") == 2)  # in the prompt, and there


@pytest.mark.parametrize("size", [(140, 40), (80, 24), (62, 20), (40, 15)])
async def test_every_view_survives_every_size_and_every_message(
    trained_folder: Path, size: tuple[int, int]
) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        await pilot.press("f11")
        for message in (
            "",
            "hello",
            "jdkjfkd",
            "[bold]x[/] {y}",
            "what time is it " * 30,
            "👋🏽 ok",
        ):
            app.chat.prompt.load_text(message + " ")
            for key in ("1", "t", "o", "t", "2", "x", "a", "3", "4", "5", "space"):
                await pilot.press(key)
