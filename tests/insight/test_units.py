"""Units and directions: contributions sum to the logit, portraits are means over the patterns."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

import chatbot
from chatbot.conversation.bot import Chatbot
from chatbot.insight.neighbours import PatternStates
from chatbot.insight.shares import centred_logits
from chatbot.insight.units import (
    LEAST_OFTEN,
    contributions,
    decisive,
    direction_of_intent,
    direction_of_unit,
    portrait,
)
from chatbot.network.cells import CELLS
from chatbot.network.feed_forward import embeddings
from chatbot.network.weights import Weights
from chatbot.words import words
from tests.random_network import random_network


@pytest.fixture(scope="module")
def bot(trained_folder: Path) -> Chatbot:
    return chatbot.load(trained_folder / "intents.json", trained_folder / "models/intents", seed=0)


@pytest.fixture(scope="module")
def patterns(bot: Chatbot) -> PatternStates:
    return PatternStates(bot.reader)


def state_of(bot: Chatbot, message: str) -> np.ndarray:
    return bot.read(message).steps[-1].hidden


def test_contributions_and_biases_are_the_centred_logit(bot: Chatbot) -> None:
    weights, state = bot.model.weights, state_of(bot, "what time is it")
    logits = centred_logits(bot.reader.classifier, state)
    assert with_biases(weights, state) == pytest.approx(logits, abs=1e-3)


def with_biases(weights: Weights, state: np.ndarray) -> np.ndarray:
    """Return the contributions to every intent, and what the biases add, summed: (intents,)."""
    rows = weights.output_weight - weights.output_weight.mean(axis=0)
    found: np.ndarray = weights.output_bias - weights.output_bias.mean()
    starts = np.cumsum((0, *weights.parts))
    for begin, end in pairwise(starts.tolist()):
        part = weights.projection_weight[begin:end] @ state + weights.projection_bias[begin:end]
        length = np.linalg.norm(part) * np.sqrt(len(weights.parts))
        found = found + rows[:, begin:end] @ weights.projection_bias[begin:end] / length
    found = found + [contributions(weights, state, k).sum() for k in range(len(rows))]
    return found


@pytest.mark.parametrize("cell", sorted(CELLS))
def test_they_are_the_logit_too_where_the_embedding_has_three_parts(cell: str) -> None:
    recurrent, classifier = random_network(cell, like_base=True)
    for message in ("what time is it", "zzz", "tell me a joke please"):
        state = recurrent.read(words(message))[-1].hidden
        expected = centred_logits(classifier, state)
        assert with_biases(recurrent.weights, state) == pytest.approx(expected, abs=1e-3)


def test_a_lead_is_the_difference_of_two_contributions(bot: Chatbot) -> None:
    weights, state = bot.model.weights, state_of(bot, "hello there")
    lead = contributions(weights, state, 0, 2)
    both = contributions(weights, state, 0) - contributions(weights, state, 2)
    assert lead == pytest.approx(both, abs=1e-5)
    logits = bot.reader.classifier.logits(state)
    second, best = np.argsort(logits)[-2:]
    expected = np.abs(contributions(weights, state, best, second))
    assert decisive(weights, state, logits) == pytest.approx(expected)


def test_the_words_that_raise_a_unit_are_means_over_all_their_places(
    bot: Chatbot, patterns: PatternStates
) -> None:
    unit = 7
    found = portrait(patterns, direction_of_unit(bot.model.weights, unit))
    places: dict[str, list[float]] = {}
    for intent in bot.intents.trainable:
        for pattern in intent.patterns:
            before = 0.0
            read = words(pattern)
            for word, step in zip(read, bot.reader.recurrent.read(read), strict=True):
                places.setdefault(word, []).append(float(step.hidden[unit]) - before)
                before = float(step.hidden[unit])
    often = {w: np.mean(c) for w, c in places.items() if len(c) >= LEAST_OFTEN}
    first, last = found.raised_by[0], found.lowered_by[0]
    assert first.change == pytest.approx(max(often.values()), abs=1e-5)
    assert last.change == pytest.approx(min(often.values()), abs=1e-5)
    assert first.change == pytest.approx(often[first.word], abs=1e-5)
    assert first.times == len(places[first.word])


def test_a_pattern_drives_a_unit_to_the_value_that_it_has_after_that_word(
    bot: Chatbot, patterns: PatternStates
) -> None:
    found = portrait(patterns, direction_of_unit(bot.model.weights, 3))
    for driven in (*found.highest, *found.lowest):
        values = [
            float(step.hidden[3])
            for word, step in zip(
                words(driven.pattern), bot.reader.recurrent.read(words(driven.pattern)), strict=True
            )
            if word == driven.word
        ]
        assert any(value == pytest.approx(driven.value, abs=1e-6) for value in values)
    assert [d.value for d in found.highest] == sorted(d.value for d in found.highest)[::-1]
    assert found.lowest[0].value <= found.highest[-1].value


def test_an_intent_is_the_first_that_its_own_direction_speaks_for(
    bot: Chatbot, patterns: PatternStates
) -> None:
    for k, intent in enumerate(bot.reader.classifier.intents):
        found = portrait(patterns, direction_of_intent(bot.model.weights, k))
        assert found.speaks_for[0][0] == intent
        assert found.highest[0].intent == intent, "its own patterns drive it highest"


def test_speaking_for_is_the_rise_of_the_logit(bot: Chatbot, patterns: PatternStates) -> None:
    weights = bot.model.weights
    direction = direction_of_unit(weights, 5)
    found = dict(portrait(patterns, direction).speaks_for)
    projected = patterns.finals @ weights.projection_weight.T + weights.projection_bias
    assert np.linalg.norm(embeddings(weights, patterns.finals), axis=1) == pytest.approx(1)
    rows = weights.output_weight - weights.output_weight.mean(axis=0)
    count, starts = len(weights.parts), np.cumsum((0, *weights.parts))
    for k, intent in enumerate(bot.reader.classifier.intents):
        expected = 0.0
        for begin, end in pairwise(starts.tolist()):
            length = np.linalg.norm(projected[:, begin:end], axis=1).mean() * np.sqrt(count)
            expected += rows[k, begin:end] @ weights.projection_weight[begin:end, 5] / length
        assert found[intent] == pytest.approx(float(expected), abs=1e-4)
