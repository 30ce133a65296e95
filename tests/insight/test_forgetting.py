"""What is left of a message after chatter, and what comes back, worked out the slow way."""

from __future__ import annotations

import numpy as np
import pytest

from chatbot.insight.forgetting import (
    CHATTER,
    FILLER,
    LAGS,
    Asked,
    likeliest,
    measure,
    on_message,
    states_after_filler,
    through_time,
)
from chatbot.insight.gradients import gradient_norms, logit_gradient
from tests.random_network import Network

WORDS = ("tell", "me", "the", "time")


def test_the_filler_is_as_long_as_the_longest_chatter_and_as_the_gradient() -> None:
    assert len(FILLER) == CHATTER[-1] >= LAGS
    assert CHATTER[0] == 0, "the first figure is without chatter"


def test_the_states_are_those_of_the_message_with_filler_behind(network: Network) -> None:
    recurrent, _ = network
    states = states_after_filler(recurrent, WORDS)
    for state, count in zip(states, CHATTER, strict=True):
        expected = recurrent.read([*WORDS, *FILLER[:count]])[-1].hidden
        np.testing.assert_array_equal(state, expected)


def test_right_answers_are_counted_for_learned_and_held_out_patterns_apart(
    network: Network,
) -> None:
    recurrent, classifier = network
    asked = [
        Asked(("what", "time", "is", "it"), 0, held_out=False),
        Asked(("i", "am", "hungry"), 1, held_out=False),
        Asked(("tell", "me", "a", "joke"), 2, held_out=True),
        Asked(("tell", "me", "a", "joke"), 0, held_out=True),
    ]
    found = measure(recurrent.weights, asked)
    for position, count in enumerate(CHATTER):
        right = []
        for pattern in asked:
            steps = recurrent.read([*pattern.words, *FILLER[:count]])
            right.append(int(classifier.logits(steps[-1].hidden).argmax()) == pattern.intent)
        assert found.learned_right[position] == sum(right[:2])
        assert found.held_out_right[position] == sum(right[2:])
    assert found.learned_right[0] == 2
    assert found.held_out_right[0] == 1, "a joke is not the time"


def test_the_gradient_is_the_mean_of_what_is_relative_to_the_last_word(network: Network) -> None:
    recurrent, _ = network
    asked = [Asked(WORDS, 0, held_out=True), Asked(("something", "funny"), 2, held_out=True)]
    rows = []
    for pattern in asked:
        steps = recurrent.read([*pattern.words, *FILLER[:LAGS]])
        gradient = logit_gradient(recurrent.weights, steps[-1].hidden, pattern.intent)
        norms = gradient_norms(recurrent, steps, gradient)
        rows.append([norms[-1 - lag] / norms[-1] for lag in range(LAGS + 1)])
    found = through_time(recurrent.weights, asked)
    assert found == pytest.approx(np.mean(rows, axis=0))
    assert found[0] == 1


def test_with_nothing_held_out_the_gradient_is_of_what_was_learned(network: Network) -> None:
    recurrent, _ = network
    learned = [Asked(WORDS, 0, held_out=False)]
    found = measure(recurrent.weights, learned)
    assert found.through_time == through_time(recurrent.weights, learned)
    assert found.held_out_right == (0,) * len(CHATTER)


def test_a_message_has_its_shares_gradient_and_probabilities(network: Network) -> None:
    recurrent, classifier = network
    found = on_message(recurrent.weights, classifier.intents, WORDS, 0)
    assert len(found.shares) == len(found.gradient) == len(WORDS)
    assert sum(found.shares) == pytest.approx(1)
    assert found.gradient[-1] == 1
    logits = classifier.logits(recurrent.read(WORDS)[-1].hidden).astype(np.float64)
    expected = np.exp(logits) / np.exp(logits).sum()
    assert found.probabilities[0] == pytest.approx(expected[0], rel=1e-4)
    assert likeliest([recurrent.weights], WORDS) == int(logits.argmax())


def test_unknown_words_only_are_no_trouble(network: Network) -> None:
    recurrent, classifier = network
    found = on_message(recurrent.weights, classifier.intents, ("\U0001f600", "zzzxq"), 0)
    assert np.isfinite([*found.shares, *found.gradient, *found.probabilities]).all()
