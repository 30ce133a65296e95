"""Slots are forgotten where somebody asks for it."""

from __future__ import annotations

import pytest

from chatbot.conversation import Chatbot
from tests.conversation.test_slots import INTENTS, SLOTS, bot_of, intent, talk


@pytest.fixture(scope="module")
def bot() -> Chatbot:
    return bot_of()


@pytest.mark.parametrize(
    "message",
    ["forget everything", "Please forget all of it!", "forget what I said", "quên hết đi",
     "hãy quên những gì mình nói", "vergiss alles", "oublie tout", "olvida todo",
     "forget about me"],
)  # fmt: skip
def test_everything_is_forgotten(bot: Chatbot, message: str) -> None:
    dialogue, turns = talk(bot, "rain in Hue", "a room for 2", message)
    assert dialogue.slots == {}
    assert turns[-1].reply == "I have forgotten: city, people."
    assert turns[-1].is_answered and turns[-1].lets_go


@pytest.mark.parametrize("message", ["forget the city", "forget my city please", "quên city đi"])
def test_one_slot_is_forgotten_by_its_name(bot: Chatbot, message: str) -> None:
    dialogue, turns = talk(bot, "rain in Hue", "a room for 2", message)
    assert dialogue.slots == {"people": "2"}
    assert turns[-1].reply == "I have forgotten: city."


@pytest.mark.parametrize(
    "message",
    ["forget the dog", "forget everything?", "I forget everything", "forget",
     "did you forget the city", "quên city rồi à"],
)  # fmt: skip
def test_nothing_else_is_forgotten(bot: Chatbot, message: str) -> None:
    dialogue, _ = talk(bot, "rain in Hue", message)
    assert dialogue.slots == {"city": "Hue"}


@pytest.mark.parametrize(
    ("slot", "message"), [("name", "quên tên tôi đi"), ("ten", "forget my name")]
)
def test_a_name_is_forgotten_in_another_language(slot: str, message: str) -> None:
    call = intent("call", ["call me"], "Hi.", slot)
    dialogue, _ = talk(bot_of({slot: {}}, [call]), "call me", "Ann", message)
    assert dialogue.slots == {}


def test_what_is_not_known_cannot_be_forgotten(bot: Chatbot) -> None:
    assert talk(bot, "forget everything")[1][0].reply == "Sorry?"


def test_a_bot_that_is_about_forgetting_answers_that() -> None:
    own = intent("own", ["forget everything"], "Never!")
    dialogue, turns = talk(bot_of(SLOTS, [*INTENTS, own]), "rain in Hue", "forget everything")
    assert turns[1].reply == "Never!" and dialogue.slots == {"city": "Hue"}
