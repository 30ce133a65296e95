"""What a new model changes for people: judged where it is known what is right, else with care."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from chatbot.conversation.reader import Reader
from chatbot.intents.types import Intent, Intents, IntentTest
from chatbot.model import files
from chatbot.model.classifier import IntentClassifier
from chatbot.opening import read_intents
from chatbot.versions.answer_changes import MOST_PATTERNS, Change, compare_answers, failed_tests


@pytest.fixture(scope="module")
def reader(trained_folder: Path) -> Reader:
    model = files.load(trained_folder / "models/intents")
    return Reader.of(model, read_intents(trained_folder / "intents.json").intents)


def changed(reader: Reader, **edits: Intent | None) -> Reader:
    """The same model with some intents edited, dropped (None) or added."""
    kept = [edits.pop(i.tag, i) for i in reader.intents.intents]
    items = tuple(i for i in [*kept, *edits.values()] if i is not None)
    return reader.with_intents(replace(reader.intents, intents=items))


def with_tags(reader: Reader, tags: tuple[str, ...], intents: Intents | None = None) -> Reader:
    """The same network with other names for its intents."""
    calibration = reader.classifier.calibration
    classifier = IntentClassifier(reader.weights, tags, calibration)
    return Reader(reader.recurrent, classifier, intents or reader.intents)


MIXED_UP = ("time", "greeting", "goodbye")
"""Greetings are taken for questions of the time, and the other way round."""


def test_a_bot_compared_with_itself_has_changed_nothing(reader: Reader) -> None:
    compared = compare_answers(reader, reader, ["hello there", "qwrtz", "what time"])
    assert compared.changes == ()
    assert not compared.is_worse
    assert (compared.patterns, compared.typed) == (30, 3)
    assert compared.network_right == compared.network_right_before


def test_without_a_model_before_there_is_nothing_to_compare(reader: Reader) -> None:
    compared = compare_answers(None, reader, ["hello there"])
    assert (compared.patterns, compared.typed, compared.changes) == (0, 0, ())
    assert compared.network_right_before is None
    assert compared.network_right >= 0.9


def test_a_new_pattern_that_is_answered_now_is_better(reader: Reader) -> None:
    greeting = reader.intents.by_tag("greeting")
    assert greeting is not None
    taught = replace(greeting, patterns=(*greeting.patterns, "zzgl wfp"))
    assert reader.answer("zzgl wfp") is None
    (change,) = compare_answers(reader, changed(reader, greeting=taught)).changes
    assert change == Change("zzgl wfp", "pattern", None, "greeting", "better")


def test_a_pattern_in_two_intents_is_certain_no_more(reader: Reader) -> None:
    time = reader.intents.by_tag("time")
    assert time is not None
    both = changed(reader, time=replace(time, patterns=(*time.patterns, "zzgl wfp")))
    greeting = reader.intents.by_tag("greeting")
    assert greeting is not None
    twice = changed(both, greeting=replace(greeting, patterns=(*greeting.patterns, "zzgl wfp")))
    compared = compare_answers(both, twice)
    assert [(c.message, c.before, c.after, c.verdict) for c in compared.changes] == [
        ("zzgl wfp", "time", None, "worse")
    ]
    assert compared.is_worse


def test_a_typed_message_that_gets_the_fallback_now_is_worse(reader: Reader) -> None:
    greeting = reader.intents.by_tag("greeting")
    assert greeting is not None
    taught = changed(reader, greeting=replace(greeting, patterns=(*greeting.patterns, "zzgl wfp")))
    (change,) = compare_answers(taught, reader, ["zzgl wfp"]).changes
    assert change == Change("zzgl wfp", "typed", "greeting", None, "worse", is_guess=True)
    (change,) = compare_answers(reader, taught, ["hello there", "ZZGL wfp!"]).changes[-1:]
    assert change.verdict == "better"


@pytest.mark.parametrize("typed", ["zzgl wfp", "ZZGL  wfp?!"])
def test_a_corrected_message_is_never_counted_against_its_correction(
    reader: Reader, typed: str
) -> None:
    """However it was typed: what it was corrected to is a pattern of the file by now."""
    time = reader.intents.by_tag("time")
    assert time is not None
    corrected = changed(reader, time=replace(time, patterns=(*time.patterns, "zzgl wfp")))
    for before in (reader, with_tags(reader, MIXED_UP)):
        for change in compare_answers(before, corrected, [typed]).changes:
            if change.message == typed:
                assert (change.after, change.verdict, change.is_guess) == ("time", "better", False)


def test_a_message_that_is_out_of_scope_from_now_on_and_what_is_alike_are_not_worse(
    reader: Reader,
) -> None:
    telling = reader.with_intents(replace(reader.intents, out_of_scope=("hello there",)))
    (change,) = compare_answers(reader, telling, ["hello there"]).changes
    assert change == Change("hello there", "typed", "greeting", None, "better")
    again = telling.with_intents(replace(reader.intents, out_of_scope=("hello there", "good day")))
    (change,) = compare_answers(reader, again, ["Hello there!"]).changes
    assert (change.after, change.verdict) == (None, "better")


def test_messages_of_an_intent_that_was_deleted_are_changed_and_not_worse(reader: Reader) -> None:
    compared = compare_answers(reader, changed(reader, goodbye=None), ["see you later then"])
    (change,) = compared.changes
    assert (change.before, change.verdict) == ("goodbye", "changed")
    assert not compared.is_worse


def test_an_answer_is_the_same_under_another_name(reader: Reader) -> None:
    greeting = reader.intents.by_tag("greeting")
    assert greeting is not None
    renamed = changed(reader, greeting=replace(greeting, tag="hello"))
    new = with_tags(reader, ("hello", "time", "goodbye"), renamed.intents)
    assert compare_answers(reader, new, ["hello there"]).changes == ()


def test_another_answer_is_worse_unless_its_intent_was_taught(reader: Reader) -> None:
    new = with_tags(reader, MIXED_UP)
    (change,) = compare_answers(reader, new, ["hello there"]).changes
    assert change == Change("hello there", "typed", "greeting", "time", "worse", is_guess=True)
    time = reader.intents.by_tag("time")
    assert time is not None
    taught = changed(reader, time=replace(time, patterns=(*time.patterns, "zzgl wfp"))).intents
    new = with_tags(reader, MIXED_UP, taught)
    changes = compare_answers(reader, new, ["hello there"]).changes
    assert Change("hello there", "typed", "greeting", "time", "changed") in changes


def test_tests_say_what_is_right_and_failing_ones_are_named(reader: Reader) -> None:
    tests = (
        IntentTest("hello there", "greeting"),
        IntentTest("zzgl", None),
        IntentTest("hi", "time"),
    )
    asked = reader.with_intents(replace(reader.intents, tests=tests))
    (failed,) = failed_tests(asked)
    assert (failed.message, failed.intent, failed.said, failed.place) == (
        "hi",
        "time",
        "greeting",
        2,
    )
    compared = compare_answers(reader, asked)
    assert (compared.tests, compared.failed) == (3, (failed,))
    assert not compared.is_worse, "it did not hold before either"
    compared = compare_answers(reader, with_tags(reader, MIXED_UP, asked.intents))
    assert Change("hello there", "test", "greeting", "time", "worse") in compared.changes


def test_of_very_many_patterns_a_fixed_sample_is_asked(reader: Reader) -> None:
    many = tuple(f"pattern number {n}" for n in range(MOST_PATTERNS + 500))
    intents = Intents((Intent("greeting", many, ()), *reader.intents.intents[1:]))
    large = reader.with_intents(intents)
    compared = compare_answers(large, large)
    assert compared.patterns == MOST_PATTERNS
    assert compared == compare_answers(large, large)


def test_what_got_worse_is_listed_first_whatever_was_asked_first(reader: Reader) -> None:
    greeting = reader.intents.by_tag("greeting")
    assert greeting is not None
    edit = replace(greeting, patterns=("zzgl wfp", *greeting.patterns))
    taught = changed(reader, greeting=edit).intents
    new = with_tags(reader, MIXED_UP, taught)
    compared = compare_answers(reader, new, ["what time", "see ya", "hi you"])
    verdicts = [change.verdict for change in compared.changes]
    assert {"worse", "better"} <= set(verdicts)
    order = ("worse", "changed", "better")
    assert verdicts == sorted(verdicts, key=order.index)
