"""The training screen, as a person sees it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from textual.app import App
from textual.widgets import Button

from chatbot.common import Locations
from chatbot.model.card import Metrics
from chatbot.tui.screens.train import TrainScreen
from chatbot.tui.session import Session, TrainingCourse
from chatbot.versions.answer_changes import AnswerChanges, Change
from chatbot.versions.records import Failed, Phase, Progress, Record, Saved
from tests.tui.helpers import SIZES, seen, sees, until

INTENTS = Path("/home/ada/bots/intents.json")


def progress(
    phase: Phase = "held-out",
    epoch: int = 3,
    step: int = 9,
    accuracy: float | None = 0.913,
    seconds: float = 2.0,
    eta: float = 6.0,
) -> Progress:
    return Progress(phase, epoch, 40, step, 120, 0.4123, accuracy, seconds, eta)


def saved(answers: bool = True) -> Saved:
    after = Metrics(620, 92, 0.913, 0.9, 0.03, 0.97, 22, 9.4)
    before = Metrics(600, 90, 0.88, 0.87, 0.04, None, 20, 8.0)
    changes = (
        Change("sing me [b]a song", "typed", "music", None, "worse"),
        Change("hello you", "pattern", None, "greeting", "better"),
    )
    compared = AnswerChanges(620, 7, 2, changes, (), 400, 0.851, 0.998)
    folder = "/home/ada/bots/models/intents"
    return Saved(folder, 5, answers, 12, False, after, before, compared)


class Host(App[None]):
    """An app that owns the training, and notes what it is asked for."""

    def __init__(self, records: Sequence[Record] = (), theme: str = "textual-dark") -> None:
        super().__init__()
        self.theme = theme
        self.session = Session(self, Locations(INTENTS, "", INTENTS.parent / "models", ""))
        self.train_screen = TrainScreen(self.session)
        self.asked: list[str] = []
        for record in records:
            self.report(record)

    def report(self, record: Record) -> None:
        """Let the training report."""
        course = self.session.training or TrainingCourse()
        self.session.set_training(course.after(record))

    def on_mount(self) -> None:
        self.push_screen(self.train_screen)

    def on_train_screen_cancel_requested(self) -> None:
        self.asked.append("cancel")

    def on_train_screen_retry_requested(self) -> None:
        self.asked.append("retry")
        self.session.set_training(TrainingCourse())

    def on_train_screen_decided(self, event: TrainScreen.Decided) -> None:
        self.asked.append("use" if event.use else "keep")

    @property
    def seen(self) -> str:
        """The whole screen as text."""
        return seen(self)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", ["textual-dark", "textual-light", "ansi-dark"])
async def test_i_see_what_is_trained_how_far_it_is_and_that_i_can_go_on(
    size: tuple[int, int], theme: str
) -> None:
    app = Host([progress(epoch=e, step=3 * e) for e in (1, 2, 3)], theme)
    async with app.run_test(size=size) as pilot:
        await sees(
            pilot,
            "Training on intents.json",
            "Phase 1 of 2: learning with some patterns held out",
            "25 %",
            "at most 6 s",
            "Epoch 3 of at most 40",
            "Loss 0.412",
            "Held-out accuracy 91 %",
            "loss 0.412",
            "held-out accuracy 91 %",
            "3 epochs",
            "No model yet. The training goes on after Escape; messages wait for it.",
            "Cancel",
            "esc Back ",
        )


async def test_before_the_first_record_it_says_what_takes_so_long() -> None:
    app = Host()
    async with app.run_test() as pilot:
        await sees(pilot, "Loading PyTorch takes a few seconds.")


async def test_records_by_the_hundred_end_in_the_newest() -> None:
    app = Host()
    async with app.run_test() as pilot:
        for step in range(1, 1_001):
            app.report(progress(epoch=step // 10 + 1, step=step))
        await until(pilot, lambda: "101 of at most 40" in app.seen)


async def test_the_second_phase_is_told_in_words_and_marked_in_the_curve() -> None:
    app = Host([progress(), progress("all patterns", 1, 3, None)])
    async with app.run_test() as pilot:
        await sees(pilot, "Phase 2 of 2: learning all patterns", "not measured in this phase", "│")


async def test_of_a_large_file_it_says_how_many_patterns_are_read_and_the_time_left() -> None:
    app = Host([Progress("reading", 1, 1, 4_096, 1_000_000, 0.0, None, 2.0, 600.0)])
    async with app.run_test() as pilot:
        await sees(pilot, "Reading: 4,096 of 1,000,000 patterns", "goes on from there", "–")
        app.report(progress())
        await sees(pilot, "Phase 1 of 2")


async def test_too_few_patterns_to_measure_make_one_phase() -> None:
    app = Host([progress("all patterns", 1, 3, None)])
    async with app.run_test() as pilot:
        await until(pilot, lambda: "The only phase: learning all patterns" in app.seen)


async def test_after_the_last_batch_it_says_that_it_saves() -> None:
    app = Host([progress("all patterns", 40, 120, None, seconds=8, eta=0)])
    async with app.run_test() as pilot:
        await sees(pilot, "Saving", "99 %")  # not done before the model is there


async def test_the_bar_never_goes_back() -> None:
    app = Host([progress(seconds=4, eta=4), progress(seconds=5, eta=15)])
    async with app.run_test() as pilot:
        await sees(pilot, "50 % · at most 15 s")


async def test_escape_goes_back_and_asks_for_nothing() -> None:
    app = Host([progress()])
    async with app.run_test() as pilot:
        await until(pilot, lambda: app.screen is app.train_screen)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is not app.train_screen)
        app.report(progress(epoch=4))  # the app may be slower than the person
        assert app.asked == []


@pytest.mark.parametrize("by", ["key", "button"])
async def test_cancel_asks_the_app_to_cancel(by: str) -> None:
    app = Host([progress()])
    async with app.run_test() as pilot:
        await until(pilot, lambda: "Cancel" in app.seen)
        if by == "key":
            await pilot.press("c")
        else:
            await pilot.click("#cancel")
        await until(pilot, lambda: app.asked == ["cancel"])


async def test_enter_by_habit_does_not_cancel() -> None:
    app = Host([progress()])
    async with app.run_test() as pilot:
        await until(pilot, lambda: "Cancel" in app.seen)
        await pilot.press("enter", "space", "r")
        await pilot.pause()
        assert app.asked == []


@pytest.mark.parametrize("size", SIZES)
async def test_a_finished_training_reports_and_enter_goes_back(size: tuple[int, int]) -> None:
    app = Host([progress()])
    async with app.run_test(size=size) as pilot:
        app.report(saved())
        await sees(
            pilot,
            "The new model answers from now on",
            "Trained on 620 patterns of 12 intents in 9.4 s.",
            "Held-out accuracy 91 % of 92 patterns it had not seen (likely 84 to 96 %)",
            "sample of 400 patterns the network alone gets 99 % right (before 85 %).",
            "1 worse, 1 better",
            "“sing me [b]a song” (typed before): music → “I don't know”",
            "Version 5, in /home/ada/bots/models/intents",
            without=["Cancel", "The old model keeps answering"],
        )
        await until(pilot, lambda: app.focused is not None and app.focused.id == "back")
        await pilot.press("c", "enter")
        await until(pilot, lambda: app.screen is not app.train_screen)
        assert app.asked == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("by", "decided"), [("enter", "keep"), ("k", "keep"), ("t", "use")])
async def test_a_model_that_answers_worse_waits_for_a_decision_and_enter_is_the_safe_one(
    size: tuple[int, int], by: str, decided: str
) -> None:
    app = Host([progress()])
    async with app.run_test(size=size) as pilot:
        app.report(saved(answers=False))
        await sees(
            pilot,
            "the old model answers until you decide",
            "worse “sing me [b]a song” (typed before): music →",
            "Use the new model anyway",
            without=["Retry"],
        )
        await until(pilot, lambda: app.focused is not None and app.focused.id == "keep")
        await pilot.press("r", "c", by)
        await until(pilot, lambda: app.asked == [decided])


async def test_when_the_new_model_is_used_the_screen_says_so() -> None:
    app = Host([progress(), saved(answers=False)])
    async with app.run_test() as pilot:
        await until(pilot, lambda: "until you decide" in app.seen)
        app.report(saved())
        await sees(pilot, "The new model answers from now on", without=["Use the new model anyway"])
        await until(pilot, lambda: app.focused is not None and app.focused.id == "back")


async def test_a_small_edit_is_called_one() -> None:
    app = Host([progress("small edit", 1, 9, None)])
    async with app.run_test() as pilot:
        await sees(pilot, "Learning a small edit", "not measured in this phase")


@pytest.mark.parametrize("by", ["enter", "r"])
async def test_a_failed_training_says_why_and_can_be_tried_again(by: str) -> None:
    app = Host([progress()])
    async with app.run_test() as pilot:
        app.report(Failed("intents.json, line 3: [bold]no[/x] comma"))
        await sees(pilot, "No new model", "intents.json, line 3: [bold]no[/x] comma")
        await until(pilot, lambda: isinstance(app.focused, Button))
        await pilot.press(by)
        await until(pilot, lambda: app.asked == ["retry"])
        await until(pilot, lambda: "Getting ready" in app.seen)
        app.report(progress(epoch=1))
        await sees(pilot, "Epoch 1 of at most 40", without=["Retry"])
        assert app.focused is None


async def test_opened_after_the_end_it_shows_the_end() -> None:
    app = Host([progress(), saved()])
    async with app.run_test() as pilot:
        await until(pilot, lambda: "The new model answers from now on" in app.seen)
        await until(pilot, lambda: app.focused is not None and app.focused.id == "back")


async def test_progress_after_an_end_is_a_new_training() -> None:
    app = Host([progress(epoch=30), Failed("Cancelled."), progress(epoch=1)])
    async with app.run_test() as pilot:
        await sees(pilot, "Epoch 1 of at most 40", "1 epoch", without=["No new model"])


async def test_a_long_failure_can_be_scrolled_on_a_small_screen() -> None:
    app = Host([Failed("\n".join(f"line {i}" for i in range(40)))])
    async with app.run_test(size=(60, 20)) as pilot:
        await sees(pilot, "line 1", "Retry")
        assert app.screen.query_one("#body").max_scroll_y > 0
