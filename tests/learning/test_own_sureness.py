"""What a bot's own answers say about how sure is sure enough."""

from __future__ import annotations

import numpy as np
import pytest

from chatbot.learning.own_sureness import OFFSET, SLOPES, SPREADS, STRANGE, pulled
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


def test_without_answers_of_its_own_a_bot_is_as_sure_as_all_bots() -> None:
    nothing = np.zeros((0, len(OF_ANSWERS)))
    assert pulled(SHARED, nothing, np.zeros(0, bool), nothing) is SHARED


def test_a_bot_that_answers_its_patterns_rightly_is_surer_and_the_surer_the_more_they_are() -> None:
    before = mean_chance(SHARED, answers(9, 0.6))
    chances = [before]
    for count in (20, 200, 2_000):
        right, strange = np.ones(count, bool), answers(0, 0.3)
        sureness = pulled(SHARED, answers(count, 0.6), right, strange)
        chances.append(mean_chance(sureness, answers(9, 0.6)))
    assert chances == sorted(chances)
    assert chances[1] - before < 0.2
    assert chances[-1] > 0.95


def test_one_that_is_often_wrong_is_less_sure() -> None:
    wrong = np.arange(500) % 4 != 0
    sureness = pulled(SHARED, answers(500, 0.6), ~wrong, answers(0, 0.3))
    assert mean_chance(sureness, answers(9, 0.6)) == pytest.approx(0.25, abs=0.1)


def test_messages_of_an_intent_left_out_teach_what_is_far() -> None:
    """Right answers are near and those to strangers far: nearness comes to weigh more."""
    near, far = answers(3_000, 0.8, seed=1), answers(3_000, 0.5, seed=2)
    sureness = pulled(SHARED, near, np.ones(3_000, bool), far)
    assert sureness.coefficients[NEAR] > SHARED.coefficients[NEAR]
    assert mean_chance(sureness, near) > 0.8 > 0.4 > mean_chance(sureness, far)
    assert mean_chance(sureness, far) < mean_chance(SHARED, far)


def test_the_threshold_stays() -> None:
    asked = Sureness(SHARED.coefficients, SHARED.offset, 0.5)
    sureness = pulled(asked, answers(9, 0.6), np.ones(9, bool), answers(9, 0.2))
    assert sureness.threshold == 0.5


@pytest.mark.parametrize("far", [-1e3, 0.0, 1e3])
def test_numbers_of_any_size_give_finite_coefficients(far: float) -> None:
    sureness = pulled(SHARED, answers(50, far), np.ones(50, bool), answers(50, -far))
    assert np.isfinite([*sureness.coefficients, sureness.offset]).all()


def test_it_is_the_minimum_of_the_ridge_regression_that_it_claims_to_be() -> None:
    rng = np.random.default_rng(3)
    own, strange = (rng.normal(size=(count, len(SPREADS))) * SPREADS for count in (80, 60))
    right = rng.random(80) < 0.7
    rows = np.concatenate([own, strange])
    centre = rows.mean(axis=0)

    def loss(coefficients: np.ndarray, offset: float) -> float:
        z = rows @ coefficients + offset
        unlikely = np.logaddexp(0, z) - np.concatenate([right, np.zeros(60)]) * z
        slopes = (coefficients - SHARED.coefficients) * SPREADS
        moved = offset - SHARED.offset + centre @ (coefficients - SHARED.coefficients)
        fit = unlikely[:80].sum() + STRANGE * unlikely[80:].sum()
        return float(fit + SLOPES / 2 * slopes @ slopes + OFFSET / 2 * moved**2)

    sureness = pulled(SHARED, own, right, strange)
    coefficients, offset = np.array(sureness.coefficients), sureness.offset
    least = loss(coefficients, offset)
    assert least < loss(np.array(SHARED.coefficients), SHARED.offset)
    for change in (-0.01, 0.01):
        assert loss(coefficients, offset + change) > least
        for number in range(len(SPREADS)):
            moved = coefficients.copy()
            moved[number] += change / SPREADS[number]
            assert loss(moved, offset) > least
