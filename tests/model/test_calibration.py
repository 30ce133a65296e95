"""Calibration: what is assumed where nobody has said it, pinned by what it does."""

from __future__ import annotations

import numpy as np
import pytest

from chatbot.model import calibration
from chatbot.model.classifier import in_scope_probability


def patterns(count: int, intents: int = 4, own: float = 9.0) -> tuple[np.ndarray, np.ndarray]:
    """Logits of patterns that clearly excite their own intent, and their labels."""
    labels = np.arange(count) % intents
    logits = np.random.default_rng(0).normal(size=(count, intents)).astype(np.float32)
    logits[np.arange(count), labels] += own
    return logits, labels


def test_where_nothing_tells_them_apart_four_in_five_messages_are_taken_to_be_in_scope() -> None:
    """Of hundreds of intents alike, the loss of one changes no energy: only the prior is left.

    A fifth out of scope is what is assumed of the messages that a bot gets.
    """
    labels = np.arange(200)
    rng = np.random.default_rng(0)
    logits, outliers = (rng.normal(size=(200, 400)).astype(np.float32) for _ in range(2))
    fitted = calibration.fit(logits, labels, outliers)
    middle = np.array([np.logaddexp.reduce(logits.astype(float), axis=1).mean()])
    assert in_scope_probability(middle, fitted)[0] == pytest.approx(0.8, abs=0.03)


def test_the_outliers_nearest_to_the_patterns_may_be_in_scope_and_do_not_count() -> None:
    logits, labels = patterns(80)
    far = np.random.default_rng(1).normal(size=(85, 4)).astype(np.float32)
    near = logits[:15]  # 15 of 100
    alone = calibration.fit(logits, labels, far)
    with_near = calibration.fit(logits, labels, np.concatenate([far, near]))
    assert with_near.scope_energy == pytest.approx(alone.scope_energy, abs=0.15)
    assert with_near.scope_slope == pytest.approx(alone.scope_slope, rel=0.1)


def test_when_many_outliers_look_like_patterns_the_border_does_move() -> None:
    logits, labels = patterns(80)
    far = np.random.default_rng(1).normal(size=(60, 4)).astype(np.float32)
    alone = calibration.fit(logits, labels, far)
    with_near = calibration.fit(logits, labels, np.concatenate([far, logits[:40]]))
    assert with_near.scope_slope < 0.9 * alone.scope_slope
    assert with_near.scope_energy > alone.scope_energy + 0.3


def test_with_few_patterns_the_border_of_scope_is_a_slope_and_not_a_cliff() -> None:
    """Six patterns that separate perfectly are no proof: half-way must not be certain."""
    logits, labels = patterns(6, intents=3)
    fitted = calibration.fit(logits, labels)
    energies = np.logaddexp.reduce(logits.astype(float), axis=1)
    nearer = np.array([energies.min() - 2.0])
    assert 0.05 < in_scope_probability(nearer, fitted)[0] < 0.98


def test_a_threshold_is_never_absurd_however_the_held_out_patterns_fall() -> None:
    for own in (0.5, 3.0, 12.0):
        logits, labels = patterns(12, own=own)
        assert 0.4 <= calibration.fit(logits, labels).threshold <= 0.6


def test_the_calibration_error_is_the_gap_between_what_is_claimed_and_what_is_right() -> None:
    confidence = np.array([0.95] * 10 + [0.55] * 10)
    right = np.array([True] * 9 + [False] + [True] * 2 + [False] * 8)
    error = calibration.expected_calibration_error(confidence, right)
    assert error == pytest.approx((0.05 + 0.35) / 2)


def test_full_certainty_falls_into_the_last_bin() -> None:
    ones = np.ones(4)
    assert calibration.expected_calibration_error(ones, ones.astype(bool)) == 0
    assert calibration.expected_calibration_error(ones, np.zeros(4, bool)) == 1


def test_where_strange_messages_excite_more_than_patterns_scope_is_told_by_nothing() -> None:
    """A curve that falls would say that strange messages are the familiar ones: it stays flat."""
    logits, labels = patterns(60, own=1.0)
    strange = np.full((60, 4), 9, np.float32) + logits
    fitted = calibration.fit(logits, labels, strange)
    low, high = in_scope_probability(np.array([0.0, 12.0]), fitted)
    assert 0 <= high - low < 0.01


def test_out_of_scope_examples_of_the_file_move_the_border() -> None:
    logits, labels = patterns(80)
    examples = (logits[:30] * 0.8).astype(np.float32)
    alone = calibration.fit(logits, labels)
    assert calibration.fit(logits, labels, examples=logits[:0]) == alone
    told = calibration.fit(logits, labels, examples=examples)
    energies = np.logaddexp.reduce(examples.astype(float), axis=1)
    before, after = (in_scope_probability(energies, fitted).mean() for fitted in (alone, told))
    assert after < before - 0.02
