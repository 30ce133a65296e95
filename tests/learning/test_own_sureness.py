"""What a bot's own answers say about how sure is sure enough."""

from __future__ import annotations

import numpy as np
import pytest

from chatbot.learning.own_sureness import (
    OFFSET_RIDGE,
    OUT_OF_SCOPE_WEIGHT,
    RIDGE,
    SPREADS,
    adapted,
)
from chatbot.model import OF_ANSWERS, Sureness

NEAR = OF_ANSWERS.index("cosine to the answer's prototype")
SHARED = Sureness((0.1, 0.2, 0.5, -0.4, 4.0, 0.5, -1.5, -2.0, 0.3), -1.0)


def answers(count: int, near: float, seed: int = 0) -> np.ndarray:
    """Return numbers of answers, all so near to their prototype, else alike."""
    found: np.ndarray = np.random.default_rng(seed).normal(0.5, 0.05, (count, len(OF_ANSWERS)))
    found[:, NEAR] = near
    return found


def mean_chance(sureness: Sureness, numbers: np.ndarray) -> float:
    return float(sureness.chance(numbers).mean())


def test_without_messages_out_of_scope_nothing_would_speak_against_answering() -> None:
    nothing = np.zeros((0, len(OF_ANSWERS)))
    right = np.ones(500, bool)
    assert adapted(SHARED, nothing, np.zeros(0, bool), nothing) is SHARED
    assert adapted(SHARED, answers(500, 0.6), right, nothing) is SHARED


def test_a_bot_that_answers_its_patterns_rightly_is_surer_and_the_surer_the_more_they_are() -> None:
    chances = [mean_chance(SHARED, answers(9, 0.8))]
    for count in (20, 200, 2_000):
        right, far = np.ones(count, bool), answers(count, 0.2, seed=1)
        sureness = adapted(SHARED, answers(count, 0.8), right, far)
        chances.append(mean_chance(sureness, answers(9, 0.8)))
    assert chances == sorted(chances)
    assert chances[1] - chances[0] < 0.2
    assert chances[-1] > 0.9


def test_one_that_is_often_wrong_is_less_sure() -> None:
    is_right = np.arange(500) % 4 == 0
    sureness = adapted(SHARED, answers(500, 0.6), is_right, answers(500, 0.3, seed=1))
    assert mean_chance(sureness, answers(9, 0.6)) < mean_chance(SHARED, answers(9, 0.6)) - 0.2


def test_messages_of_an_intent_left_out_teach_what_is_far() -> None:
    """Right answers are near and those to others far: nearness comes to weigh more."""
    near, far = answers(3_000, 0.8, seed=1), answers(3_000, 0.5, seed=2)
    sureness = adapted(SHARED, near, np.ones(3_000, bool), far)
    assert sureness.coefficients[NEAR] > SHARED.coefficients[NEAR]
    assert mean_chance(sureness, near) > 0.8 > 0.4 > mean_chance(sureness, far)
    assert mean_chance(sureness, far) < mean_chance(SHARED, far)


def test_the_threshold_stays() -> None:
    asked = Sureness(SHARED.coefficients, SHARED.offset, 0.5)
    sureness = adapted(asked, answers(9, 0.6), np.ones(9, bool), answers(9, 0.2))
    assert sureness.threshold == 0.5


@pytest.mark.parametrize("far", [-1e3, 0.0, 1e3])
def test_numbers_of_any_size_give_finite_coefficients(far: float) -> None:
    sureness = adapted(SHARED, answers(50, far), np.ones(50, bool), answers(50, -far))
    assert np.isfinite([*sureness.coefficients, sureness.offset]).all()


def loss(
    of: Sureness, shared: Sureness, own: np.ndarray, right: np.ndarray, others: np.ndarray
) -> float:
    """Return what is minimised, written out."""
    rows = np.concatenate([own, others])
    z = rows @ np.array(of.coefficients) + of.offset
    unlikely = np.logaddexp(0, z) - np.concatenate([right, np.zeros(len(others))]) * z
    coefficients = np.array(of.coefficients) - np.array(shared.coefficients)
    moved = of.offset - shared.offset + rows.mean(axis=0) @ coefficients
    fit = unlikely[: len(own)].sum() + OUT_OF_SCOPE_WEIGHT * unlikely[len(own) :].sum()
    spreads = coefficients * SPREADS
    return float(fit + RIDGE / 2 * spreads @ spreads + OFFSET_RIDGE / 2 * moved**2)


@pytest.mark.parametrize("count", [80, 5_000, 20_000])
@pytest.mark.parametrize("offset", [-9.0, -4.0, -1.0, 3.0, 9.0])
def test_it_is_the_minimum_of_the_ridge_regression_that_it_claims_to_be(
    count: int, offset: float
) -> None:
    """From wherever it begins: full steps of Newton's method would fly away from far starts."""
    rng = np.random.default_rng(3)
    own, others = (rng.normal(size=(size, len(SPREADS))) * SPREADS for size in (count, count // 2))
    right = rng.random(count) < 0.7
    shared = Sureness(SHARED.coefficients, offset)
    sureness = adapted(shared, own, right, others)
    least = loss(sureness, shared, own, right, others)
    assert least <= loss(shared, shared, own, right, others)
    for change in (-0.01, 0.01):
        more = Sureness(sureness.coefficients, sureness.offset + change)
        assert loss(more, shared, own, right, others) > least
        for number in range(len(SPREADS)):
            moved = np.array(sureness.coefficients)
            moved[number] += change / SPREADS[number]
            more = Sureness(tuple(moved.tolist()), sureness.offset)
            assert loss(more, shared, own, right, others) > least
