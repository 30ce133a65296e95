"""Corrections take back what they correct: a timer, an entry of an order, a part of a date."""

from __future__ import annotations

from typing import Any

import pytest

from chatbot.actions import Later
from chatbot.conversation import Chatbot, Turn
from chatbot.conversation import dialogue as dialogues
from chatbot.conversation.leads import adds, correcting, denied
from chatbot.words import words
from tests.conversation.test_slots import bot_of, intent, replies, talk

SLOTS: dict[str, Any] = {
    "duration": {"kind": "duration", "remember": False},
    "at": {"kind": "time", "remember": False},
    "when": {"kind": "date", "remember": False},
    "dish": {"values": ["tea", "coffee", "cake"], "closed": True},
    "count": {"values": {"1": ["one"], "2": ["two"], "3": ["three"]}, "closed": True},
    "order": {"entry": "{count|1} {dish}"},
}
OPTIONAL = {name: {"required": False} for name in ("duration", "at", "when")}
INTENTS = [
    intent(
        "timer",
        ["set a timer", "set a timer for 10 minutes", "wake me at 7", "set a timer for 20 minutes"],
        "{result}",
        slots=OPTIONAL,
        action="timer",
    ),
    intent(
        "order", ["bring [2](count) [tea](dish)", "bring me {dish}"], "So far {order}.",
        slots={"dish": ["What?"]}, entries={"order": "add"},
    ),
    intent(
        "leave_out", ["without [tea](dish)", "wrong {dish}"], "Left: {order}.",
        entries={"order": "remove"},
    ),
    intent("no", ["no", "not at all"], "Fine."),
]  # fmt: skip
CALLED_OFF = "The one before is called off."


@pytest.fixture(scope="module")
def bot() -> Chatbot:
    return bot_of(SLOTS, INTENTS)


def last(bot: Chatbot, *messages: str) -> Turn:
    return talk(bot, *messages)[1][-1]


@pytest.mark.parametrize(
    "message",
    [
        "no, 20 minutes", "no, 20", "no wait, I meant 20 minutes", "sorry, 20 minutes",
        "20 minutes", "actually make it 20 minutes", "oh, 20 minutes please", "à nhầm, 20 phút",
        "nhầm rồi, 20 phút", "ý mình là 20 phút", "không phải, 20 phút", "20 minutes, not 10",
        "not 10 minutes, 20 minutes", "20 minutes instead of 10", "no, set a timer for 20 minutes",
    ],
)  # fmt: skip
def test_a_corrected_timer_runs_instead_of_the_first(bot: Chatbot, message: str) -> None:
    turn = last(bot, "set a timer for 10 minutes", message)
    assert turn.reply == f"I will tell you in 20:00 min\n{CALLED_OFF}"
    assert turn.later == (Later(1200, "Time is up: 20:00 min"),)
    assert turn.takes_back == (Later(600, "Time is up: 10:00 min"),)


@pytest.mark.parametrize(
    "message",
    ["and 20 minutes", "and another for 20 minutes", "also 20 minutes", "và 20 phút",
     "set a timer for 20 minutes"],
)  # fmt: skip
def test_one_more_timer_leaves_the_first(bot: Chatbot, message: str) -> None:
    turn = last(bot, "set a timer for 10 minutes", message)
    assert turn.reply == "I will tell you in 20:00 min"
    assert turn.later and turn.takes_back == ()


def test_a_second_correction_takes_back_the_first_one(bot: Chatbot) -> None:
    turn = last(bot, "set a timer for 10 minutes", "no, 20 minutes", "no, 30 minutes")
    assert [later.seconds for later in turn.takes_back] == [1200]


def test_what_a_timer_cannot_do_takes_nothing_back(bot: Chatbot) -> None:
    turn = last(bot, "set a timer for 10 minutes", "no, 3 days")
    assert turn.reply == "I can wait for at most a day"
    assert turn.takes_back == turn.later == ()


def test_what_only_names_a_while_takes_no_timer_back(bot: Chatbot) -> None:
    turn = last(bot, "set a timer for 10 minutes", "we talked on it for 20 minutes")
    assert turn.later == turn.takes_back == ()


