"""The figures of an evaluation, against a computation by hand."""

from __future__ import annotations

import numpy as np
import pytest

from chatbot.quality.metrics import figures, learning_curve
from chatbot.quality.report import as_lines, as_markdown
from chatbot.quality.results import (
    Answer,
    Confusion,
    Evaluated,
    EvaluationFailed,
    EvaluationProgress,
    OutOfScope,
    decode,
    encode,
)

ANSWERS = (
    Answer("a1", "a", "a", 0.95, True),
    Answer("a2", "a", "a", 0.85, True),
    Answer("a3", "a", "b", 0.65, True),
    Answer("b1", "b", "b", 1.0, True),
    Answer("b2", "b", "a", 0.15, False),
    Answer("c1", "c", "c", 0.05, False),
)
TAGS = ("a", "b", "c", "lone")


@pytest.fixture
def found() -> Evaluated:
    return figures(ANSWERS, TAGS, source="six", seconds=1.0, not_asked=("lone",))


def test_every_figure_is_what_a_hand_computes(found: Evaluated) -> None:
    assert found.accuracy == pytest.approx(4 / 6)
    by_intent = {i.intent: i for i in found.intents}
    # a: 3 taken for it, 2 rightly, of 3.  b: 2 taken for it, 1 rightly, of 2.
    assert (by_intent["a"].precision, by_intent["a"].recall) == pytest.approx((2 / 3, 2 / 3))
    assert by_intent["a"].f1 == pytest.approx(2 / 3)
    assert (by_intent["b"].precision, by_intent["b"].recall) == (0.5, 0.5)
    assert by_intent["c"].f1 == 1
    assert [i.support for i in found.intents] == [3, 2, 1, 0]
    assert found.macro_f1 == pytest.approx((2 / 3 + 1 / 2 + 1) / 3), "who was not asked is left out"
    assert found.answered == pytest.approx(4 / 6)
    assert found.answered_rightly == pytest.approx(3 / 4)
    # Gaps of the bins, each with its share: .05, .15 (.85), .65, .15 (.15), .95; (.95 + 1) / 2
    gaps = (0.95 - 0.0) / 6 + 0.15 / 6 + 0.65 / 6 + 0.15 / 6 + (1 - 0.975) * 2 / 6
    assert found.calibration_error == pytest.approx(gaps)


def test_confusions_lead_to_their_messages(found: Evaluated) -> None:
    assert found.confusions == (Confusion("a", "b", 1), Confusion("b", "a", 1))
    assert [a.text for a in found.messages("a", "b")] == ["a3"]
    assert [a.text for a in found.messages("a", None)] == ["a1", "a2", "a3"]
    assert [a.text for a in found.messages(None, "a")] == ["a1", "a2", "b2"]
    assert [a.text for a in found.wrong] == ["a3", "b2"]


def test_the_histogram_counts_every_answer_once(found: Evaluated) -> None:
    counts = [(b.right, b.wrong) for b in found.histogram]
    assert counts == [
        (1, 0),
        (0, 1),
        (0, 0),
        (0, 0),
        (0, 0),
        (0, 0),
        (0, 1),
        (0, 0),
        (1, 0),
        (2, 0),
    ]


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ([0, 0, 0, 0] * 50, [1, 0, 0, 0] * 50, "Yes, more examples would help"),
        ([1, 0] * 400, [1, 0] * 400, "hardly help"),
        ([1, 1, 0, 0], [1, 1, 1, 0], "do not show"),
        ([1], [1], "hardly help"),
    ],
)
def test_the_curve_says_no_more_than_it_can(before: list[int], after: list[int], says: str) -> None:
    right = [np.array(flags, dtype=bool) for flags in (before, after)]
    curve = learning_curve((0.75, 1.0), (30.0, 40.0), right)
    assert says in curve.verdict
    difference = np.array(after) - np.array(before)
    assert curve.gain == pytest.approx(difference.mean())
    if len(difference) > 1:
        expected = difference.std(ddof=1) / len(difference) ** 0.5
        assert curve.gain_error == pytest.approx(expected)


def test_records_survive_their_line(found: Evaluated) -> None:
    right = [np.array([True, False]), np.array([True, True])]
    curve = learning_curve((0.75, 1.0), (30.0, 40.0), right)
    strangers = OutOfScope(("x",), (Answer("\ud83d half", "x", "a", 0.5, False),), 1.0)
    from dataclasses import replace

    full = replace(found, curve=curve, out_of_scope=strangers)
    progress = EvaluationProgress("fold", 1, 5, 0.1, None, 2.0, 8.0)
    for record in (found, full, progress, EvaluationFailed("no")):
        line = encode(record)
        assert "\n" not in line and line.isascii()
        assert decode(line) == record
    for line in ("", "[]", "{}", '{"record": "saved"}', '{"record": "evaluated"}', "Warning: x"):
        assert decode(line) is None


def test_reports_show_ugly_messages_as_text() -> None:
    ugly = "\x1b[2J|<b>*x*\n\ud83d"
    found = figures(
        (Answer(ugly, "a", "b", 0.5, True), Answer("y", "b", "b", 0.5, True)),
        ("a", "b"), source="two", seconds=0.1,
    )  # fmt: skip
    text = "\n".join(as_lines(found))
    assert "\x1b" not in text and "\\x1b[2J|<b>*x*\\n\\ud83d" in text
    page = as_markdown(found)
    assert "\x1b" not in page and r"\|\<b\>\*x\*" in page
    page.encode()
