"""How sure a bot is: what was learned on small bots is not carried on to large ones."""

from __future__ import annotations

import numpy as np

from chatbot.learning.judging import (
    MOST_INTENTS,
    MOST_PATTERNS,
    Others,
    bot_numbers,
    judged,
    memory_of,
)
from tests.random_network import PARTS, random_weights, remembering


def numbers_of(intents: int, patterns: int) -> np.ndarray:
    labels = np.repeat(np.arange(intents), patterns)
    views = np.random.default_rng(0).normal(size=(len(labels), 8)).astype(np.float32)
    views /= np.linalg.norm(views, axis=1, keepdims=True)
    return bot_numbers(views, labels, None)


def test_a_bot_of_very_many_intents_is_not_surer_for_their_number_alone() -> None:
    largest, larger = numbers_of(MOST_INTENTS, 4), numbers_of(150, 4)
    assert larger[0] == largest[0] > numbers_of(MOST_INTENTS - 4, 4)[0]


def test_nor_is_one_of_very_many_patterns() -> None:
    assert numbers_of(4, 90)[1] == numbers_of(4, MOST_PATTERNS)[1] > numbers_of(4, 3)[1]


def test_the_layer_of_out_of_scope_examples_tells_them_from_the_patterns() -> None:
    weights = random_weights("gru", like_base=True)
    rows = np.eye(8, weights.embedding_size, dtype=np.float32)
    patterns, examples = rows[:6], rows[6:]
    found = Others(np.zeros((0, PARTS[-1]), np.float32), examples).scope_layer(weights, patterns, 6)
    assert found.shape == (1, weights.embedding_size + 1)
    leads = rows @ found[0, :-1] + found[0, -1]
    assert (leads[:6] > 0.5).all() and (leads[6:] < -0.5).all()


def test_a_file_without_such_examples_has_no_such_layer() -> None:
    weights = random_weights("gru", like_base=True)
    patterns = np.eye(6, weights.embedding_size, dtype=np.float32)
    others = Others(np.zeros((0, PARTS[-1]), np.float32), patterns[:0])
    assert others.scope_layer(weights, patterns, 6).shape == (0, weights.embedding_size + 1)


def test_nothing_is_left_out_where_a_single_intent_would_be_left() -> None:
    weights = remembering(random_weights("gru", like_base=True))
    embedded = np.eye(2, weights.embedding_size, dtype=np.float32)
    background = np.zeros((3, PARTS[-1]), np.float32)
    for intents, strange in ((1, 0), (2, 0), (3, 2)):
        labels = np.arange(2) % intents
        memory = memory_of(weights, embedded, labels, intents, Others(background, embedded[:0]))
        logits = np.ones((2, intents), np.float32)
        found = judged(weights, memory, embedded, logits, labels)
        assert (len(found.numbers), len(found.out_of_scope)) == (2, strange)


def test_a_sample_of_the_patterns_gives_the_layer_of_all() -> None:
    """As if each of the sample stood there as often as it stands for."""
    weights = random_weights("gru", like_base=True)
    rows = np.random.default_rng(0).normal(size=(14, weights.embedding_size)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    others = Others(np.zeros((0, PARTS[-1]), np.float32), rows[10:])
    all_of_them = others.scope_layer(weights, np.repeat(rows[:10], 5, axis=0), 50)
    np.testing.assert_allclose(others.scope_layer(weights, rows[:10], 50), all_of_them, atol=0.02)
