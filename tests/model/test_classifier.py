"""Classifier and calibration: confidence, ranking, threshold."""

from __future__ import annotations

import numpy as np
import pytest

from chatbot.model import calibration
from chatbot.model.classifier import Calibration, IntentClassifier, confidences
from chatbot.network.rows import FeatureRows
from chatbot.network.weights import Weights

FITTED = Calibration(temperature=1.0, scope_energy=2.0, scope_slope=1.0, threshold=0.5)


def classifier(fitted: Calibration = FITTED) -> IntentClassifier:
    eye, zeros = np.eye(3, dtype=np.float32), np.zeros(3, np.float32)
    weights = Weights(
        "rnn", FeatureRows.none(3), eye[0], zeros, eye, eye, zeros, zeros,
        projection_weight=eye, projection_bias=zeros,
        output_weight=eye * 10, output_bias=zeros - 5, base=FeatureRows.none(3),
    )  # fmt: skip
    return IntentClassifier(weights, ("a", "b", "c"), fitted)


def state(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float32)


def test_a_clear_state_is_in_scope_and_ranked_best_first() -> None:
    prediction = classifier().predict(state(0.0, 0.8, 0.6))
    assert prediction.intent == "b" and prediction.in_scope
    assert [r.intent for r in prediction.ranking] == ["b", "c", "a"]
    excited = np.exp([3, 1, -5])  # 10 times the unit embedding, minus 5
    in_scope = 1 / (1 + np.exp(2 - np.log(excited.sum())))
    assert prediction.confidence == pytest.approx(in_scope * excited[0] / excited.sum())


def test_the_surest_of_many_states_is_what_each_has_by_itself() -> None:
    states = np.random.default_rng(0).normal(size=(50, 3)).astype(np.float32)
    intents, found = classifier().surest(states)
    alone = [classifier().predict(each) for each in states]
    assert intents == [prediction.intent for prediction in alone]
    assert found.tolist() == pytest.approx([prediction.confidence for prediction in alone])


def test_only_the_direction_of_a_state_counts() -> None:
    near, far = (
        classifier().logits(state(0.0, 0.8, 0.6) * np.float32(length)) for length in (0.01, 10)
    )
    np.testing.assert_allclose(near, far, rtol=1e-5)


def test_a_state_that_excites_nothing_is_out_of_scope_though_its_first_place_is_clear() -> None:
    prediction = classifier().predict(state(0.01, -0.9, -0.9))
    assert prediction.intent == "a"
    assert not prediction.in_scope and prediction.confidence < 0.01


def test_the_zero_state_has_finite_logits() -> None:
    assert np.isfinite(classifier().logits(state(0, 0, 0))).all()


def test_confidences_sum_to_the_probability_of_being_in_scope() -> None:
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


def drawn(rng: np.random.Generator, count: int = 4000) -> tuple[np.ndarray, np.ndarray]:
    """Logits whose softmax is exactly how often each of five intents is right; energies vary."""
    honest = rng.normal(size=(count, 5)) * 2
    labels = np.array([rng.choice(5, p=np.exp(row) / np.exp(row).sum()) for row in honest])
    return honest, labels


def test_calibration_undoes_overconfidence() -> None:
    honest, labels = drawn(np.random.default_rng(0))
    fitted = calibration.fit((honest * 2.5).astype(np.float32), labels)
    assert fitted.temperature == pytest.approx(2.5, rel=0.1)
    low, high = calibration.THRESHOLDS
    assert low <= fitted.threshold <= high


def test_messages_that_excite_no_intent_are_told_by_their_energy() -> None:
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 4, 200)
    inside = rng.normal(size=(200, 4)).astype(np.float32)
    inside[np.arange(200), labels] += 9
    fitted = calibration.fit(inside, labels)
    strange = rng.normal(size=(200, 4)).astype(np.float32)
    assert (confidences(inside, fitted).max(axis=1) > fitted.threshold).mean() > 0.98
    assert (confidences(strange, fitted).max(axis=1) < fitted.threshold).mean() > 0.98


def test_outliers_move_the_border_of_scope_and_the_nearest_of_them_do_not() -> None:
    labels = np.arange(60) % 3
    inside = np.full((60, 3), -4, np.float32)
    inside[np.arange(60), labels] = 8
    near = np.full((40, 3), -4, np.float32)
    near[:, 0] = 5
    without, with_near = calibration.fit(inside, labels), calibration.fit(inside, labels, near)
    assert with_near.scope_energy > without.scope_energy
    assert confidences(near, with_near).max() < confidences(near, without).max()
    as_patterns = np.concatenate([near, inside[:8]])
    assert calibration.fit(inside, labels, as_patterns).scope_energy == pytest.approx(
        with_near.scope_energy, abs=0.5
    )


@pytest.mark.parametrize("intents", [2, 3])
def test_calibration_survives_a_split_in_which_every_answer_is_wrong(intents: int) -> None:
    logits = np.zeros((2, intents), np.float32)
    logits[:, 0] = 5
    fitted = calibration.fit(logits, np.array([1, 1]))
    assert np.isfinite([fitted.temperature, fitted.scope_energy, fitted.scope_slope]).all()
    assert fitted.scope_slope > 0
    low, high = calibration.THRESHOLDS
    assert low <= fitted.threshold <= high


def test_a_model_that_is_often_wrong_says_sooner_that_it_does_not_know() -> None:
    sure, unsure = [6.0, 0.0, 0.0], [3.0, 2.5, 2.5]
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


def test_when_nothing_is_known_the_nearest_intent_still_stands_first() -> None:
    known = classifier().predict(state(0.1, 0.8, 0.6))
    unknown = classifier().predict(state(0.1, 0.8, 0.6), evidence=False)
    assert [r.intent for r in unknown.ranking] == [r.intent for r in known.ranking]
    assert unknown.intent == "b"
