"""Replies: hostile templates and values first."""

from __future__ import annotations

import json
from datetime import datetime
from itertools import pairwise

import pytest

from chatbot.conversation.replies import MOST_CHARACTERS, Replier, fill
from chatbot.intents import Situation, check_text
from chatbot.intents.types import Intent


def replier(seed: int | None = 0, user: str = "Ana") -> Replier:
    return Replier(user, seed, now=lambda: datetime(2026, 11, 3, 9, 5))


def reply(*responses: str, user: str = "Ana") -> str:
    intent = Intent("t", ("p",), responses)
    (said,) = replier(user=user).reply(intent, named="time", confidence=0.934)
    return said


def test_words_in_braces_that_are_no_slots_stay_as_written() -> None:
    text = "{unknown} {} {0} {time.real} {user!r} {user:>9} {{x}} %s %(time)s ${user"
    assert reply(text) == text


def test_a_user_named_like_a_slot_is_not_filled_again() -> None:
    assert reply("Hello {user}", user="{time}{intent}") == "Hello {time}{intent}"


def test_every_slot_is_filled() -> None:
    text = reply("{time}|{date}|{day}|{user}|{intent}|{confidence}")
    assert text == "09:05|3 November 2026|Tuesday|Ana|time|93 %"


def test_a_reply_is_not_given_twice_in_a_row() -> None:
    bot, intent = replier(), Intent("t", ("p",), ("one", "two", "three"))
    said = [bot.reply(intent, named="t", confidence=1) for _ in range(60)]
    assert all(a != b for a, b in pairwise(said))
    assert set(said) == {("one",), ("two",), ("three",)}


def test_a_single_reply_is_given_again_and_again() -> None:
    bot, intent = replier(), Intent("t", ("p",), ("only",))
    assert [bot.reply(intent, named="t", confidence=1) for _ in range(3)] == [("only",)] * 3


def test_the_same_reply_written_three_times_does_not_hang_or_fail() -> None:
    bot, intent = replier(), Intent("t", ("p",), ("same", "same", "same"))
    assert [bot.reply(intent, named="t", confidence=1) for _ in range(2)] == [("same",), ("same",)]


def test_a_seed_repeats_the_choice() -> None:
    intent = Intent("t", ("p",), tuple("abcdefgh"))
    first, second = replier(7), replier(7)
    for _ in range(10):
        assert first.reply(intent, named="t", confidence=1) == second.reply(
            intent, named="t", confidence=1
        )


def test_an_intent_with_the_replies_of_another_does_not_say_the_same_again() -> None:
    replier = Replier("ann", seed=0)
    joke, more = (
        Intent(tag, (), ("Knock knock.", "A horse walks in.")) for tag in ("joke", "more")
    )
    for _ in range(20):
        first = replier.reply(joke, named="joke", confidence=1)
        assert replier.reply(more, named="more", confidence=1) != first


def test_an_intent_without_replies_says_which_one_it_is() -> None:
    assert "“t”" in reply()


def test_filling_nothing_changes_nothing() -> None:
    assert fill("plain", {}) == "plain"


def test_the_confidence_in_a_reply_is_rounded_as_the_panel_rounds_it() -> None:
    intent = Intent("t", ("p",), ("{confidence}",))
    said = [replier().reply(intent, named="t", confidence=c) for c in (0.876, 0.874, 0.0, 1.0)]
    assert said == [("88 %",), ("87 %",), ("0 %",), ("100 %",)]


def given(item: dict[str, object], **situation: object) -> set[str]:
    """Return everything that an intent of a file may answer in a situation."""
    text = json.dumps({"intents": [{"tag": "t", "patterns": ["p", "q r"], **item}]})
    intents = check_text(text).intents
    assert intents is not None
    (intent,) = intents.intents
    now = situation.pop("now", datetime(2026, 11, 3, 9, 5))  # a Tuesday
    known = {"language": "en", "slots": {}, "contexts": (), "declared": (), **situation}
    declared = known.pop("declared")
    asked = Situation(now, **known)  # type: ignore[arg-type]
    bot = replier()
    return {
        "|".join(bot.reply(intent, named="t", confidence=1, situation=asked, declared=declared))  # type: ignore[arg-type]
        for _ in range(30)
    }


PLAIN = "Hello"


def answers(when: dict[str, object], **situation: object) -> bool:
    """Return whether a reply with a condition is the one that is given."""
    responses = [PLAIN, {"text": "special", "when": when}]
    said = given({"responses": responses}, **situation)
    assert said in ({PLAIN}, {"special"})
    return said == {"special"}


def at(hour: int, day: int = 3) -> datetime:
    return datetime(2026, 11, day, hour, 59)


