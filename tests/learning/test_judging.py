"""How sure a bot is: what was learned on small bots is not carried on to large ones."""

from __future__ import annotations

import numpy as np

from chatbot.learning.judging import MOST_INTENTS, MOST_PATTERNS, bot_numbers


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
