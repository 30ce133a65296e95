"""The layer on a frozen base: it separates, always in the same way."""

from __future__ import annotations

import numpy as np
import pytest

from chatbot.learning.data import Indices
from chatbot.learning.head import STRENGTH, Head, fitted
from chatbot.network.arrays import unit_length
from chatbot.network.rows import Floats


def clusters(
    intents: int, each: int, size: int = 24, spread: float = 0.5
) -> tuple[Floats, Indices]:
    """Return embeddings around a random direction for every intent, and their labels."""
    rng = np.random.default_rng(0)
    labels = np.repeat(np.arange(intents), each)
    centres = rng.normal(size=(intents, size))
    points = centres[labels] + spread * rng.normal(size=(len(labels), size))
    return unit_length(points).astype(np.float32), labels


def gradient_of(head: Head, embedded: Floats, labels: Indices, parts: int) -> np.ndarray:
    """Return the gradient of the loss by weight and bias, (intents, embedding + 1)."""
    scale = parts**0.5
    inputs = embedded.astype(float) * scale
    weight = head.weight.astype(float) / scale
    logits = inputs @ weight.T + head.bias
    logits -= logits.max(axis=1, keepdims=True)
    wrong = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    wrong[np.arange(len(labels)), labels] -= 1
    by_weight = STRENGTH * wrong.T @ inputs + weight
    return np.concatenate([by_weight, STRENGTH * wrong.sum(axis=0)[:, None]], axis=1)


def test_one_pattern_per_intent_is_enough_to_tell_them_apart() -> None:
    embedded, labels = clusters(7, 1)
    assert fitted(embedded, labels, 7).logits(embedded).argmax(axis=1).tolist() == list(range(7))


def test_the_same_pattern_in_two_intents_is_a_coin_toss_and_no_error() -> None:
    embedded = np.tile(np.eye(1, 8, dtype=np.float32), (2, 1))
    logits = fitted(embedded, np.array([0, 1]), 2).logits(embedded)
    assert np.isfinite(logits).all()
    assert logits[0] == pytest.approx(logits[0, ::-1], abs=1e-2)


def test_embeddings_of_zeros_leave_the_layer_finite() -> None:
    head = fitted(np.zeros((3, 4), np.float32), np.array([0, 1, 1]), 2)
    assert np.isfinite(head.weight).all() and not head.weight.any()
    assert head.bias[1] - head.bias[0] == pytest.approx(np.log(2), abs=1e-2), "how often each is"


def test_an_intent_of_which_nothing_is_learned_is_the_last_to_be_answered() -> None:
    embedded, labels = clusters(3, 4)
    logits = fitted(embedded, labels, 4).logits(embedded)
    assert (logits.argmin(axis=1) == 3).all()


@pytest.mark.parametrize("parts", [1, 3])
def test_what_is_separable_is_separated_and_so_is_what_was_not_learned(parts: int) -> None:
    embedded, labels = clusters(6, 12, size=48)
    learned = np.arange(len(labels)) % 3 != 0
    head = fitted(embedded[learned], labels[learned], 6, parts)
    right = head.logits(embedded).argmax(axis=1) == labels
    assert right[learned].all()
    assert right[~learned].mean() > 0.9


@pytest.mark.parametrize("parts", [1, 3])
@pytest.mark.parametrize(("intents", "each"), [(2, 2), (5, 10), (40, 5)])
def test_it_is_the_bottom_where_the_loss_no_longer_falls(
    intents: int, each: int, parts: int
) -> None:
    embedded, labels = clusters(intents, each)
    found = gradient_of(fitted(embedded, labels, intents, parts), embedded, labels, parts)
    zero = Head(np.zeros((intents, 24), np.float32), np.zeros(intents, np.float32))
    begun = gradient_of(zero, embedded, labels, parts)
    assert np.linalg.norm(found) < 0.02 * np.linalg.norm(begun)


def test_the_same_patterns_give_the_same_layer_in_any_order() -> None:
    embedded, labels = clusters(5, 6)
    one, again = fitted(embedded, labels, 5), fitted(embedded, labels, 5)
    np.testing.assert_array_equal(one.weight, again.weight)
    np.testing.assert_array_equal(one.bias, again.bias)
    order = np.random.default_rng(1).permutation(len(labels))
    other = fitted(embedded[order], labels[order], 5)
    np.testing.assert_allclose(other.logits(embedded), one.logits(embedded), atol=0.05)


def test_it_needs_no_seed_and_leaves_the_callers_numbers_alone() -> None:
    embedded, labels = clusters(3, 3)
    copy = embedded.copy()
    np.random.seed(3)
    expected = np.random.random()
    np.random.seed(3)
    fitted(embedded, labels, 3)
    assert np.random.random() == expected
    np.testing.assert_array_equal(embedded, copy)


def test_a_pattern_that_counts_twice_is_as_one_that_is_there_twice() -> None:
    embedded, labels = clusters(4, 3)
    twice = np.r_[np.arange(len(labels)), 2]
    counts = np.ones(len(labels), np.float32)
    counts[2] = 2
    by_count = fitted(embedded, labels, 4, weights=counts)
    by_twin = fitted(embedded[twice], labels[twice], 4)
    assert by_count.weight == pytest.approx(by_twin.weight, abs=1e-2)
    assert by_count.weight != pytest.approx(fitted(embedded, labels, 4).weight, abs=1e-2)
