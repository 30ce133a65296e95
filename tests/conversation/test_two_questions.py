"""Two questions in one message are both answered; one question is left whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatbot.conversation.bot import Chatbot
from chatbot.conversation.reader import Reader
from chatbot.conversation.turn import Turn
from chatbot.conversation.two_questions import MOST_WORDS
from chatbot.intents.types import Context, Intent, Intents
from tests.conversation.test_dialogue import Parrot
from tests.random_network import random_network

INTENTS = Intents(
    (
        Intent("time", ("what time is it", "tell me the time"), ("Noon.",), (Context("a", 2),)),
        Intent("joke", ("tell me a joke", "make me laugh"), ("Ha!",), (Context("b", 3),)),
        Intent("hello", ("hello", "hello and tell me the time"), ("Hi.",)),
        Intent("chinese", ("现在几点", "讲个笑话吧"), ("十二点。",)),
        Intent("number", ("12", "what is 3"), ("A number.",)),
        Intent("fallback", (), ("Sorry?",)),
    ),
    Intent("fallback", (), ("Sorry?",)),
)


@pytest.fixture(scope="module")
def bot() -> Chatbot:
    made = Chatbot.__new__(Chatbot)
    made.intents, made.replier, made.threshold = INTENTS, Parrot(), None
    made.reader, made._latest = Reader(*random_network("gru", INTENTS), INTENTS), made
    return made


def parts(turn: Turn) -> list[tuple[str, str]]:
    return [(part.message, part.prediction.intent) for part in turn.parts]


@pytest.mark.parametrize(
    ("message", "first", "second"),
    [
        ("What time is it? Tell me a joke!", "What time is it?", "Tell me a joke!"),
        ("what time is it, tell me a joke", "what time is it,", "tell me a joke"),
        ("what time is it tell me a joke", "what time is it", "tell me a joke"),
        ("what time is it …\n\ntell me a joke", "what time is it …", "tell me a joke"),
        ("WHAT TIME IS IT\x1b[31m  make me laugh", "WHAT TIME IS IT", "make me laugh"),
    ],
)
def test_both_are_answered_in_their_order(
    bot: Chatbot, message: str, first: str, second: str
) -> None:
    turn = bot.reply(message)
    assert parts(turn) == [(first, "time"), (second, "joke")]
    assert turn.reply == "Noon.\nHa!"
    assert turn.reading.message == message
    assert not turn.offers.choices


def test_a_greeting_before_a_mark_is_a_part(bot: Chatbot) -> None:
    assert bot.reply("Hello, tell me a joke").reply == "Hi.\nHa!"


@pytest.mark.parametrize(
    "message",
    [
        "",
        "?",
        "?! ?!",
        "hello",
        "what time is it",
        "Hello, and tell me the time!",  # a pattern
        "what time is it? tell me the time",  # the same twice
        "tell me a joke 12",  # a word alone
        "zzz qqq zzz, qqq zzz qqq",
        "what time is it, zzz qqq",
        "现在几点讲个笑话吧12",  # nothing between
        "what time is it? " * 20 + "tell me a joke",
    ],
)
def test_one_message_is_left_whole(bot: Chatbot, message: str) -> None:
    assert bot.reply(message).parts == ()


def test_a_long_message_is_not_searched(bot: Chatbot) -> None:
    message = "what time is it, " + "tell me a joke " * MOST_WORDS
    assert bot.reply(message).parts == ()


def test_what_both_answers_make_active_is_active(bot: Chatbot) -> None:
    turn = bot.conversation().reply("what time is it? tell me a joke")
    assert turn.contexts == (Context("a", 2), Context("b", 3))


def default_bot() -> Chatbot:
    root = Path(__file__).parents[2]
    return Chatbot.load(root / "intents.json", root / "models" / "intents", seed=1)


@pytest.mark.parametrize(
    ("message", "answer"),
    [
        ("my name is Anna and what time is it in Tokyo?", "Tokyo"),
        ("my name is Anna, and what time is it in Tokyo?", "Tokyo"),
        ("my name is Anna and who made you?", ""),
    ],
)
def test_a_name_is_not_cut_off_from_what_says_it_and_is_remembered(
    message: str, answer: str
) -> None:
    conversation = default_bot().conversation()
    turn = conversation.reply(message)
    assert turn.parts[0].prediction.intent == "introduction"
    assert "Anna" in turn.reply
    assert answer in turn.reply
    assert "computer" not in turn.reply
    assert "You told me" not in turn.reply
    assert conversation.slots["name"] == "Anna"


def test_a_greeting_before_a_name_is_no_question_of_its_own() -> None:
    conversation = default_bot().conversation()
    turn = conversation.reply("hi, my name is Anna")
    assert not turn.parts
    assert conversation.slots["name"] == "Anna"


@pytest.mark.parametrize(
    "message",
    [
        "how do you process a sentence",  # the words before make what follows surer
        "I do not agree at all",  # what follows only weakens them
        "lol, very funny joke",  # what follows is about the same
        "no need to tell me who you are",  # the next word takes the answer back
        "I am not sorry at all",
        "I'd rather not speak with a human being",
        "it's not true that nobody likes me",
    ],
)
def test_one_question_whose_parts_mean_something_else_is_left_whole(message: str) -> None:
    assert not default_bot().reply(message).parts


@pytest.mark.parametrize(
    ("message", "intents"),
    [
        ("how old are you and are you a robot", ("age", "are_you_human")),
        ("I hate you. goodbye.", ("insult", "goodbye")),
        ("my name is Anna, what time is it?", ("introduction", "time")),
        ("flip a coin and set a timer for 5 minutes", ("flip_coin", "timer")),
    ],
)
def test_two_questions_to_the_default_bot_are_both_answered(
    message: str, intents: tuple[str, str]
) -> None:
    assert tuple(part.prediction.intent for part in default_bot().reply(message).parts) == intents
