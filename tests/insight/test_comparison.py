"""Comparison: words are aligned by the fewest edits, and a flip is what swapping really does."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import chatbot
from chatbot.conversation.bot import Chatbot
from chatbot.insight.comparison import Pair, align, compare, compare_backwards
from chatbot.insight.explanation import Explanation, explain
from chatbot.insight.neighbours import PatternStates


@pytest.fixture(scope="module")
def bot(trained_folder: Path) -> Chatbot:
    return chatbot.load(trained_folder / "intents.json", trained_folder / "models/intents", seed=0)


@pytest.fixture(scope="module")
def patterns(bot: Chatbot) -> PatternStates:
    return PatternStates(bot.reader)


def explained(bot: Chatbot, patterns: PatternStates, message: str) -> Explanation:
    return explain(bot.reader, bot.read(message), patterns)


def edits(left: list[str], right: list[str]) -> int:
    if not left or not right:
        return len(left) + len(right)
    return min(
        edits(left[1:], right[1:]) + (left[0] != right[0]),
        edits(left[1:], right) + 1,
        edits(left, right[1:]) + 1,
    )


@given(st.lists(st.sampled_from("ab"), max_size=5), st.lists(st.sampled_from("abc"), max_size=5))
def test_any_two_messages_are_aligned_in_order_with_the_fewest_edits(
    left: list[str], right: list[str]
) -> None:
    pairs = align(left, right)
    assert [p.left for p in pairs if p.left is not None] == list(range(len(left)))
    assert [p.right for p in pairs if p.right is not None] == list(range(len(right)))
    assert Pair(None, None) not in pairs
    changed = [p for p in pairs if None in p or left[p.left or 0] != right[p.right or 0]]
    assert len(changed) == edits(left, right)


def test_the_word_whose_swap_flips_the_answer_is_found(
    bot: Chatbot, patterns: PatternStates
) -> None:
    left = explained(bot, patterns, "tell me the time")
    right = explained(bot, patterns, "hello to the time")
    for a, b in ((left, right), (right, left)):
        found = compare(bot.reader, a, b)
        if found.flip is not None:
            after = explained(bot, patterns, " ".join(found.flip.words))
            assert after.answer == found.flip.intent != a.answer
    found = compare(
        bot.reader, explained(bot, patterns, "time"), explained(bot, patterns, "goodbye")
    )
    assert found.flip is not None and found.flip.intent == "goodbye"
    assert found.flip.words == ("goodbye",)


def test_the_same_message_twice_differs_in_nothing(bot: Chatbot, patterns: PatternStates) -> None:
    one = explained(bot, patterns, "what time is it")
    found = compare(bot.reader, one, one)
    assert found.flip is None and found.distance == 0
    assert found.cosine == pytest.approx(1, abs=1e-6)


def test_backwards_every_word_meets_itself(bot: Chatbot, patterns: PatternStates) -> None:
    found = compare_backwards(bot.reader, explained(bot, patterns, "what time is it"), patterns)
    left, right = found.left.trace.words, found.right.trace.words
    assert right == ("it", "is", "time", "what")
    assert all(left[p.left or 0] == right[p.right or 0] for p in found.pairs)
    states = found.left.trace.hidden[-1], found.right.trace.hidden[-1]
    assert found.distance == pytest.approx(np.sqrt(np.mean((states[0] - states[1]) ** 2)))
    assert found.distance > 0, "the order is remembered"
