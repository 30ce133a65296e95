"""Shares against their definition: every order of the words, one after the other."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations

import numpy as np
import pytest

from chatbot.insight import shares
from chatbot.insight.shares import (
    Shares,
    centred_logits,
    game_of,
    sampled_shares,
    shapley_weights,
    shares_of,
)
from chatbot.network.step import Step
from tests.random_network import INTENTS, Network

ROUNDING = 1e-5
"""Between states (float32, within ±1) that were worked out in another order. A processor's matrix
product may round otherwise for one column than for many."""


def state(network: Network, words: list[str]) -> np.ndarray:
    steps = network[0].read(words)
    return steps[-1].hidden if steps else network[0].initial_state.hidden


def logits(network: Network, words: list[str]) -> np.ndarray:
    if not words:
        return np.zeros(len(INTENTS.intents))  # the empty message speaks for nothing
    return centred_logits(network[1], state(network, words))


def near(found: np.ndarray, expected: np.ndarray) -> None:
    """Differ by rounding alone: float32 has 7 digits, and processors add up in their own order."""
    np.testing.assert_allclose(found, expected, atol=1e-5 * np.abs(expected).max(initial=0))


def shares_found(network: Network, words: list[str]) -> Shares:
    found, _ = shares_of(*network, words)
    assert found is not None, "nobody asked to stop"
    return found


def by_definition(value: Callable[[list[str]], np.ndarray], words: list[str]) -> np.ndarray:
    """Mean gain of each word over all orders in which the words can join the message."""
    orders = list(permutations(range(len(words))))
    gains = np.zeros((len(words), len(value([]))))
    for order in orders:
        for joined in range(len(words)):
            before = [words[t] for t in sorted(order[:joined])]
            after = [words[t] for t in sorted(order[: joined + 1])]
            gains[order[joined]] += value(after) - value(before)
    return gains / len(orders)


@pytest.mark.parametrize(
    "message", ["what time is it ?", "time time time", "qqqq zzz", "eat", "tell qzq me"]
)
def test_shares_are_the_mean_gain_over_all_orders(network: Network, message: str) -> None:
    words = message.split()
    found = shares_found(network, words)
    assert found.is_exact
    units = by_definition(lambda some: state(network, some), words)
    np.testing.assert_allclose(found.units, units, atol=1e-5)
    intents = by_definition(lambda some: logits(network, some), words)
    np.testing.assert_allclose(found.intents, intents, atol=2e-5)


def test_the_rows_sum_to_the_state_and_to_the_logits_and_the_shares_to_one(
    network: Network,
) -> None:
    words = ["could", "you", "please", "tell", "me", "what", "time", "it", "is", "right", "now"]
    found = shares_found(network, words)
    np.testing.assert_allclose(found.units.sum(axis=0), state(network, words), atol=1e-5)
    np.testing.assert_allclose(found.intents.sum(axis=0), logits(network, words), atol=5e-5)
    assert sum(found.of_memory) == pytest.approx(1, abs=1e-9)
    assert set(found.owners.tolist()) <= set(range(len(words)))


def test_every_subset_has_the_state_that_reading_it_gives(network: Network) -> None:
    words = ["what", "time", "is", "it"]
    table = game_of(*network, words)
    assert table.states.shape == (16, network[0].weights.hidden_size)
    for subset, found in enumerate(table.states):
        kept = [word for t, word in enumerate(words) if subset >> t & 1]
        near(found, state(network, kept))


def test_a_word_that_changes_nothing_anywhere_has_no_share() -> None:
    weights = shapley_weights(3)
    subsets = np.arange(8)
    value = np.where(subsets & 1, 5.0, 0.0) + np.where(subsets & 2, 2.0, 0.0)
    np.testing.assert_allclose(weights @ value, [5, 2, 0], atol=1e-6)


def test_no_words_have_no_shares_and_do_no_harm(network: Network) -> None:
    found = shares_found(network, [])
    assert found.units.shape[0] == 0 and found.of_memory == ()


def test_one_word_has_the_whole_memory(network: Network) -> None:
    assert shares_found(network, ["time"]).of_memory == (1.0,)


def test_a_long_message_is_sampled_says_so_and_still_sums_exactly(network: Network) -> None:
    words = ("please tell me what time it is " * 3).split()
    assert len(words) > shares.EXACT_WORDS
    found = shares_found(network, words)
    assert not found.is_exact
    np.testing.assert_allclose(found.units.sum(axis=0), state(network, words), atol=1e-4)
    np.testing.assert_allclose(found.intents.sum(axis=0), logits(network, words), atol=5e-4)


def test_sampled_shares_come_near_the_exact_ones(network: Network) -> None:
    words = ["could", "you", "tell", "me", "what", "time", "it", "is"]
    exact = game_of(*network, words).shares()
    sampled = sampled_shares(*network, words)
    np.testing.assert_allclose(sampled.of_memory, exact.of_memory, atol=0.05)


@pytest.mark.parametrize("off", [{0}, {4}, {1, 3}, {0, 1, 2, 3}, set()])
def test_the_game_without_some_words_is_that_of_the_shorter_message(
    network: Network, off: set[int]
) -> None:
    words = ["please", "what", "time", "is", "it"]
    kept = [word for t, word in enumerate(words) if t not in off]
    part = game_of(*network, words).without(off)
    whole = game_of(*network, kept)
    assert part.words == whole.words
    near(part.states, whole.states)
    near(part.shares().units, whole.shares().units)
    near(part.shares().intents, whole.shares().intents)


@pytest.mark.parametrize(
    "before",
    [
        "what time is it",
        "what time is it now please",
        "what time was it",
        "something else",
        "",
        "what time is it now",
    ],
)
def test_a_game_that_goes_on_from_another_is_as_if_it_had_begun_anew(
    network: Network, before: str
) -> None:
    words = ["what", "time", "is", "it", "now"]
    anew = game_of(*network, words)
    went_on = game_of(*network, words, game_of(*network, before.split()))
    assert went_on.words == anew.words
    near(went_on.states, anew.states)
    near(went_on.logits, anew.logits)


def test_one_word_more_takes_only_the_new_half_of_the_steps(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = game_of(*network, ["what", "time", "is"])
    taken = []
    step = network[0].step_columns

    def noted(word: str, before: Step) -> Step:
        taken.append((word, before.hidden.shape[1]))
        return step(word, before)

    monkeypatch.setattr(network[0], "step_columns", noted)
    game_of(*network, ["what", "time", "is", "it"], before)
    game_of(*network, ["what", "time"], before)
    assert taken == [("it", 8)]
