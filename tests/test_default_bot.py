"""The default bot, as shipped: its file, its model, and what a newcomer says first."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from chatbot.conversation.bot import Chatbot
from chatbot.intents.check import check_text
from chatbot.intents.storage import read_text
from chatbot.intents.types import Intents
from chatbot.learning.training import Settings, Trained, train
from chatbot.model import files as model_files
from chatbot.model.classifier import IntentClassifier
from chatbot.network.recurrent import Recurrent
from chatbot.words import words


@pytest.fixture(scope="module")
def bot(default_intents: Path, default_model: Path) -> Chatbot:
    return Chatbot.load(default_intents, default_model, seed=0)


def test_the_file_has_nothing_to_find_fault_with(default_intents: Path) -> None:
    assert check_text(read_text(default_intents)).findings == ()


def test_it_has_about_forty_intents_each_with_enough_to_learn_and_to_say(bot: Chatbot) -> None:
    assert 35 <= len(bot.intents.trainable) <= 50
    for intent in bot.intents.trainable:
        assert 12 <= len(intent.lines) <= 25, intent.tag
        assert len(intent.responses) >= 3, intent.tag
    assert bot.intents.fallback is not None


def test_the_shipped_model_was_trained_on_the_shipped_file(bot: Chatbot) -> None:
    assert not bot.is_stale
    assert bot.model.card.intents == tuple(intent.tag for intent in bot.intents.trainable)


def test_every_pattern_is_answered_and_with_its_own_intent(bot: Chatbot) -> None:
    predictions = [
        (bot.within(intent.context_filter).reader.read(pattern).prediction, pattern, intent.tag)
        for intent in bot.intents.trainable
        for pattern in intent.patterns
    ]
    wrong = [(p, tag) for made, p, tag in predictions if made.intent != tag or not made.in_scope]
    assert wrong == []


def test_the_cards_accuracy_is_of_patterns_that_were_held_out(default_model: Path) -> None:
    metrics = model_files.read_card(default_model).metrics
    assert metrics.held_out_patterns >= 0.1 * metrics.patterns
    assert metrics.held_out_accuracy is not None and metrics.held_out_accuracy < 1


@pytest.mark.parametrize(
    ("message", "intent"),
    [
        ("hi there", "greeting"),
        ("what's the time please", "time"),
        ("tell me what day it is today", "weekday"),
        ("who made you", "creator"),
        ("how are you", "how_are_you"),
        ("how can i retrain you", "retrain"),
        ("thank you very much", "thanks"),
        ("what is an rnn", "rnn"),
    ],
)
def test_messages_that_are_no_patterns_are_understood(
    bot: Chatbot, message: str, intent: str
) -> None:
    patterns = {p.lower() for i in bot.intents.trainable for p in i.patterns}
    assert message not in patterns
    prediction = bot.reply(message).reading.prediction
    assert (prediction.intent, prediction.in_scope) == (intent, True)


@pytest.mark.parametrize(
    "message",
    ["jdkjfkd skjdksjd", "asdkjh qwe zxcv", "qqq zzz kkk", "how much is a tesla", "order a pizza",
     "book a flight to paris", "lorem ipsum dolor sit amet", "wer hat das tor geschossen",
     "la sopa está fría", "what is the capital of france", "whats 2+2",
     "remind me to buy milk"],
)  # fmt: skip
def test_nonsense_and_strange_questions_get_the_fallback_reply(bot: Chatbot, message: str) -> None:
    turn = bot.reply(message)
    assert not turn.reading.prediction.in_scope
    assert bot.intents.fallback is not None
    assert turn.reply in bot.intents.fallback.responses


@pytest.mark.slow
def test_the_same_message_is_as_sure_of_few_intents_as_of_many(bot: Chatbot) -> None:
    few = Intents(
        tuple(i for i in bot.intents.trainable if i.tag in ("time", "joke", "thanks")), None
    )
    *_, small = train(few, Settings())
    assert isinstance(small, Trained)
    classifier = IntentClassifier(small.weights, small.tags, small.calibration)
    recurrent = Recurrent(small.weights)
    for message in ("what's the time please", "tell me something funny", "thank you very much"):
        alone = classifier.predict(recurrent.read(words(message))[-1].hidden)
        among_many = bot.read(message).prediction
        assert alone.intent == among_many.intent
        assert alone.confidence == pytest.approx(among_many.confidence, abs=0.2)


def test_no_reply_of_the_default_bot_shows_a_slot_unfilled(bot: Chatbot) -> None:
    for intent in bot.intents.intents:
        for _ in range(3 * len(intent.responses)):
            reply = bot.replier.reply(intent, named=intent.tag, confidence=0.5)
            assert "{" not in reply, (intent.tag, reply)


def test_it_greets_by_name_and_remembers_it(bot: Chatbot) -> None:
    conversation = bot.conversation()
    for name in ("Anna", "Mehmet", "Linh"):
        assert name in conversation.reply(f"my name is {name}").reply
        assert name in conversation.reply("What is my name?").reply
    conversation.forget()
    assert "Linh" not in conversation.reply("What is my name?").reply


@pytest.mark.parametrize("message", ["asdkjh qwe zzz", "hhhh jjj", "qwe, zzz!"])
def test_nonsense_is_no_other_name(bot: Chatbot, message: str) -> None:
    conversation = bot.conversation()
    conversation.reply("my name is Anna")
    turn = conversation.reply(message)
    assert not turn.is_answered
    assert turn.slots == ()
    assert "Anna" in conversation.reply("What is my name?").reply


def test_another_one_is_another_joke_only_after_a_joke(bot: Chatbot) -> None:
    conversation = bot.conversation()
    assert not conversation.reply("another one").reading.prediction.in_scope
    conversation.reply("tell me a joke")
    again = conversation.reply("another one")
    assert again.answers == "another_joke"
    joke = bot.intents.by_tag("joke")
    assert joke is not None
    assert again.reply in joke.responses


def test_it_rolls_dice_and_converts_units(bot: Chatbot) -> None:
    assert bot.reply("please roll 2d6").reply.count("+") == 1
    assert "41.8" in bot.reply("how many km are 26 miles").reply


def test_and_tomorrow_is_about_the_day_that_was_asked_for(bot: Chatbot) -> None:
    conversation = bot.conversation()
    today = datetime.now()
    names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    assert names[today.weekday()] in conversation.reply("What day is it?").reply
    tomorrow = conversation.reply("and tomorrow?").reply
    assert names[(today.weekday() + 1) % 7] in tomorrow and "tomorrow" in tomorrow
    after = conversation.reply("and the day after tomorrow").reply
    assert names[(today.weekday() + 2) % 7] in after
    assert "-12-25" in conversation.reply("how many days until christmas").reply
    turn = conversation.reply("how many days until the big day")
    assert turn.asks is not None, "no stale date"
    assert "Sunday" in conversation.reply("December 25, 2044").reply


def test_the_time_elsewhere_is_not_the_time_here(bot: Chatbot) -> None:
    conversation = bot.conversation()
    for message, city in (
        ("what time is it in Tokyo?", "Tokyo"), ("and in Hue?", "Hue"),
        ("and in Ulaanbaatar?", "Ulaanbaatar"),
    ):  # fmt: skip
        turn = conversation.reply(message)
        assert turn.answers == "time_elsewhere" and city in turn.reply
    assert conversation.reply("What time is it?").answers == "time"
    assert not conversation.reply("I live in Berlin").is_answered


def test_units_are_asked_for_as_people_do_and_asked_on(bot: Chatbot) -> None:
    for message, said in (
        ("ten kilometres in miles", "10 km = 6.21371 mi"),
        ("five foot ten in cm", "5 ft 10 in = 177.8 cm"), ('5\'10" in cm', "177.8 cm"),
        ("mười cây số là bao nhiêu dặm", "10 km = 6.21371 mi"),
        ("một mét bảy mươi lăm là bao nhiêu feet", "1.75 m = 5.74147 ft"),
    ):  # fmt: skip
        assert said in bot.reply(message).reply
    conversation = bot.conversation()
    for message, said in (
        ("convert 5 miles to km", "8.04672 km"), ("and 10 miles?", "16.0934 km"),
        ("and in metres?", "16093.4 m"),
    ):  # fmt: skip
        assert said in conversation.reply(message).reply


def test_feasts_and_weekends_are_days(bot: Chatbot) -> None:
    for message in ("when is chinese new year", "how many days until tet", "when is mid-autumn"):
        turn = bot.reply(message)
        assert turn.answers == "other_day" and turn.slots[0].slot == "when", message
    conversation = bot.conversation()
    conversation.reply("what day is it tomorrow")
    for message in ("what about the weekend", "and next weekend?"):
        assert "Saturday" in conversation.reply(message).reply or datetime.now().weekday() == 6


def test_it_flips_a_coin(bot: Chatbot) -> None:
    reply = bot.reply("please flip a coin").reply
    assert reply.endswith(("heads.", "tails."))


def test_a_day_is_no_question_of_its_own(bot: Chatbot) -> None:
    for message in ("which weekday is the 9th of June?", "which weekday is the 4th of August"):
        turn = bot.reply(message)
        assert (turn.answers, turn.parts) == ("other_day", ())
    assert len(bot.reply("what's the date and what time is it in London").parts) == 2


def test_it_sets_a_timer_and_asks_for_how_long(bot: Chatbot) -> None:
    turn = bot.reply("please set a timer for 2 hours and 5 minutes")
    assert turn.answers == "timer" and "2:05 h" in turn.reply
    assert turn.later and turn.later[0].seconds == 7500
    conversation = bot.conversation()
    assert conversation.reply("can you set a timer").reply == "For how long, or until when?"
    turn = conversation.reply("half an hour")
    assert "30:00 min" in turn.reply and turn.later
    conversation.reply("start a timer")
    turn = conversation.reply("never mind")
    assert turn.asks is None and not turn.later
    for message in ("please cancel the timer", "stop my timers", "I don't need that timer"):
        turn = bot.reply(message)
        assert turn.answers == "stop_timers" and turn.calls_off, message
    assert "at most a day" in bot.reply("set a timer for 900 years").reply


@pytest.mark.parametrize(
    ("message", "at"),
    [
        ("wake me at 7", "07:00"), ("remind me at 14:30", "14:30"), ("wake me up at 6:45", "06:45"),
        ("set an alarm for 7 pm", "19:00"), ("set an alarm for 7", "07:00"),
        ("please wake me tomorrow morning at half past six", "06:30"),
        ("alarm at noon please", "12:00"), ("can you wake me at 5 in the morning", "05:00"),
        ("đánh thức tôi lúc 7 giờ", "07:00"), ("báo thức lúc 6 giờ sáng", "06:00"),
        ("nhắc tôi lúc 14h30", "14:30"), ("đặt báo thức 7 giờ tối nay", "19:00"),
    ],
)  # fmt: skip
def test_it_sets_alarms_by_the_clock(bot: Chatbot, message: str, at: str) -> None:
    turn = bot.reply(message)
    assert turn.answers == "timer" and at in turn.reply
    assert turn.later[0].text == f"It is {at}"
    assert 0 < turn.later[0].seconds <= 48 * 3600


def test_a_timer_is_corrected_in_english_and_vietnamese(bot: Chatbot) -> None:
    for message in ("no, 20 minutes", "à nhầm, 20 phút", "no, make it 20 minutes"):
        conversation = bot.conversation()
        conversation.reply("set a timer for 10 minutes")
        turn = conversation.reply(message)
        assert turn.later[0].seconds == 1200 and turn.takes_back[0].seconds == 600, message


@pytest.mark.parametrize(
    ("message", "intent"),
    [
        ("2 hours in minutes", "unit_conversion"),
        ("what time is it", "time"),
        ("how many minutes are 3 hours", "unit_conversion"),
        ("what day will it be in 10 days", "other_day"),
    ],
)
def test_what_names_a_while_is_no_timer(bot: Chatbot, message: str, intent: str) -> None:
    turn = bot.reply(message)
    assert (turn.answers, turn.later) == (intent, ())
