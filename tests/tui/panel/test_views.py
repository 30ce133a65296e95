"""The panel's views and keys: what is drawn is what the network that answers computes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.text import Text

from chatbot.common.text import percent
from chatbot.insight.neighbours import PatternStates
from chatbot.insight.units import direction_of_intent, direction_of_unit, portrait
from chatbot.tui.panel import player
from chatbot.tui.panel.registry import VIEWS
from chatbot.tui.panel.row_table import WordTable
from chatbot.tui.panel.state_view import StateView
from chatbot.tui.panel.unit_values import SORTS
from chatbot.tui.panel.unit_view import UnitView
from chatbot.tui.panel.view import PanelView
from tests.tui.helpers import (
    SIZES,
    app_for,
    explained,
    ready,
    say,
    seen,
    type_text,
    until,
)


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
            assert use.look_back is not None and use.left is not None
            shares = (use.keep, use.write, use.look_back, use.left)
            numbers = [part for share in shares for part in percent(share).split()]
            drawn = [part for part in row.split() if part.isdigit() or part == "%"]
            assert drawn == [str(number), *numbers, str(use.moved)]


@pytest.mark.parametrize("size", SIZES)
async def test_a_scrollbar_covers_no_figure(trained_folder: Path, size: tuple[int, int]) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        await say(pilot, "hello what time is it my dear friend " * 4 + "friend")
        await pilot.press("f11")
        await until(pilot, lambda: "▸ friend" in seen(app))
        assert any(view.show_vertical_scrollbar for view in app.chat.panel.query(PanelView))
        trace = app.chat.panel.trace
        assert trace is not None
        row = next(line for line in seen(app).splitlines() if "▸ friend" in line)
        assert f" {trace.changes[-1]:.2f}" in row


async def test_a_unit_and_an_intent_are_portrayed(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(140, 40)) as pilot:
        bot = (await ready(pilot)).session.bot
        assert bot is not None
        patterns = PatternStates(bot.reader)
        await say(pilot, "what time is it")
        await pilot.press("f8", *["shift+right"] * 3, "enter")
        unit = app.chat.panel.query_one(UnitView)
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
        k = bot.reader.classifier.intents.index("time")
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
        heat = app.chat.panel.query_one(StateView)
        for sort in (*SORTS[1:], SORTS[0]):
            await pilot.press("o")
            await until(pilot, lambda sort=sort: f"by {sort}" in seen(app))  # type: ignore[misc]
            assert sorted(heat.order) == list(range(heat.units))
        await pilot.press("t")
        await until(pilot, lambda: f"of {heat.units} by decisive" in seen(app))
        shown = found.decisive[heat.order]
        assert (shown[:-1] >= shown[1:]).all()
        await pilot.press("shift+down")
        await until(pilot, lambda: f"unit {heat.order[heat.unit_place]} after" in seen(app))


async def test_play_lets_the_words_come_one_by_one(
    trained_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(140, 40)) as pilot:
        await ready(pilot)
        app.animation_level = "full"
        await say(pilot, "what time is it")
        monkeypatch.setattr(player, "SECONDS_PER_WORD", 1000)
        await pilot.press("f8", "space")
        heat = app.chat.panel.query_one(StateView)
        assert heat.upto == 0
        left = app.chat.panel.region.x
        await until(
            pilot, lambda: " time  " not in "".join(x[left:] for x in seen(app).split("\n"))
        )
        await pilot.press("space")
        assert heat.upto is None, "again stops it"
        monkeypatch.setattr(player, "SECONDS_PER_WORD", 0.02)
        await pilot.press("home", "space")
        await until(pilot, lambda: heat.upto is None and (heat.cursor, heat.unit) == (3, 0))


async def test_nothing_moves_by_itself_for_those_who_asked_for_that(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(140, 40)) as pilot:
        await ready(pilot)
        app.animation_level = "none"
        await say(pilot, "what time is it")
        await pilot.press("f8", "space")
        heat = app.chat.panel.query_one(StateView)
        assert heat.cursor == 0
        await pilot.press("space", "space")
        assert heat.cursor == 2 and heat.upto is None


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


class LengthsView(WordTable):
    """A made-up view: the letters of each word, and which word is the longest."""

    NAME = "lengths"
    TITLE = "Lengths"

    def columns(self) -> str:
        return "letters of each word"

    def figures(self, place: int) -> Text:
        assert self.shown is not None
        sure = "?" if self.explanation is None else self.explanation.answer
        return Text(f"{len(self.shown.trace.words[place])} letters, {sure}")

    def describe(self) -> str:
        return f"at row {self.cursor}"

    def action_longest(self) -> None:
        assert self.shown is not None
        self.post_message(self.Requested(self.NAME))
        self.move_to(max(range(self.rows), key=lambda row: len(self.shown.words[row])))  # type: ignore[union-attr]


@pytest.fixture
def made_up_view() -> Iterator[None]:
    VIEWS.append(LengthsView)
    yield
    VIEWS.remove(LengthsView)


async def test_a_new_view_is_one_module_and_one_line_in_the_registry(
    trained_folder: Path, made_up_view: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(player, "SECONDS_PER_WORD", 1000)
    app = app_for(trained_folder)
    async with app.run_test(size=(140, 40)) as pilot:
        await ready(pilot)
        app.animation_level = "full"
        await say(pilot, "what time is it")
        await pilot.press("f8", *["f7"] * (len(VIEWS) - 1))
        await until(pilot, lambda: "Lengths · sent" in seen(app) and "letters of" in seen(app))
        await until(pilot, lambda: "2 letters, time" in seen(app))  # explained
        await until(pilot, lambda: "at row 3" in seen(app))  # the cursor came along
        await pilot.press("home", "down")
        await until(pilot, lambda: "at row 1" in seen(app))
        await pilot.press("space")
        await until(pilot, lambda: seen(app).count(" letters,") == 1)
        await pilot.press("space")
        await until(pilot, lambda: seen(app).count(" letters,") == 4)
        await pilot.press("f7")
        await until(pilot, lambda: "Hidden state ·" in seen(app))
        await app.chat.panel.action_of_view("lengths", "longest")
        await until(pilot, lambda: "at row 0" in seen(app))
        await type_text(pilot, "hello ")
        await until(pilot, lambda: "5 letters" in seen(app))


async def test_the_word_and_the_unit_go_along_from_view_to_view(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(140, 40)) as pilot:
        await ready(pilot)
        await say(pilot, "what time is it")
        await pilot.press("f8", "home", "right", *["shift+right"] * 3)
        await until(pilot, lambda: "unit 3 after “time”" in seen(app))
        await pilot.press("f7")
        await until(pilot, lambda: "Reading “time”" in seen(app))
        await pilot.press("f7", "f7", "f7")
        await until(pilot, lambda: "unit 3:" in seen(app))
        await until(pilot, lambda: "unit 3 after “time”" in seen(app))
        await pilot.press("right")
        await until(pilot, lambda: "unit 4:" in seen(app) and "unit 4 after “time”" in seen(app))
        await pilot.press("f7")
        await until(pilot, lambda: "Hidden state" in seen(app))
        await until(pilot, lambda: "unit 4 after “time”" in seen(app))
        await type_text(pilot, "hello ")
        await pilot.press("f8", "5")
        await until(pilot, lambda: "unit 4 after “hello”" in seen(app))
