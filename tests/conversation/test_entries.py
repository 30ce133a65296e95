"""An order grows: what is said is added to a list, taken out of it, and corrected in it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chatbot.archive.rows import as_json, from_json
from chatbot.conversation import Chatbot
from chatbot.intents import check_text
from tests.conversation.test_slots import bot_of, replies

SLOTS: dict[str, Any] = {
    "dish": {"values": ["tea", "coffee", "cake"], "closed": True},
    "count": {"values": {"1": ["one", "a"], "2": ["two"], "3": ["three"]}, "closed": True},
    "order": {"entry": "{count|1} {dish}"},
}
INTENTS: list[dict[str, Any]] = [
    {
        "tag": "order",
        "patterns": [
            "I'd like [two](count) [coffee](dish)",
            "I'd like [one](count) [coffee](dish)",
            "I'd like [two](count) [coffee](dish), [tea](dish) and [three](count) [cake](dish)",
            "add [tea](dish)",
            "I want to order please",
        ],
        "responses": ["So far: {order}."],
        "slots": {"dish": ["What would you like?"]},
        "entries": {"order": "add"},
    },
    {
        "tag": "leave_out",
        "patterns": [
            "leave out the [coffee](dish)",
            "leave out the [cake](dish)",
            "remove [two](count) [coffee](dish) again",
        ],
        "responses": ["Left: {order|nothing}."],
        "entries": {"order": "remove"},
    },
    {
        "tag": "price",
        "patterns": ["how much does the [tea](dish) cost"],
        "responses": ["{dish} is 3 euros."],
    },
    {
        "tag": "done",
        "patterns": ["that is all"],
        "responses": ["We make {order|nothing}."],
        "entries": {"order": "clear"},
    },
]


@pytest.fixture
def bot() -> Chatbot:
    return bot_of(SLOTS, INTENTS)


def test_what_is_added_to_an_order_does_not_replace_it(bot: Chatbot) -> None:
    assert replies(bot, "I'd like two coffee", "add tea", "that is all", "that is all") == [
        "So far: 2 coffee.",
        "So far: 2 coffee, 1 tea.",
        "We make 2 coffee, 1 tea.",
        "We make nothing.",
    ]


def test_one_message_adds_several_each_with_its_number(bot: Chatbot) -> None:
    assert replies(bot, "I'd like two coffee, tea and three cake") == [
        "So far: 2 coffee, 1 tea, 3 cake."
    ]


def test_more_of_the_same_is_counted(bot: Chatbot) -> None:
    said = ["I'd like two coffee", "I'd like one coffee", "remove two coffee again"]
    assert replies(bot, *said)[1:] == ["So far: 3 coffee.", "Left: 1 coffee."]


def test_what_is_left_out_is_gone_whatever_its_number(bot: Chatbot) -> None:
    said = ["I'd like two coffee", "add tea", "leave out the coffee", "leave out the cake"]
    assert replies(bot, *said)[2:] == ["Left: 1 tea.", "Left: 1 tea."]


def test_a_question_about_a_dish_leaves_the_order_as_it_is(bot: Chatbot) -> None:
    said = ["I'd like two coffee", "how much does the tea cost", "that is all"]
    assert replies(bot, *said)[1:] == ["tea is 3 euros.", "We make 2 coffee."]


def test_a_correction_changes_what_was_just_added(bot: Chatbot) -> None:
    said = ["add tea", "I'd like two coffee", "no, cake", "that is all"]
    assert replies(bot, *said)[2:] == ["So far: 1 tea, 2 cake.", "We make 1 tea, 2 cake."]


def test_what_is_in_the_order_is_not_ordered_again_unasked(bot: Chatbot) -> None:
    said = ["add tea", "I want to order please", "coffee"]
    assert replies(bot, *said)[1:] == ["What would you like?", "So far: 1 tea, 1 coffee."]


def test_a_dish_takes_the_place_of_another() -> None:
    instead = {
        "tag": "instead",
        "patterns": [
            "change the [coffee](dish) to [tea](dish)",
            "swap [tea](dish) for [two](count) [cake](dish)",
            "make it [tea](dish) instead",
        ],
        "responses": ["Now: {order|nothing}."],
        "entries": {"order": "replace"},
    }  # fmt: skip
    bot = bot_of(SLOTS, [*INTENTS, instead])
    said = ["I'd like two coffee", "change the coffee to tea", "swap tea for two cake"]
    assert replies(bot, *said)[1:] == ["Now: 2 tea.", "Now: 2 cake."]
    several = "I'd like two coffee, tea and three cake"
    assert replies(bot, several, "change the coffee to tea")[1] == "Now: 3 tea, 3 cake."
    assert replies(bot, several, "swap tea for two cake")[1] == "Now: 2 coffee, 5 cake."
    assert replies(bot, several, "make it tea instead")[1] == "Now: 2 coffee, 4 tea."
    assert replies(bot, "change the coffee to tea")[0] == "Now: 1 tea."


def test_a_list_is_shown_forgotten_and_kept_like_a_slot(bot: Chatbot) -> None:
    talk = bot.conversation()
    talk.reply("I'd like two coffee")
    assert talk.slots == {"order": "2 coffee"}
    later = bot.conversation(from_json(as_json(talk.remembered)))
    assert later.reply("add tea").reply == "So far: 2 coffee, 1 tea."
    talk.forget_slot("order")
    assert talk.reply("that is all").reply == "We make nothing."
    later.forget()
    assert later.slots == {}


def findings(slots: dict[str, Any], **of_order: Any) -> list[str]:
    items = [{**INTENTS[0], **of_order}, *INTENTS[1:]]
    report = check_text(json.dumps({"intents": items, "slots": slots}))
    return [f"{finding.message}. {finding.remedy}" for finding in report.findings]


def test_the_check_knows_lists_and_finds_slips_in_them() -> None:
    assert findings(SLOTS) == []
    assert "there is no list “oder”, so this does not count. Did you mean “order”?" in findings(
        SLOTS, entries={"oder": "add"}
    )
    assert findings(SLOTS, entries={"order": "ad"}) == [
        "an intent cannot do “ad” with a list. Did you mean “add”?"
    ]
    (slip,) = findings({**SLOTS, "order": {"entry": "{count|1} {dsh}"}})
    assert slip == (
        "an entry of “order” names “dsh”, which is no slot with values. Did you mean “dish”?"
    )
    (heads,) = findings({**SLOTS, "order": {"entry": "{count} {dish}"}})
    assert heads.startswith("an entry of “order” must have one slot without a default")
    (whole,) = findings(SLOTS, patterns=["I take {order}", "add {dish}"])
    assert whole.startswith("“order” is a list of entries, and no message names a whole one")
    wrong = '“entries” is a list. Write an object: {"order": "add"}'
    assert wrong in findings(SLOTS, entries=["order"])
