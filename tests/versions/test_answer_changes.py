"""What a new model changes for people: judged where it is known what is right, else with care."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from chatbot.conversation.bot import Chatbot
from chatbot.intents.types import Intent, Intents, MustHold
from chatbot.model.card import Model
from chatbot.versions.answer_changes import MOST_PATTERNS, Change, failed_tests, regression, said


@pytest.fixture(scope="module")
def bot(trained_folder: Path) -> Chatbot:
    return Chatbot.load(trained_folder / "intents.json", trained_folder / "models/intents")


def changed(bot: Chatbot, **edits: Intent | None) -> Chatbot:
    """The same model with some intents edited, dropped (None) or added."""
    kept = [edits.pop(i.tag, i) for i in bot.intents.intents]
    items = tuple(i for i in [*kept, *edits.values()] if i is not None)
    return bot.with_intents(replace(bot.intents, intents=items))


def mixed_up(bot: Chatbot) -> Model:
    """The same model, which takes greetings for questions of the time and the other way round."""
    return replace(bot.model, card=replace(bot.model.card, intents=("time", "greeting", "goodbye")))


def test_a_bot_compared_with_itself_has_changed_nothing(bot: Chatbot) -> None:
    compared = regression(bot, bot, ["hello there", "qwrtz", "what time"])
    assert compared.changes == ()
    assert not compared.is_worse
    assert (compared.patterns, compared.typed) == (30, 3)
    assert compared.network_right == compared.network_right_before


def test_what_it_takes_for_an_answer_is_what_the_bot_replies(bot: Chatbot) -> None:
    for message in ("", "hello", "Hi!", "hi there you", "zzz qqq", "?", "what time", "😀"):
        turn = bot.reply(message).reading.prediction
        assert said(bot, message) == (turn.intent if turn.in_scope else None), message


def test_without_a_model_before_there_is_nothing_to_compare(bot: Chatbot) -> None:
    compared = regression(None, bot, ["hello there"])
    assert (compared.patterns, compared.typed, compared.changes) == (0, 0, ())
    assert compared.network_right_before is None
    assert compared.network_right >= 0.9


def test_a_new_pattern_that_is_answered_now_is_better(bot: Chatbot) -> None:
    greeting = bot.intents.by_tag("greeting")
    assert greeting is not None
    taught = replace(greeting, patterns=(*greeting.patterns, "zzgl wfp"))
    assert said(bot, "zzgl wfp") is None
    (change,) = regression(bot, changed(bot, greeting=taught)).changes
    assert change == Change("zzgl wfp", "pattern", None, "greeting", "better")


def test_a_pattern_in_two_intents_is_certain_no_more(bot: Chatbot) -> None:
    time = bot.intents.by_tag("time")
    assert time is not None
    both = changed(bot, time=replace(time, patterns=(*time.patterns, "zzgl wfp")))
    greeting = bot.intents.by_tag("greeting")
    assert greeting is not None
    twice = changed(both, greeting=replace(greeting, patterns=(*greeting.patterns, "zzgl wfp")))
    compared = regression(both, twice)
    assert [(c.message, c.before, c.after, c.verdict) for c in compared.changes] == [
        ("zzgl wfp", "time", None, "worse")
    ]
    assert compared.is_worse


def test_a_typed_message_that_gets_the_fallback_now_is_worse(bot: Chatbot) -> None:
    greeting = bot.intents.by_tag("greeting")
    assert greeting is not None
    taught = changed(bot, greeting=replace(greeting, patterns=(*greeting.patterns, "zzgl wfp")))
    (change,) = regression(taught, bot, ["zzgl wfp"]).changes
    assert change == Change("zzgl wfp", "typed", "greeting", None, "worse")
    (change,) = regression(bot, taught, ["hello there", "ZZGL wfp!"]).changes[-1:]
    assert change.verdict == "better"


def test_messages_of_an_intent_that_was_deleted_are_changed_and_not_worse(bot: Chatbot) -> None:
    compared = regression(bot, changed(bot, goodbye=None), ["see you later then"])
    (change,) = compared.changes
    assert (change.before, change.verdict) == ("goodbye", "changed")
    assert not compared.is_worse


def test_an_answer_is_the_same_under_another_name(bot: Chatbot) -> None:
    model = replace(bot.model, card=replace(bot.model.card, intents=("hello", "time", "goodbye")))
    greeting = bot.intents.by_tag("greeting")
    assert greeting is not None
    renamed = changed(bot, greeting=replace(greeting, tag="hello"))
    new = Chatbot(renamed.intents, model, bot.replier)
    assert regression(bot, new, ["hello there"]).changes == ()


def test_another_answer_is_worse_unless_its_intent_was_taught(bot: Chatbot) -> None:
    swapped = replace(
        bot.model, card=replace(bot.model.card, intents=("time", "greeting", "goodbye"))
    )
    new = Chatbot(bot.intents, swapped, bot.replier)
    (change,) = regression(bot, new, ["hello there"]).changes
    assert change == Change("hello there", "typed", "greeting", "time", "worse")
    time = bot.intents.by_tag("time")
    assert time is not None
    taught = changed(bot, time=replace(time, patterns=(*time.patterns, "zzgl wfp"))).intents
    changes = regression(bot, Chatbot(taught, swapped, bot.replier), ["hello there"]).changes
    assert Change("hello there", "typed", "greeting", "time", "changed") in changes


def test_tests_say_what_is_right_and_failing_ones_are_named(bot: Chatbot) -> None:
    tests = (MustHold("hello there", "greeting"), MustHold("zzgl", None), MustHold("hi", "time"))
    asked = bot.with_intents(replace(bot.intents, tests=tests))
    (failed,) = failed_tests(asked)
    assert (failed.message, failed.intent, failed.said, failed.place) == (
        "hi",
        "time",
        "greeting",
        2,
    )
    compared = regression(bot, asked)
    assert (compared.tests, compared.failed) == (3, (failed,))
    assert not compared.is_worse, "it did not hold before either"
    swapped = replace(
        bot.model, card=replace(bot.model.card, intents=("time", "greeting", "goodbye"))
    )
    compared = regression(bot, Chatbot(asked.intents, swapped, bot.replier))
    assert Change("hello there", "test", "greeting", "time", "worse") in compared.changes


def test_of_very_many_patterns_a_fixed_sample_is_asked(bot: Chatbot) -> None:
    many = tuple(f"pattern number {n}" for n in range(MOST_PATTERNS + 500))
    intents = Intents((Intent("greeting", many, ()), *bot.intents.intents[1:]))
    large = bot.with_intents(intents)
    compared = regression(large, large)
    assert compared.patterns == MOST_PATTERNS
    assert compared == regression(large, large)


def test_what_got_worse_is_listed_first_whatever_was_asked_first(bot: Chatbot) -> None:
    swapped = replace(
        bot.model, card=replace(bot.model.card, intents=("time", "greeting", "goodbye"))
    )
    greeting = bot.intents.by_tag("greeting")
    assert greeting is not None
    taught = changed(bot, greeting=replace(greeting, patterns=("zzgl wfp", *greeting.patterns)))
    new = Chatbot(taught.intents, swapped, bot.replier)
    verdicts = [
        change.verdict for change in regression(bot, new, ["what time", "see ya", "hi you"]).changes
    ]
    assert {"worse", "better"} <= set(verdicts)
    order = ("worse", "changed", "better")
    assert verdicts == sorted(verdicts, key=order.index)
