"""Classifier and calibration: confidence, ranking, threshold."""

from __future__ import annotations

import numpy as np
import pytest

from chatbot import calibration
from chatbot.classifier import Calibration, IntentClassifier, confidences
from chatbot.weights import Weights

FITTED = Calibration(temperature=1.0, none_logit=2.0, threshold=0.5)


def classifier(fitted: Calibration = FITTED) -> IntentClassifier:
    eye = np.eye(3, dtype=np.float32)
    weights = Weights(
        "rnn", np.zeros(0, np.int32), eye, eye, eye, eye[0], eye[0],
        output_weight=eye * 10, output_bias=np.zeros(3, np.float32),
    )  # fmt: skip
    return IntentClassifier(weights, ("a", "b", "c"), fitted)


def state(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float32)


def test_a_clear_state_is_in_scope_and_ranked_best_first() -> None:
    prediction = classifier().predict(state(0.1, 0.9, 0.2))
    assert prediction.intent == "b" and prediction.in_scope
    assert [r.intent for r in prediction.ranking] == ["b", "c", "a"]
    assert prediction.confidence == pytest.approx(np.exp(9) / np.exp([2, 1, 9, 2]).sum())


def test_a_state_that_excites_nothing_is_out_of_scope_though_its_first_place_is_clear() -> None:
    prediction = classifier().predict(state(-0.3, -1.0, -1.0))
    assert prediction.intent == "a"
    assert not prediction.in_scope and prediction.confidence < 0.01


def test_confidences_sum_to_less_than_one_and_the_rest_is_none_of_them() -> None:
    total = confidences(np.array([[2.0, 2.0, 2.0]], np.float32), FITTED).sum()
    assert total == pytest.approx(0.75)


def test_when_nothing_in_the_message_is_known_every_confidence_is_zero() -> None:
    prediction = classifier().predict(state(1, 0, 0), evidence=False)
    assert {r.confidence for r in prediction.ranking} == {0.0}
    assert len(prediction.ranking) == 3 and not prediction.in_scope


def test_enormous_logits_do_not_overflow() -> None:
    with np.errstate(over="raise", invalid="raise"):
        result = confidences(np.array([1e30, -1e30], np.float32), FITTED)
    assert result.tolist() == [1.0, 0.0]


def test_calibration_undoes_overconfidence() -> None:
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 5, 4000)
    honest = rng.normal(size=(4000, 5)) * 2
    labels = np.array([rng.choice(5, p=np.exp(row) / np.exp(row).sum()) for row in honest])
    fitted = calibration.fit((honest * 2.5).astype(np.float32), labels)
    assert fitted.temperature > 1.8
    low, high = calibration.THRESHOLDS
    assert low <= fitted.threshold <= high


def test_calibration_survives_a_split_in_which_every_answer_is_wrong() -> None:
    logits = np.array([[5.0, 0.0], [5.0, 0.0]], np.float32)
    fitted = calibration.fit(logits, np.array([1, 1]))
    assert fitted.threshold == calibration.THRESHOLDS[1]


def test_a_model_that_is_often_wrong_says_sooner_that_it_does_not_know() -> None:
    sure, unsure = [6.0, 0.0, 0.0], [1.0, 0.5, 0.5]
    logits = np.array([sure] * 20 + [unsure] * 20, np.float32)
    often_wrong = np.array([0] * 20 + [1] * 15 + [0] * 5)
    fitted = calibration.fit(logits, often_wrong)
    best = confidences(logits, fitted).max(axis=1)
    assert (best[:20] >= fitted.threshold).all()
    assert (best[20:] < fitted.threshold).all()


def test_calibration_error_is_the_gap_between_confidence_and_accuracy() -> None:
    confidence = np.array([0.95, 0.95, 0.95, 0.95])
    right = np.array([True, True, False, False])
    assert calibration.expected_calibration_error(confidence, right) == pytest.approx(0.45)
    assert calibration.expected_calibration_error(np.array([1.0]), np.array([True])) == 0
