"""Gates: what the cell kept, wrote and moved, from steps laid out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from chatbot.insight.gates import gate_use
from chatbot.network.step import Step


def array(*values: float) -> np.ndarray:
    return np.array(values, np.float32)


def gru_step(hidden: np.ndarray, keep: np.ndarray, look_back: np.ndarray) -> Step:
    return Step(hidden, hidden, update_gate=keep, reset_gate=look_back)


def test_what_was_written_is_worn_off_by_every_word_behind_it() -> None:
    first = gru_step(array(0.5, 0.5), array(0.0, 0.0), array(1.0, 0.5))
    second = gru_step(array(0.4, 0.5), array(0.8, 1.0), array(0.0, 0.0))
    third = gru_step(array(0.4, 0.1), array(0.5, 0.5), array(0.0, 0.0))
    uses = gate_use("gru", (first, second, third))
    assert uses is not None
    assert [use.left for use in uses] == pytest.approx([0.45, 0.5, 1.0])
    assert [use.keep for use in uses] == pytest.approx([0.0, 0.9, 0.5])
    assert [use.write for use in uses] == pytest.approx([1.0, 0.1, 0.5])
    assert uses[0].look_back == pytest.approx(0.75)


def test_a_unit_has_moved_when_a_person_would_see_it_in_the_picture() -> None:
    """A twentieth of the way from −1 to 1: less is a shade of the same colour."""
    still, moved = array(0.09, -0.09, 0.0), array(0.11, -0.12, 0.0)
    (use,) = gate_use("gru", (gru_step(still, still, still),)) or ()
    assert use.moved == 0
    (use,) = gate_use("gru", (gru_step(moved, moved, moved),)) or ()
    assert use.moved == 2


def test_an_lstm_keeps_by_its_forget_gate_and_looks_back_by_no_gate() -> None:
    step = Step(
        array(0.2), array(0.2), forget_gate=array(0.7), input_gate=array(0.4),
        output_gate=array(0.1), cell=array(0.3),
    )  # fmt: skip
    (use,) = gate_use("lstm", (step,)) or ()
    assert (use.keep, use.write) == pytest.approx((0.7, 0.4))
    assert use.look_back is None


def test_the_plain_cell_has_no_gates() -> None:
    assert gate_use("rnn", (Step(array(0.1), array(0.1)),)) is None
