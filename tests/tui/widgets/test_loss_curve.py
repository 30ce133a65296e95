"""The curves of a training, as they are read on the screen."""

from __future__ import annotations

import math

import pytest
from textual.app import App, ComposeResult

from chatbot.tui.session import Point, TrainingCourse
from chatbot.tui.widgets.loss_curve import MARK, LossCurve, draw
from chatbot.versions.records import Phase, Progress


def first_phase(*losses: float) -> tuple[Point, ...]:
    return tuple(
        Point("held-out", i, loss, min(0.5 + i / 100, 1)) for i, loss in enumerate(losses, start=1)
    )


def second_phase(*losses: float) -> tuple[Point, ...]:
    return tuple(Point("all patterns", i, loss, None) for i, loss in enumerate(losses, start=1))


def lines(points: tuple[Point, ...], width: int = 60, height: int = 11) -> list[str]:
    return draw(points, width, height).plain.split("\n")


def curve(text: str) -> str:
    return "".join(char for char in text if "\u2800" < char <= "\u28ff")


def progress(phase: Phase, epoch: int, loss: float) -> Progress:
    return Progress(phase, epoch, 10, epoch, 10, loss, None, 1.0, 1.0)


def test_before_the_first_epoch_both_plots_say_that_nothing_is_known() -> None:
    text = "\n".join(lines(()))
    assert "loss  not known yet" in text
    assert "held-out accuracy  not known yet" in text
    assert not curve(text)


def test_one_epoch_is_one_dot_with_its_number_beside_it() -> None:
    rows = lines(first_phase(2.5))
    assert rows[0] == "loss  2.500"
    dots = [row for row in rows[1:5] if curve(row)]
    assert len(dots) == 1
    assert dots[0].lstrip().startswith("2.500 ")
    assert "1 epoch" in rows[-1]


def test_two_epochs_show_largest_smallest_and_current_value() -> None:
    rows = lines(first_phase(2.5, 0.5))
    assert rows[0] == "loss  0.500"
    assert rows[1].startswith(" 2.500 ")
    assert rows[4].startswith(" 0.500 ")
    assert rows[5] == "held-out accuracy  52 %"
    assert rows[6].startswith("  52 % ")
    assert rows[9].startswith("  51 % ")


def test_a_falling_loss_goes_from_the_upper_left_to_the_lower_right() -> None:
    plot = [row[7:] for row in lines(first_phase(4, 3, 2, 1))[1:5]]
    starts = [len(row) - len(row.lstrip()) for row in plot]
    assert starts == sorted(starts)
    assert starts[0] == 0
    assert len(plot[-1]) == 60 - 7


def test_the_second_phase_follows_behind_a_bar_and_keeps_the_accuracy_of_the_first() -> None:
    rows = lines(first_phase(3, 2, 1) + second_phase(3, 2, 0.7))
    assert rows[0] == "loss  0.700"
    bars = {row.index(MARK) for row in rows if MARK in row}
    assert len(bars) == 1
    bar = bars.pop()
    assert all(curve(part) for part in (rows[1][:bar], rows[1][bar:]))
    accuracy = rows[5]
    assert accuracy == "held-out accuracy  53 %  (phase 1)"
    assert not curve("".join(row[bar:] for row in rows[6:10]))
    assert "phase 1: 3 epochs" in rows[-1][:bar]
    assert "phase 2: 3 epochs" in rows[-1][bar:]


def test_a_training_with_nothing_kept_back_fills_the_width_without_a_bar() -> None:
    text = "\n".join(lines(second_phase(3, 2, 1)))
    assert MARK not in text
    assert "held-out accuracy  not measured" in text


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_numbers_that_are_none_leave_the_rest_of_the_curve(bad: float) -> None:
    rows = lines(first_phase(3, bad, 1))
    assert rows[1].startswith(" 3.000 ")
    assert rows[4].startswith(" 1.000 ")
    assert "loss  not known yet" in lines(first_phase(bad))[0]


@pytest.mark.parametrize("width", [0, 1, 8, 20, 21, 79, 200])
@pytest.mark.parametrize("height", [1, 2, 4, 7, 11, 30])
@pytest.mark.parametrize("epochs", [0, 1, 2, 150])
def test_every_size_is_filled_and_none_overflows(width: int, height: int, epochs: int) -> None:
    points = first_phase(*(3 / (i + 1) for i in range(epochs))) + second_phase(*[1.0] * epochs)
    rows = lines(points, width, height)
    assert len(rows) <= height
    assert max(map(len, rows)) <= max(width, 0)


def test_a_low_plot_says_its_range_in_the_title() -> None:
    assert "loss  1.000  1.000 to 3.000" in lines(first_phase(3, 2, 1), 60, 4)[0]


def test_an_epoch_is_updated_and_the_next_one_is_added() -> None:
    course = TrainingCourse()
    for record in (
        progress("held-out", 1, 3.0),
        progress("held-out", 1, 2.9),
        progress("held-out", 2, 2.5),
        progress("all patterns", 1, 3.1),
    ):
        course = course.after(record)
    assert [(point.phase, point.epoch, point.loss) for point in course.points] == [
        ("held-out", 1, 2.9),
        ("held-out", 2, 2.5),
        ("all patterns", 1, 3.1),
    ]


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light", "ansi-dark"])
async def test_new_points_are_drawn_in_every_theme(theme: str) -> None:
    class Host(App[None]):
        def compose(self) -> ComposeResult:
            yield LossCurve()

    app = Host()
    app.theme = theme
    async with app.run_test(size=(40, 12)) as pilot:
        widget = app.query_one(LossCurve)
        widget.points = first_phase(3, 2, 1)
        await pilot.pause()
        strips = [widget.render_line(y) for y in range(12)]
        assert strips[0].text.rstrip() == "loss  1.000"
        colours = {segment.style.color for segment in strips[1] if segment.style}
        assert len(colours) > 1  # the curve stands out from its axis
