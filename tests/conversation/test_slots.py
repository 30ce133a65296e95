"""Slots in a conversation: asked for, remembered, corrected, forgotten; and hostile messages."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from chatbot.conversation import Chatbot, Dialogue, Turn, turn_as_json
from chatbot.conversation.reader import Reader
from chatbot.conversation.replies import Replier
from chatbot.intents.check import check_text
from chatbot.model import Model
from chatbot.network import Recurrent
from tests.random_network import random_network

SLOTS: dict[str, Any] = {
    "city": {"values": {"Hanoi": ["Ha Noi"], "Hue": [], "Da Nang": [], "東京": []}},
    "order": {"regex": "[A-Z]{2}\\d{4}"},
    "people": {"kind": "number"},
    "size": {"values": ["small", "large"], "closed": True},
    "time": {"kind": "number"},
    "guest": {},
}


def intent(tag: str, patterns: list[str], reply: str, *needs: str, **more: Any) -> dict[str, Any]:
    return {"tag": tag, "patterns": patterns, "responses": [reply], "slots": list(needs), **more}


INTENTS = [
    intent(
        "book",
        ["book a hotel", "a room in {city}", "a room for {people}"],
        "In {city} for {people|one}.",
        slots={"city": ["Which city?", "Where to?"]},
    ),
    intent("weather", ["the weather", "rain in {city}"], "Fine in {city|all}."),
    intent("track", ["where is my parcel"], "{order}!", "order"),
    intent("pizza", ["order a pizza"], "A {size} one.", "size"),
    intent("clock", ["what time is it"], "It is {time}."),
    intent("table", ["a table at [7](time)"], "At {time}.", "time"),
    intent("hello", ["I am [Ann](guest)"], "Hi {guest}", "guest"),
    intent("who", ["who are you"], "A bot, {guest|friend}."),
    intent("thanks", ["many thanks"], "Welcome."),
    {"tag": "fallback", "patterns": [], "responses": ["Sorry?"]},
]
CALL = intent("call", ["call me"], "{guest}!", "guest")


def bot_of(slots: dict[str, Any] = SLOTS, intents: list[dict[str, Any]] = INTENTS) -> Chatbot:
    """Return a bot whose network knows nothing: only patterns, and what goes on, are answered."""
    read = check_text(json.dumps({"slots": slots, "intents": intents})).intents
    assert read is not None
    recurrent, classifier = random_network("gru", read)
    bot = Chatbot.__new__(Chatbot)
    bot.intents, bot.replier, bot.threshold = read, Replier("ann", seed=1), 1.1
    bot.reader, bot._latest = Reader(recurrent, _unsure(classifier), read), bot
    return bot


def _unsure(classifier: Any) -> Any:
    from dataclasses import replace

    classifier.calibration = replace(classifier.calibration, threshold=1.0)
    return classifier


@pytest.fixture(scope="module")
def bot() -> Chatbot:
    return bot_of()


def talk(bot: Chatbot, *messages: str) -> tuple[Dialogue, list[Turn]]:
    dialogue = bot.conversation()
    return dialogue, [dialogue.reply(message) for message in messages]


def replies(bot: Chatbot, *messages: str) -> list[str]:
    return [turn.reply for turn in talk(bot, *messages)[1]]


def test_a_missing_slot_is_asked_for_and_the_next_message_completes_the_answer(
    bot: Chatbot,
) -> None:
    dialogue, turns = talk(bot, "book a hotel", "hanoi")
    assert turns[0].reply in ("Which city?", "Where to?")
    assert turns[0].asks is not None and turns[0].asks.slot == "city"
    assert turns[1].reply == "In Hanoi for one."
    assert turns[1].goes_on == "book" and turns[1].is_answered
    assert dialogue.slots == {"city": "Hanoi"}


def test_what_was_said_is_remembered_and_not_asked_for_again(bot: Chatbot) -> None:
    assert replies(bot, "rain in Hue", "book a hotel") == ["Fine in Hue.", "In Hue for one."]


def test_a_slot_is_asked_for_once(bot: Chatbot) -> None:
    _, turns = talk(
        bot, "book a hotel", "xyzzy plugh frobnicate grue quux zork", "hm hm hm hm hm hm"
    )
    assert [turn.reply for turn in turns[1:]] == ["Sorry?", "Sorry?"]
    assert [turn.asks is None for turn in turns] == [False, True, True]


@pytest.mark.parametrize(
    "way_out", ["never mind", "Never mind!", "Cancel.", "THÔI", "thoi", "取消", "нет"]
)
def test_there_is_a_way_out(bot: Chatbot, way_out: str) -> None:
    dialogue, turns = talk(bot, "book a hotel", way_out, "Hue")
    assert turns[1].reply == "All right, let us leave it."
    assert turns[1].lets_go and turns[1].goes_on is None
    assert dialogue.slots == {} and turns[2].reply == "Sorry?"


def test_another_intent_that_lacks_the_same_leaves_the_answer_that_was_wanted() -> None:
    hotel = intent("hotel", ["a hotel"], "A hotel in {city}.", "city")
    bot = bot_of(intents=[INTENTS[0], hotel, *INTENTS[7:]])
    turns = talk(bot, "book a hotel", "a hotel", "Hue")[1]
    assert turns[1].asks is not None and turns[1].asks.intent == "book"
    assert turns[2].reply == "In Hue for one."


def test_two_ways_out_are_one(bot: Chatbot) -> None:
    assert talk(bot, "book a hotel", "no, never mind")[1][1].lets_go


def test_another_intent_is_answered_instead(bot: Chatbot) -> None:
    assert replies(bot, "book a hotel", "what time is it")[1].startswith("It is ")


def test_a_correction_answers_again_with_the_new_value(bot: Chatbot) -> None:
    dialogue, turns = talk(bot, "a room in Hanoi", "no, to Hue", "for 3", "and Da Nang?")
    assert [turn.reply for turn in turns] == [
        "In Hanoi for one.", "In Hue for one.", "In Hue for 3.", "In Da Nang for 3.",
    ]  # fmt: skip
    assert dialogue.slots == {"people": "3", "city": "Da Nang"}


def test_a_word_that_counts_with_the_value_is_no_word_around_it() -> None:
    slots = {"count": {"values": ["2", "3"], "closed": True}}
    tea = {"tag": "tea", "patterns": ["{count} cups please"], "responses": ["{count} it is."]}
    bot = bot_of(slots, [tea, {"tag": "no", "patterns": ["oh dear"], "responses": ["?"]}])
    assert replies(bot, "2 cups please", "oh no no no no 3 cups") == ["2 it is.", "3 it is."]
    assert replies(bot, "2 cups please", "oh no no no no 3 dogs")[1] != "3 it is."


def test_a_value_of_no_slot_of_the_intent_is_no_correction(bot: Chatbot) -> None:
    assert replies(bot, "what time is it", "Hue")[1] == "Sorry?"


def test_a_free_slot_takes_a_short_message_as_it_is(bot: Chatbot) -> None:
    said = replies(bot_of(SLOTS, [*INTENTS, CALL]), "call me", "  Jean-Luc   Picard!! ")
    assert said[1] == "Jean-Luc Picard!"


def test_what_names_another_slot_is_no_part_of_the_value_that_was_asked_for(bot: Chatbot) -> None:
    dialogue, turns = talk(bot, "book a hotel", "Reykjavik 3")
    assert turns[1].reply == "In Reykjavik for 3."
    assert dialogue.slots == {"people": "3", "city": "Reykjavik"}
    dialogue, turns = talk(bot, "book a hotel", "for 3", "to Reykjavik for 4")
    assert turns[1].asks is not None and turns[2].reply == "In Reykjavik for 4."


def test_a_slot_of_a_closed_list_or_an_expression_takes_nothing_else(bot: Chatbot) -> None:
    assert replies(bot, "order a pizza", "huge")[1] == "Sorry?"
    assert replies(bot, "order a pizza", "LARGE please")[1] == "A large one."
    assert replies(bot, "where is my parcel", "12")[1] == "Sorry?"
    assert replies(bot, "where is my parcel", "it is ab1234")[1] == "ab1234!"


def test_a_slot_called_like_one_of_ours_is_ours_in_the_replies_of_other_intents(
    bot: Chatbot,
) -> None:
    said = replies(bot, "a table at 7", "what time is it")
    assert said[0] == "At 7." and said[1] != "It is 7."


def test_values_are_not_templates(bot: Chatbot) -> None:
    assert (
        replies(bot_of(SLOTS, [*INTENTS, CALL]), "call me", "{city|x} {user}")[1]
        == "{city|x} {user}!"
    )


def test_forgetting_forgets_values_and_the_question(bot: Chatbot) -> None:
    dialogue, _ = talk(bot, "rain in Hue", "a room for 2")
    dialogue.forget_slot("city")
    assert dialogue.slots == {"people": "2"}
    dialogue.forget()
    assert dialogue.slots == {}
    assert dialogue.reply("Hue").reply == "Sorry?"


def test_a_value_that_nobody_meant_is_not_remembered(bot: Chatbot) -> None:
    dialogue, turns = talk(bot, "many thanks")
    turn = dialogue.reply("hue hue hue hue hue hue hue")
    assert turn.slots and dialogue.slots == {} and turns[0].slots == ()


def test_two_conversations_know_nothing_of_each_other(bot: Chatbot) -> None:
    some, _ = talk(bot, "rain in Hue")
    other, _ = talk(bot, "the weather")
    assert some.slots == {"city": "Hue"} and other.slots == {}


def test_without_a_conversation_it_asks_too(bot: Chatbot) -> None:
    assert bot.reply("book a hotel").asks is not None
    assert bot.reply("a room in Hanoi").reply == "In Hanoi for one."


def test_a_slot_and_what_is_asked_are_in_the_json(bot: Chatbot) -> None:
    said = turn_as_json("a room in ha noi", bot.reply("a room in ha noi"))
    assert said["slots"] == [
        {"slot": "city", "value": "Hanoi", "text": "ha noi", "start": 10, "end": 16, "how": "list"}
    ]
    assert turn_as_json("x", bot.reply("book a hotel"))["asks"] == "city"
    json.dumps(said)


def test_a_file_whose_intent_or_slot_is_gone_goes_on_without(bot: Chatbot) -> None:
    dialogue, _ = talk(bot, "book a hotel")
    dialogue.use(bot_of({"size": SLOTS["size"]}, [INTENTS[3], INTENTS[8], INTENTS[9]]))
    assert dialogue.reply("hue").reply == "Sorry?"
    assert dialogue.reply("many thanks").reply == "Welcome."


@pytest.mark.parametrize(
    "message",
    [
        "", " ", "?", "\x00", "\ud800", "{city}", "[Hue](city)", "Hue" * 2000, "hue " * 2_000,
        "1" * 100_000, "a" * 100_000 + "!", "🍕" * 900, "東" * 900, "Hu\u0065\u0302\u0301",
        "1/1/1 " * 600, "+" * 900, "AB1234" * 500, "\u202eHue\u202c", "a@" * 900,
        "(" * 900,
    ],
)  # fmt: skip
def test_no_message_breaks_it_or_takes_long(bot: Chatbot, message: str) -> None:
    begun = time.perf_counter()
    for before in ("book a hotel", "a room in Hanoi"):
        dialogue, _ = talk(bot, before)
        turn = dialogue.reply(message)
        assert all(turn.slots[i].end <= turn.slots[i + 1].start for i in range(len(turn.slots) - 1))
    assert time.perf_counter() - begun < 30


def test_an_expression_that_would_take_for_ever_is_stopped_and_said() -> None:
    slots = {"bad": {"regex": "(a|aa)+$"}, "city": SLOTS["city"]}
    intents = [INTENTS[0], INTENTS[8], INTENTS[9]]
    begun = time.perf_counter()
    dialogue = bot_of(slots, intents).conversation()
    turns = [dialogue.reply("a" * 5_000 + "! Hue") for _ in range(6)]
    assert time.perf_counter() - begun < 20
    assert turns[-1].notes == (
        "the regular expression of the slot “bad” took too long and found nothing",
    )
    assert [value.slot for value in turns[-1].slots] == ["city"]


def test_a_model_without_slots_and_a_file_with_slots_go_together(trained_folder: Path) -> None:
    plain = Chatbot.load(trained_folder / "intents.json", seed=1)
    assert isinstance(plain.model, Model) and plain.model.weights.tagger is None
    assert isinstance(plain.reader.recurrent, Recurrent)
    assert plain.reply("What time is it?").slots == ()


def test_an_answer_that_only_names_another_slot_is_taken_and_the_question_asked_again(
    bot: Chatbot,
) -> None:
    dialogue, turns = talk(bot, "book a hotel", "for 3 people", "Hue")
    assert turns[0].asks == turns[1].asks is not None and turns[1].is_answered
    assert {turns[0].reply, turns[1].reply} == {"Which city?", "Where to?"}
    assert turns[2].reply == "In Hue for 3."
    assert dialogue.slots == {"people": "3", "city": "Hue"}


def test_a_value_that_the_question_has_nothing_to_do_with_is_taken_too(bot: Chatbot) -> None:
    dialogue, turns = talk(bot, "order a pizza", "it is XY1234", "large", "where is my parcel")
    assert turns[1].asks is not None and turns[1].asks.slot == "size"
    assert turns[2].reply == "A large one." and turns[3].reply == "XY1234!"
    assert dialogue.slots == {"order": "XY1234", "size": "large"}


def test_a_word_of_another_list_may_be_the_free_value_that_was_asked_for() -> None:
    _, turns = talk(bot_of(intents=[*INTENTS, CALL]), "call me", "small")
    assert turns[1].reply == "small!"


def test_what_says_more_than_another_slot_is_no_answer_to_a_question(bot: Chatbot) -> None:
    _, turns = talk(bot, "order a pizza", "I think that there were 3 of us all in all yesterday")
    assert not turns[1].is_answered


def test_a_value_that_is_not_to_be_remembered_holds_for_the_answer_that_needs_it() -> None:
    slots = {"day": {"kind": "number", "remember": False}, "size": SLOTS["size"]}
    bot = bot_of(
        slots,
        [
            intent("book", ["book a room"], "{size} on {day}.", "day", "size"),
            intent("when", ["which day", "and the {day}"], "Day {day}.", "day"),
        ],
    )
    dialogue, turns = talk(bot, "book a room", "7", "large", "which day", "9", "book a room")
    said = [turn.reply for turn in turns]
    assert said[2] == "large on 7." and said[3] == said[5] == "Which day?" and said[4] == "Day 9."
    assert dialogue.slots == {"size": "large"}


def test_dates_are_looked_for_only_where_an_answer_has_to_do_with_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """They take fifty times as long as the rest of an answer."""
    asked: list[str] = []

    def noted(text: str, *other: object) -> list[Any]:
        asked.append(text)
        return []

    monkeypatch.setattr("chatbot.slots.kinds.dates", noted)
    intents = [intent("when", ["on {day}"], "{day|never}"), INTENTS[7], INTENTS[8]]
    bot = bot_of({"day": {"kind": "date"}, "guest": {}}, intents)
    talk(bot, "who are you", "many thanks", "zzz")
    assert asked == []
    talk(bot, "on Friday")
    assert asked == ["on Friday"]
    other = bot_of({"day": {"kind": "date"}, "guest": {}}, intents[1:])
    talk(other, "who are you")
    assert asked[1:] == ["who are you"], "no intent says what it is for: any message may name it"


def test_a_date_beside_the_other_value_tells_that_it_is_no_correction() -> None:
    slots = {"city": SLOTS["city"], "day": {"kind": "date"}}
    other = intent("when", ["on {day}"], "{day|never}")
    bot = bot_of(slots, [intent("weather", ["rain in {city}"], "Fine in {city}."), other])
    assert talk(bot, "rain in Hue", "no, Hanoi")[1][1].goes_on == "weather"
    assert talk(bot, "rain in Hue", "fly me to Hanoi on 2027-01-05")[1][1].goes_on is None
