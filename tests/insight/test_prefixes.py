"""The answer so far: what counts as evidence, and how much each word changed the state."""

from __future__ import annotations

import numpy as np
import pytest

from chatbot.conversation.reader import Reader
from chatbot.insight.prefixes import answers_so_far, changes, hidden_states
from chatbot.insight.shares import Shares
from chatbot.insight.tracing import trace
from chatbot.model.classifier import Calibration, IntentClassifier
from chatbot.network.rows import FeatureRows
from chatbot.network.step import Step
from chatbot.network.weights import Weights
from tests.random_network import random_network


@pytest.fixture
def classifier() -> IntentClassifier:
    """Of three intents, each excited by one unit of the state."""
    eye, zeros = np.eye(3, dtype=np.float32), np.zeros(3, np.float32)
    none = FeatureRows.none(3)
    weights = Weights(
        "rnn", none, zeros, zeros, eye, eye, zeros, zeros, projection_weight=eye,
        projection_bias=zeros, output_weight=eye * 10, output_bias=zeros - 5, base=none,
    )  # fmt: skip
    calibration = Calibration(temperature=1.0, scope_energy=2.0, scope_slope=1.0, threshold=0.5)
    return IntentClassifier(weights, ("hello", "time", "bye"), calibration)


def state(*values: float) -> np.ndarray:
    return np.array(values, np.float32)


def test_a_mark_behind_a_known_word_does_not_take_the_answer_back() -> None:
    """“time ?”: the mark alone says nothing, but “time” has been said."""
    reader = Reader(*random_network("gru"))
    first, second, third = trace(reader, reader.read("time ? qqqqqq")).answers
    assert first.confidence > 0 and second.confidence > 0 and third.confidence > 0
    assert second.confidence == pytest.approx(reader.read("time ?").prediction.confidence)


def test_before_the_first_known_word_nothing_is_claimed() -> None:
    reader = Reader(*random_network("gru"))
    answers = trace(reader, reader.read("? qqqqqq time it")).answers
    assert [answer.confidence > 0 for answer in answers] == [False, False, True, True]
    assert [answer.in_scope for answer in answers[:2]] == [False, False]


def test_an_answer_so_far_is_in_scope_from_the_threshold_on(classifier: IntentClassifier) -> None:
    calibration = classifier.calibration
    assert isinstance(calibration, Calibration)
    confidence = float(classifier.confidences(state(1, 0, 0)).max())
    exactly = Calibration(
        calibration.temperature, calibration.scope_energy, calibration.scope_slope, confidence
    )
    at_it = IntentClassifier(classifier._weights, classifier.intents, exactly)
    (answer,) = answers_so_far(at_it, state(1, 0, 0)[None], np.array([True]))
    assert answer.in_scope and not answer.is_pattern


def test_the_first_words_change_is_counted_from_the_empty_state() -> None:
    assert changes(np.stack([state(1, 1, 1), state(1, 1, 1), state(-1, -1, -1)])) == (1, 0, 2)


def test_the_states_of_no_steps_have_the_width_of_the_state() -> None:
    assert hidden_states((), 7).shape == (0, 7)
    assert hidden_states((Step(state(1, 2, 3), state(0, 0, 0)),), 3).tolist() == [[1, 2, 3]]


def test_a_word_owns_a_unit_that_it_pushes_down_hardest() -> None:
    shares = Shares(
        ("one", "two"),
        units=np.array([[1, -5, 0.5], [2, 3, -0.4]], np.float32),
        intents=np.zeros((2, 3), np.float32),
        is_exact=True,
    )
    assert shares.owners.tolist() == [1, 0, 0]
    assert shares.of_memory == pytest.approx((6.5 / 11.9, 5.4 / 11.9))