def test_a_timer_that_has_rung_is_not_called_off(
    bot: Chatbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    passed = [0.0]
    monkeypatch.setattr(dialogues, "monotonic", lambda: passed[0])
    conversation = bot.conversation()
    conversation.reply("set a timer for 10 minutes")
    passed[0] = 601
    turn = conversation.reply("no, 20 minutes")
    assert turn.takes_back == () and CALLED_OFF not in turn.reply


def test_an_alarm_is_corrected_to_a_timer_and_back(bot: Chatbot) -> None:
    assert "at 08:00, in" in last(bot, "wake me at 7", "no, at 8").reply
    assert "at 08:00, in" in last(bot, "wake me at 7", "not 7, 8").reply
    assert "in 20:00 min" in last(bot, "wake me at 7", "no, in 20 minutes").reply
    assert "at 20:00, in" in last(bot, "set a timer for 10 minutes", "no, at 8 pm").reply


def test_a_correction_leaves_the_rest_of_what_it_corrects(bot: Chatbot) -> None:
    conversation = bot.conversation()
    conversation.reply("set a timer")
    far = conversation.reply("at 23:59 tomorrow").later[0].seconds
    assert far > 24 * 3600 - 60
    near = conversation.reply("no, at 23:58").later[0].seconds
    assert 0 <= far - near - 60 < 2, "still tomorrow"


def test_a_number_alone_answers_how_many_minutes(bot: Chatbot) -> None:
    assert last(bot, "set a timer", "10").reply == "I will tell you in 10:00 min"
    assert last(bot, "set a timer", "twenty").reply == "I will tell you in 20:00 min"
    assert "at 07:30, in" in last(bot, "set a timer", "at 7:30").reply
    assert last(bot, "set a timer", "never mind").lets_go


@pytest.mark.parametrize(
    "message",
    ["no, cake", "no, not tea, cake", "sorry, I meant cake", "nhầm, cake", "ý mình là cake"],
)
def test_a_correction_of_an_order_is_no_other_intent(bot: Chatbot, message: str) -> None:
    assert replies(bot, "bring 2 tea", message)[1] == "So far 2 cake."


def test_a_number_alone_is_of_what_was_ordered_last(bot: Chatbot) -> None:
    patterns = ["bring [2](count) [tea](dish)", "bring me {dish}", "[3](count) of them"]
    order = {**INTENTS[1], "patterns": patterns}
    ordering = bot_of(SLOTS, [order, *INTENTS[2:]])
    assert replies(ordering, "bring me cake", "3")[1] == "So far 3 cake."


def test_what_is_added_or_left_out_is_no_correction(bot: Chatbot) -> None:
    assert replies(bot, "bring 2 tea", "and cake")[1] == "So far 2 tea, 1 cake."
    assert replies(bot, "bring 2 tea", "plus 3 cake")[1] == "So far 2 tea, 3 cake."
    assert replies(bot, "bring 2 tea", "bring me cake", "without tea")[2] == "Left: 1 cake."


@pytest.mark.parametrize(
    ("message", "count"),
    [
        ("no, 20", 2), ("no 20", 0), ("oh no, sorry, I meant 20", 7), ("sorry", 0), ("no", 0),
        ("wait, no: 20", 4), ("khong phai, 20", 3), ("không trà", 0), ("à, không, trà", 4),
        ("不对,20", 3), ("wait 20 minutes", 0), ("nham, 20", 2), ("", 0), ("?!", 0),
    ],
)  # fmt: skip
def test_the_words_that_only_correct(message: str, count: int) -> None:
    assert correcting(words(message)) == count


def test_the_words_that_deny_and_that_add() -> None:
    assert denied(words("20 minutes, not 10, please")) == range(3, 5)
    assert not denied(words("no, 20"))
    assert adds(words("and 20")) and adds(words("20 more, too")) and not adds(words("I want 20"))
    assert adds(words("cả trà")) and not adds(words("cà phê đen")) and not adds(words("ý mình"))
