"""The evaluation screen, as a person sees it and walks it with the keyboard."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from textual.app import App
from textual.widgets import DataTable, Input, TabbedContent

from chatbot.common import percent
from chatbot.quality.metrics import figures, learning_curve
from chatbot.quality.results import (
    Answer,
    Evaluated,
    EvaluationFailed,
    EvaluationProgress,
    EvaluationRecord,
)
from chatbot.tui.dialogs.page import PageScreen
from chatbot.tui.dialogs.write import WriteScreen
from chatbot.tui.screens.evaluate import EvaluateScreen
from chatbot.tui.session import EvaluationCourse
from tests.tui.helpers import SIZES, app_for, ready, seen, sees, until


def progress(done: float = 0.4, accuracy: float | None = 0.715) -> EvaluationProgress:
    return EvaluationProgress("fold", 3, 5, done, accuracy, 12.0, 18.0)


def found() -> Evaluated:
    answers = (
        Answer("[b]hello[/b] there", "greeting", "greeting", 0.95, True),
        Answer("早上好", "greeting", "time", 0.41, False),
        Answer("what time", "time", "time", 0.99, True),
        Answer("good time", "time", "greeting", 0.8, True),
        Answer("the hour", "time", "time", 0.7, True),
        Answer("bye", "goodbye", "goodbye", 0.9, True),
    )
    tags = ("greeting", "time", "goodbye")
    return figures(answers, tags, source="three-fold", seconds=9, not_asked=("lone",))


class Host(App[None]):
    """An app that owns the evaluation, and notes what it is asked for."""

    def __init__(self, record: EvaluationRecord | None, theme: str = "textual-dark") -> None:
        super().__init__()
        self.theme = theme
        self.evaluate_screen = EvaluateScreen(record, intents=Path("/home/ada/bots/intents.json"))
        self.asked: list[str] = []

    def on_mount(self) -> None:
        self.push_screen(self.evaluate_screen)

    def on_evaluate_screen_cancel_requested(self) -> None:
        self.asked.append("cancel")

    def on_evaluate_screen_start_requested(self, event: EvaluateScreen.StartRequested) -> None:
        self.asked.append("curve" if event.with_learning_curve else "start")

    @property
    def table(self) -> DataTable[object]:
        return self.screen.query_one("#intents", DataTable)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", ["textual-dark", "textual-light", "ansi-dark"])
async def test_i_see_how_far_it_is_and_can_cancel(size: tuple[int, int], theme: str) -> None:
    app = Host(None, theme)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: "Getting ready" in seen(app))
        app.evaluate_screen.show(progress())
        for text in (
            "Evaluation of intents.json",
            "40 %",
            "Fold 3 of 5",
            "about 18 s",
            "72 % right",
        ):
            await sees(pilot, text)
        await pilot.press("r", "l", "s", "c")
        assert app.asked == ["cancel"], "what runs is not started again"
        app.evaluate_screen.show(EvaluationFailed("Add patterns"))
        await until(pilot, lambda: "No result" in seen(app))
        assert "Add patterns" in seen(app) and "40 %" not in seen(app)
        await pilot.press("c", "r")
        await until(pilot, lambda: app.asked == ["cancel", "start"])


@pytest.mark.parametrize("size", SIZES)
async def test_the_result_is_there_and_enter_leads_to_the_messages(size: tuple[int, int]) -> None:
    app = Host(found())
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: "67 %" in seen(app))
        for text in ("Accuracy", "Macro F1", "0.722", "only one pattern: lone"):
            await until(pilot, lambda text=text: text in seen(app))  # type: ignore[misc]
        assert app.focused is app.screen.query_one("#advice"), "the keys work at once"
        await pilot.press("s", "s", "s", "s", "s", "enter")  # greeting has the lowest F1
        await until(pilot, lambda: isinstance(app.screen, PageScreen))
        await until(pilot, lambda: "Messages of greeting" in seen(app))
        page = seen(app)
        assert page.index("早") < page.index("good time") < page.index("[b]hello[/b] there")
        assert "0.41, out of scope" in page and "time → greeting" in page
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.evaluate_screen)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 40)])
async def test_what_to_do_next_stands_first_and_leads_to_its_messages(
    size: tuple[int, int],
) -> None:
    lost = [Answer(f"[b]{{x}} {n}", "time", "greeting", 0.5, True) for n in range(4)]
    good = [Answer(f"hi {n}", "greeting", "greeting", 0.9, True) for n in range(9)]
    app = Host(figures([*good, *lost], ("greeting", "time"), source="two-fold", seconds=1))
    async with app.run_test(size=size) as pilot:
        await sees(pilot, "What next", "1. Add patterns to “time”, said in other words")
        await sees(pilot, "0 of its 4 messages are answered rightly (0 %, likely 0 to 49 %)")
        await sees(pilot, "gains at most 4 of 13 messages")
        await pilot.press("enter")
        await sees(pilot, "[b]{x} 3", "time → greeting")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.evaluate_screen)


async def test_without_advice_that_is_said_and_enter_does_nothing() -> None:
    good = [Answer(f"hi {n}", "greeting", "greeting", 0.9, True) for n in range(9)]
    app = Host(figures(good, ("greeting",), source="two-fold", seconds=1))
    async with app.run_test(size=(60, 20)) as pilot:
        await sees(pilot, "Nothing stands out")
        await pilot.press("enter")
        assert app.screen is app.evaluate_screen


async def test_confusions_are_walked_down_to_their_messages() -> None:
    app = Host(found())
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "67 %" in seen(app))
        await pilot.press("shift+tab", "right", "right", "tab")
        await until(pilot, lambda: "Taken for" in seen(app))
        await pilot.press("down", "enter")
        await until(pilot, lambda: "time taken for greeting" in seen(app))
        assert "good time" in seen(app) and "早" not in seen(app)


async def test_s_sorts_by_the_next_column() -> None:
    app = Host(found())

    def order() -> list[str]:
        return [str(app.table.get_row_at(i)[0]) for i in range(app.table.row_count)]

    async with app.run_test(size=(80, 24)) as pilot:
        app.screen.query_one(TabbedContent).active = "by-intent"
        await until(pilot, lambda: "F1 ▾" in seen(app))
        assert order() == ["greeting", "time", "goodbye"]
        for column, expected in (
            ("Precision", ["greeting", "time", "goodbye"]),
            ("Recall", ["greeting", "time", "goodbye"]),
            ("Messages", ["time", "greeting", "goodbye"]),
            ("Intent", ["goodbye", "greeting", "time"]),
        ):
            await pilot.press("s")
            await until(pilot, lambda column=column: f"{column} ▾" in seen(app))  # type: ignore[misc]
            assert order() == expected


@pytest.mark.parametrize("size", SIZES[1:])
async def test_confidence_and_learning_curve_are_drawn(size: tuple[int, int]) -> None:
    right = [np.array([True, False] * 100), np.array([True, True] * 100)]
    curve = learning_curve((0.75, 1.0), (30.0, 40.0), right)
    app = Host(replace(found(), curve=curve))
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: "more examples would help" in seen(app))
        app.screen.query_one(TabbedContent).active = "by-confidence"
        await until(pilot, lambda: "right and wrong" in seen(app))
        app.screen.query_one("#confidence").scroll_end(animate=False)
        await until(pilot, lambda: "100 %     40  100 %" in seen(app))


@pytest.mark.slow
async def test_from_the_menu_a_real_evaluation_runs_while_i_chat(small_bot: Path) -> None:
    app = app_for(small_bot)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("f10")
        await until(pilot, lambda: "Evaluate" in seen(app))
        await pilot.press("escape")
        app.action_evaluate()
        await until(pilot, lambda: isinstance(app.screen, EvaluateScreen))
        await until(pilot, lambda: "Fold 1 of 5" in seen(app), 120)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.chat)
        app.action_evaluate()
        await until(pilot, lambda: "Macro F1" in seen(app), 240)
        course = app.session.evaluation
        assert course is not None and isinstance(course.latest, Evaluated)
        assert percent(course.latest.accuracy) in seen(app)


@pytest.mark.slow
async def test_cancelling_says_so_and_it_can_be_started_again(small_bot: Path) -> None:
    app = app_for(small_bot)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        app.action_evaluate()
        await until(pilot, lambda: "Fold 1 of 5" in seen(app), 120)
        await pilot.press("c")
        await until(pilot, lambda: "Cancelled" in seen(app))
        await pilot.press("r")
        await until(pilot, lambda: "Getting ready" in seen(app))
        await until(pilot, lambda: "Fold 1 of 5" in seen(app), 120)


@pytest.mark.slow
async def test_a_test_file_is_asked_of_the_model_from_the_screen(
    small_bot: Path, tmp_path: Path
) -> None:
    messages = tmp_path / "messages.csv"
    messages.write_text("hello there,greeting\nwhat time is it,time\nwhere is it,nowhere\n")
    app = app_for(small_bot)
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(pilot)
        app.session.set_evaluation(EvaluationCourse(found()))
        app.action_evaluate()
        await until(pilot, lambda: isinstance(app.screen, EvaluateScreen) and app.screen.found)
        screen = app.screen
        assert isinstance(screen, EvaluateScreen)
        for path, says in ((messages, "Out-of-scope recall"), (tmp_path / "no", "cannot be read")):
            await pilot.press("t")
            await until(pilot, lambda: isinstance(app.screen, WriteScreen))
            app.screen.query_one(Input).value = str(path)
            await pilot.press("enter")
            await until(pilot, lambda: screen.is_over and says in seen(app), 60)  # noqa: B023
        assert screen.found is None


@pytest.mark.parametrize("table", ["#advice", "#intents", "#confusions"])
async def test_the_footer_says_that_enter_shows_the_messages(table: str) -> None:
    app = Host(found())
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.evaluate_screen.found is not None)
        await until(pilot, lambda: app.screen.query("#advice"))
        tab = {"#advice": "by-gain", "#intents": "by-intent", "#confusions": "by-confusion"}[table]
        app.screen.query_one("#views", TabbedContent).active = tab
        app.screen.query_one(table).focus()
        await until(pilot, lambda: "⏎ Messages" in seen(app).splitlines()[-1])