@pytest.mark.parametrize(
    ("when", "situation", "holds"),
    [
        ({"hour": "6-11"}, {"now": at(5)}, False),
        ({"hour": "6-11"}, {"now": at(6)}, True),
        ({"hour": "6-11"}, {"now": at(11)}, True),
        ({"hour": "6-11"}, {"now": at(12)}, False),
        ({"hour": "22-5"}, {"now": at(23)}, True),
        ({"hour": "22-5"}, {"now": at(5)}, True),
        ({"hour": "22-5"}, {"now": at(6)}, False),
        ({"hour": [8, "20-21"]}, {"now": at(20)}, True),
        ({"hour": 0}, {"now": at(0)}, True),
        ({"day": "tuesday"}, {}, True),
        ({"day": ["Mon", "WED"]}, {}, False),
        ({"day": "weekend"}, {"now": at(9, 7)}, True),
        ({"day": "weekday"}, {"now": at(9, 7)}, False),
        ({"language": ["vi", "EN"]}, {}, True),
        ({"language": "vi"}, {}, False),
        ({"context": "ordering"}, {}, False),
        ({"context": "ordering"}, {"contexts": ("ordering", "other")}, True),
        ({"context": ["ordering", "paid"]}, {"contexts": ("ordering",)}, False),
        ({"slots": {"city": "Hue"}}, {}, False),
        ({"slots": {"city": "HUE"}}, {"slots": {"city": "Hue"}}, True),
        ({"slots": {"city": ["Hanoi", "Hue"]}}, {"slots": {"city": "Hue"}}, True),
        ({"slots": {"city": True}}, {"slots": {"city": "anything"}}, True),
        ({"slots": {"city": True}}, {}, False),
        ({"slots": {"city": False}}, {}, True),
        ({"slots": {"city": False}}, {"slots": {"city": "Hue"}}, False),
        ({"hour": 9, "day": "monday"}, {}, False),
        ({"hour": 9, "day": "tuesday"}, {}, True),
    ],
)
def test_a_reply_with_a_condition_is_given_when_it_holds(
    when: dict[str, object], situation: dict[str, object], holds: bool
) -> None:
    assert answers(when, **situation) == holds


def test_of_two_conditions_that_hold_the_one_that_asks_for_more_is_meant() -> None:
    morning = {"text": "morning", "when": {"hour": "6-11"}}
    both = {"text": "Tuesday morning", "when": {"hour": "6-11", "day": "tuesday"}}
    assert given({"responses": [morning, PLAIN, both]}) == {"Tuesday morning"}


def test_where_no_condition_holds_and_no_other_reply_is_there_it_says_so() -> None:
    night = {"text": "night", "when": {"hour": "22-5"}}
    assert given({"responses": [night]}) == {
        "I took that for “t”, which has no reply that fits now."
    }


def test_a_list_of_texts_is_one_reply_of_several_messages() -> None:
    reply = {"text": ["First.", "Then {city|there}."]}
    assert given({"responses": [reply]}, declared={"city"}) == {"First.|Then there."}


def test_a_condition_that_asks_for_nothing_always_holds() -> None:
    assert given({"responses": [PLAIN, {"text": "b", "when": {}}]}) == {PLAIN, "b"}


def test_a_reply_with_a_gap_is_not_given_while_there_is_another() -> None:
    responses = ["To {city}!", "Off we go", "To {city|there}"]
    assert given({"responses": responses}, declared={"city"}) == {"Off we go", "To there"}
    assert given({"responses": ["To {city}!"]}, declared={"city"}) == {"To …!"}
    assert given({"responses": ["To {city}!"]}) == {"To {city}!"}, "no slot of the file"


def test_values_are_never_filled_again_nor_read_as_anything() -> None:
    slots = {"city": "{user} {city|x} [b]%s"}
    said = given({"responses": ["To {city} and {user|x}"]}, slots=slots, declared={"city"})
    assert said == {"To {user} {city|x} [b]%s and Ana"}


def test_where_nothing_is_to_be_said_no_blank_is_left_whatever_the_slot_is_called() -> None:
    for name in ("city", "big city"):
        said = given({"responses": [f"Off to {{{name}|}} now"]}, declared={name})
        assert said == {"Off to now"}


def test_a_reply_that_would_grow_without_end_is_cut_off_and_says_so() -> None:
    hostile = (("{n}" * 300_000, "x" * 50_000), ("x" * 1_000_000, ""), ("{n|a}", "y" * 10**6))
    for template, value in hostile:
        reply = fill(template, {"n": value}, {"n"})
        assert len(reply) < MOST_CHARACTERS + 100 and reply.endswith("characters)")
    assert fill("a" * MOST_CHARACTERS, {}) == "a" * MOST_CHARACTERS
