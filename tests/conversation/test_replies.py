"""Replies: hostile templates and values first."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise

from chatbot.conversation.replies import Replier, fill
from chatbot.intents.types import Intent


def replier(seed: int | None = 0, user: str = "Ana") -> Replier:
    return Replier(user, seed, now=lambda: datetime(2026, 11, 3, 9, 5))


def reply(*responses: str, user: str = "Ana") -> str:
    intent = Intent("t", ("p",), responses)
    return replier(user=user).reply(intent, named="time", confidence=0.934)


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
    assert set(said) == {"one", "two", "three"}


def test_a_single_reply_is_given_again_and_again() -> None:
    bot, intent = replier(), Intent("t", ("p",), ("only",))
    assert [bot.reply(intent, named="t", confidence=1) for _ in range(3)] == ["only"] * 3


def test_the_same_reply_written_three_times_does_not_hang_or_fail() -> None:
    bot, intent = replier(), Intent("t", ("p",), ("same", "same", "same"))
    assert [bot.reply(intent, named="t", confidence=1) for _ in range(2)] == ["same", "same"]


def test_a_seed_repeats_the_choice() -> None:
    intent = Intent("t", ("p",), tuple("abcdefgh"))
    first, second = replier(7), replier(7)
    for _ in range(10):
        assert first.reply(intent, named="t", confidence=1) == second.reply(
            intent, named="t", confidence=1
        )


def test_an_intent_without_replies_says_which_one_it_is() -> None:
    assert "“t”" in reply()


def test_filling_nothing_changes_nothing() -> None:
    assert fill("plain", {}) == "plain"


def test_the_confidence_in_a_reply_is_rounded_as_the_panel_rounds_it() -> None:
    intent = Intent("t", ("p",), ("{confidence}",))
    said = [replier().reply(intent, named="t", confidence=c) for c in (0.876, 0.874, 0.0, 1.0)]
    assert said == ["88 %", "87 %", "0 %", "100 %"]
