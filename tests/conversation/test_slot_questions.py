"""A question for a slot may name what is known already."""

from __future__ import annotations

from typing import Any

from tests.conversation.test_slots import bot_of, replies

SLOTS = {
    "size": {"values": ["small", "large"], "closed": True},
    "city": {"values": ["Hue", "Hanoi"], "closed": True},
}
INTENTS: list[dict[str, Any]] = [
    {
        "tag": "pizza",
        "patterns": ["a {size} pizza", "bring me a pizza"],
        "responses": ["A {size|plain} pizza to {city}."],
        "slots": {"city": ["Where shall the {size|} pizza go, {user}?"]},
    },
    {"tag": "who", "patterns": ["who are you"], "responses": ["A bot."]},
]


def test_a_question_is_filled_like_a_reply() -> None:
    bot = bot_of(SLOTS, INTENTS)
    first = "Where shall the large pizza go, ann?"
    assert replies(bot, "a large pizza", "Hue") == [first, "A large pizza to Hue."]
    assert replies(bot, "bring me a pizza")[0] == "Where shall the pizza go, ann?"
