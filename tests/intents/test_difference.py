"""What an edit of the intents did."""

from __future__ import annotations

from chatbot.intents.difference import Difference, difference_between
from chatbot.intents.types import Intent, Intents


def file(*intents: Intent) -> Intents:
    return Intents(intents)


GREETING = Intent("greeting", ("hi", "hello", "hey"), ("Hello!",))
TIME = Intent("time", ("what time is it", "the time"), ("It is {time}.",))
FALLBACK = Intent("fallback", (), ("What?",))


def test_the_same_in_another_order_is_no_difference() -> None:
    edit = difference_between(file(GREETING, TIME, FALLBACK), file(FALLBACK, TIME, GREETING))
    assert not edit
    assert edit == Difference((), (), (), (), (), ())


def test_patterns_and_replies_that_came_and_went() -> None:
    now = Intent("greeting", ("hi", "hey", "good day"), ("Hello!", "Hi!"))
    edit = difference_between(file(GREETING, TIME), file(now, TIME))
    assert edit.patterns_added == (("greeting", "good day"),)
    assert edit.patterns_removed == (("greeting", "hello"),)
    assert edit.replies_changed == ("greeting",)
    assert not (edit.added or edit.removed or edit.renamed)


def test_a_renamed_intent_is_not_a_new_one_even_with_another_pattern() -> None:
    now = Intent("hello", ("hi", "hello", "hey", "howdy"), ("Hello!",))
    edit = difference_between(file(GREETING, TIME), file(now, TIME))
    assert edit.renamed == (("greeting", "hello"),)
    assert edit.patterns_added == (("hello", "howdy"),)
    assert not (edit.added or edit.removed)
    assert (edit.now("greeting"), edit.now("time")) == ("hello", "time")


def test_two_names_for_the_patterns_of_one_and_the_larger_part_keeps_them() -> None:
    small, large = Intent("a", ("hi",), ()), Intent("b", ("hello", "hey"), ())
    edit = difference_between(file(GREETING), file(small, large))
    assert edit.renamed == (("greeting", "b"),)
    assert edit.added == ("a",)


def test_a_name_taken_over_by_other_patterns_is_the_same_intent() -> None:
    edit = difference_between(file(GREETING, TIME), file(Intent("greeting", TIME.patterns, ())))
    assert edit.removed == ("time",)
    assert edit.renamed == ()
    assert len(edit.patterns_added) == 2


def test_an_intent_without_patterns_can_come_and_go() -> None:
    assert difference_between(file(GREETING), file(GREETING, FALLBACK)).added == ("fallback",)
    assert difference_between(file(GREETING, FALLBACK), file(GREETING)).removed == ("fallback",)


def test_out_of_scope_examples_come_and_go_too() -> None:
    before = Intents((GREETING,), out_of_scope=("any jobs", "play chess"))
    after = Intents((GREETING,), out_of_scope=("play chess", "sing"))
    edit = difference_between(before, after)
    assert edit and (edit.out_of_scope_added, edit.out_of_scope_removed) == (
        ("sing",),
        ("any jobs",),
    )
