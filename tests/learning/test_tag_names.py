"""Tags as words: what they say counts, and where they say nothing all is as without."""

from __future__ import annotations

import numpy as np
import pytest

from chatbot.intents.types import Intent, Intents
from chatbot.learning.data import patterns_of
from chatbot.learning.settings import Settings
from chatbot.learning.tag_names import spoken
from chatbot.learning.training import Trained, train
from chatbot.network import Weights, intent_logits
from chatbot.network.recurrent import Recurrent
from chatbot.words import words

PATTERNS = (
    ("my parcel is still not here", "has it left the warehouse", "when will it reach me"),
    ("I changed my mind about the shoes", "they do not fit", "can I bring it to the shop again"),
    ("what do you take", "can I use my visa here", "is cash fine"),
    ("the zip broke after a week", "this is a bad joke", "I am really angry with you people"),
)
SPEAKING = ("track_delivery", "returnItem", "payment-methods", "complaint")


def layer_of(tags: tuple[str, ...]) -> Weights:
    """Train a bot whose intents have these tags."""
    intents = [Intent(tag, said, ("r",)) for tag, said in zip(tags, PATTERNS, strict=True)]
    *_, trained = train(Intents(tuple(intents), None), Settings())
    assert isinstance(trained, Trained)
    return trained.weights


def chance(weights: Weights, message: str) -> np.ndarray:
    """Return the probability of each intent, (intents,)."""
    logits = intent_logits(weights, Recurrent(weights).final_states([words(message)]))[0]
    found: np.ndarray = np.exp(logits) / np.exp(logits).sum()
    return found


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("opening_hours", "opening hours"),
        ("bookTable", "book table"),
        ("ask/book-table_2", "ask book table"),
        ("gio_mo_cua", "gio mo cua"),
        ("FAQ: Rückgabe?", "faq rückgabe"),
        ("営業時間", "営業時間"),
        ("７", ""),
        ("___", ""),
        ("", ""),
        ("[bold]", "bold"),
    ],
)
def test_a_tag_is_read_as_its_words(tag: str, said: str) -> None:
    assert spoken([tag, "other", "things"])[0] == tuple(words(said))


def test_what_most_tags_begin_with_says_nothing() -> None:
    tags = [f"faq/ask_{name}" for name in ("hours", "price", "parking", "wifi", "parking_price")]
    assert spoken(tags)[:3] == [("hours",), ("price",), ("parking",)]
    assert spoken([f"intent_{number}" for number in range(9)]) == [()] * 9


def test_a_message_that_says_what_the_tag_says_finds_the_intent() -> None:
    with_names, without = layer_of(SPEAKING), layer_of(("a1", "a2", "a3", "a4"))
    for label, message in enumerate(
        ("track the delivery", "return an item", "payment methods", "make a complaint")
    ):
        now, before = chance(with_names, message), chance(without, message)
        assert now.argmax() == label
        assert now[label] > before[label]


def test_tags_that_say_nothing_or_something_else_leave_the_layer_as_it_is() -> None:
    plain = layer_of(("1", "2", "3", "4"))
    for tags in (
        ("t_1", "t_2", "t_3", "t_4"),
        ("payment_methods", "complaint", "track_delivery", "return_item"),
    ):
        assert np.array_equal(layer_of(tags).output_weight, plain.output_weight)


def test_a_tag_is_no_pattern_of_the_file() -> None:
    intents = [Intent(tag, said, ("r",)) for tag, said in zip(SPEAKING, PATTERNS, strict=True)]
    patterns = patterns_of(Intents(tuple(intents), None))
    *_, trained = train(Intents(tuple(intents), None), Settings())
    assert isinstance(trained, Trained)
    assert trained.metrics.patterns == len(patterns) == 12
