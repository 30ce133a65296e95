"""Patterns as arrays: what was read comes out again, and training reads a word as chatting does."""

from __future__ import annotations

import numpy as np

from chatbot.intents.types import Intent, Intents
from chatbot.learning.data import (
    NO_NOISE,
    FeatureTable,
    encode,
    hashes_of,
    patterns_of,
    why_not_learnable,
)
from chatbot.words import features

MESSAGES = [("what", "time", "is", "it", "?"), ("time",), ("xin", "chào", "👍")]


def test_the_words_of_a_message_come_out_as_they_were_read() -> None:
    messages = encode(MESSAGES)
    assert messages.words_of(2) == MESSAGES[2]
    assert list(messages) == MESSAGES


def test_chosen_messages_keep_their_words() -> None:
    messages = encode(MESSAGES).only(np.array([2, 0]))
    assert list(messages) == [MESSAGES[2], MESSAGES[0]]


def test_the_distinct_words_are_those_of_the_chosen_messages_alone() -> None:
    words = encode(MESSAGES).distinct_words(np.array([1, 2]))
    assert set(words) - {""} == {"time", "xin", "chào", "👍"}
    assert len(words) == len(set(words))


def test_every_feature_of_a_learned_word_has_a_row_of_its_own() -> None:
    messages = encode(MESSAGES)
    table = FeatureTable(messages.vocabulary, hashes_of(messages.vocabulary))
    batch = table.batch(messages, np.arange(1), NO_NOISE, np.random.default_rng(0))
    assert batch.lengths.tolist() == [5]
    assert (batch.features > 0).all()
    assert len(batch.features) == sum(len(features(word)) for word in MESSAGES[0])


def test_fewer_than_two_intents_with_patterns_cannot_be_learned_and_it_says_how_to_go_on() -> None:
    one = Intents((Intent("a", ("x",), ("r",)), Intent("b", (" ",), ("r",))), None)
    two = Intents((Intent("a", ("x",), ("r",)), Intent("b", ("y",), ("r",))), None)
    assert "Add patterns" in (why_not_learnable(patterns_of(one)) or "")
    assert why_not_learnable(patterns_of(two)) is None
