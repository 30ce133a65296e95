"""The captions, for figures as the textbooks have them and for figures that say otherwise."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chatbot.insight.forgetting import CHATTER, LAGS, Measured, OnMessage
from chatbot.lab import captions
from chatbot.lab.captions import listed, portion
from chatbot.lab.results import CellResult, Course, DeepResult, Lab, Sentence

WORDS = ("what", "time", "is")


def sentence(before: list[tuple[float, ...]], after: list[tuple[float, ...]]) -> Sentence:
    def read(shares: tuple[float, ...]) -> OnMessage:
        return OnMessage(shares, shares, shares)

    return Sentence(
        "what time is", WORDS, False, "time", tuple(map(read, before)), tuple(map(read, after))
    )


RISING, MIDDLE, FALLING = (0.1, 0.3, 0.6), (0.2, 0.7, 0.1), (0.7, 0.2, 0.1)


@pytest.mark.parametrize(
    ("before", "after", "says", "never"),
    [
        (
            [RISING] * 3,
            [MIDDLE] * 3,
            ["all 3", "60 %", "guides", "10 %, and “time” has the most"],
            [],
        ),
        ([RISING] * 3, [MIDDLE, FALLING, MIDDLE], ["all 3", "other words have more"], ["“time”"]),
        ([RISING] * 3, [RISING, MIDDLE, MIDDLE], ["that is true of only 1 of them"], []),
        ([RISING] * 3, [RISING] * 3, ["has not changed"], []),
        ([MIDDLE, RISING, RISING], [MIDDLE] * 3, ["in 2 of the 3", "in 0 after"], ["guides"]),
    ],
)
def test_the_circles(
    before: list[tuple[float, ...]],
    after: list[tuple[float, ...]],
    says: list[str],
    never: list[str],
) -> None:
    text = captions.circles(sentence(before, after))
    assert all(part in text for part in says), text
    assert not any(part in text for part in never), text


def test_the_circle_of_no_word_and_of_one() -> None:
    nothing = Sentence("", (), False, "", (), ())
    assert "nothing to remember" in captions.circles(nothing)
    one = replace(sentence([(1.0,)] * 3, [(1.0,)] * 3), words=("hi",))
    assert "whole memory" in captions.circles(one)


def with_gradient(lab: Lab, before: list[float], after: list[float]) -> Lab:
    def measured(old: Measured, reached: float) -> Measured:
        return replace(old, through_time=(*[1.0] * LAGS, reached))

    cells = tuple(
        replace(
            cell,
            measured_untrained=measured(cell.measured_untrained, b),
            measured_trained=measured(cell.measured_trained, a),
        )
        for cell, b, a in zip(lab.cells, before, after, strict=True)
    )
    return replace(lab, cells=cells)


@pytest.mark.parametrize(
    ("before", "after", "says", "never"),
    [
        ([0.003] * 3, [0.3, 0.4, 0.5], ["hardly any", "gates or not", "raised that to 30 %"], []),
        ([0.003] * 3, [0.001] * 3, ["hardly any", "has not raised"], ["raised that to"]),
        ([0.003] * 3, [0.001, 0.4, 0.002], ["raised that only in the LSTM"], []),
        ([0.2, 0.003, 0.3], [0.3, 0.4, 0.5], ["20 %", "raised that to"], ["hardly", "gates"]),
    ],
)
def test_the_gradient_through_time(
    lab: Lab, before: list[float], after: list[float], says: list[str], never: list[str]
) -> None:
    text = captions.through_time(with_gradient(lab, before, after))
    assert all(part in text for part in says), text
    assert not any(part in text for part in never), text


def with_answers(lab: Lab, right: list[int], asked: int = 200) -> Lab:
    def cell(old: CellResult, count: int) -> CellResult:
        counts = (asked, *[count] * (len(CHATTER) - 1))
        return replace(old, measured_trained=replace(old.measured_trained, learned_right=counts))

    cells = tuple(cell(old, count) for old, count in zip(lab.cells, right, strict=True))
    return replace(lab, cells=cells, learned_asked=asked)


@pytest.mark.parametrize(
    ("right", "asked", "says"),
    [
        ([40, 188, 187], 200, "the cells with gates remember longer"),
        ([40, 188, 41], 200, "the LSTM remembers longer than the plain RNN"),
        ([40, 41, 190], 200, "the GRU remembers longer than the plain RNN"),
        ([190, 40, 41], 200, "the plain RNN remembers longest"),
        ([100, 104, 99], 200, "no clear difference"),
        ([2, 3, 4], 5, "no clear difference"),
        ([50, 50, 50], 200, "no clear difference"),
    ],
)
def test_the_chatter_test(lab: Lab, right: list[int], asked: int, says: str) -> None:
    text = captions.chatter(with_answers(lab, right, asked))
    assert says in text
    assert f"{right[0]} of {asked}" in text
    assert f"the LSTM {right[1]} and the GRU {right[2]}" in text


def with_losses(lab: Lab, sigmoid: float, tanh: float) -> Lab:
    def deep(old: DeepResult, last: float) -> DeepResult:
        return replace(old, course=Course((2.0,) * 20 + (last,) * 20, (1.0,) * 40))

    return replace(lab, deep=(deep(lab.deep[0], sigmoid), deep(lab.deep[1], tanh)))


def test_the_deep_networks(lab: Lab) -> None:
    text = captions.layers(with_losses(lab, 1.95, 0.1))
    assert "sigmoid network has hardly learned" in text and "tanh network has learned (" in text
    text = captions.layers(with_losses(lab, 0.1, 1.2))
    assert "sigmoid network has learned (" in text and "tanh network has learned a little" in text
    assert portion(lab.deep[0].layers_untrained[0]) in text


def test_the_training(lab: Lab) -> None:
    risen = captions.training(with_gradient(lab, [0.003] * 3, [0.3] * 3))
    assert "fell from" in risen and "rose from" in risen and "have learned to" in risen
    fallen = captions.training(with_gradient(lab, [0.3] * 3, [0.003, 0.4, 0.4]))
    assert "went from 30 % to 0.3 %" in fallen and "have learned" not in fallen
    worse = tuple(
        replace(cell, course=Course((1.0,) * 20 + (2.0,) * 20, (1.0,) * 40)) for cell in lab.cells
    )
    assert "fell" not in captions.training(replace(lab, cells=worse))


def test_every_caption_of_a_real_lab_is_one_sentence(lab: Lab) -> None:
    for text in (
        captions.through_time(lab),
        captions.layers(lab),
        captions.chatter(lab),
        captions.training(lab),
    ):
        assert text.endswith(".") and ". " not in text


def test_shares_are_written_as_finely_as_they_need() -> None:
    written = [portion(share) for share in (7.5, 1, 0.29, 0.0995, 0.019, 0.0031, 1e-6, 0)]
    assert written == ["750 %", "100 %", "29 %", "10 %", "1.9 %", "0.31 %", "1 in 1,000,000",
                       "nothing"]  # fmt: skip
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
