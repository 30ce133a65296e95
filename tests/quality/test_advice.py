"""Advice: what an evaluation says to do next, in the order of what it gains; ugly answers first."""

from __future__ import annotations

from dataclasses import replace

from chatbot.quality import Answer, Evaluated, advice_on, report
from chatbot.quality.metrics import figures
from chatbot.quality.results import OutOfScope


def answers(
    intent: str, predicted: str, count: int, confidence: float = 0.6, in_scope: bool = True
) -> list[Answer]:
    return [
        Answer(f"{intent} {predicted} {confidence} {n}", intent, predicted, confidence, in_scope)
        for n in range(count)
    ]


def evaluated(*groups: list[Answer], folds: int | None = 5) -> Evaluated:
    found = [answer for group in groups for answer in group]
    tags = list(dict.fromkeys(answer.intent for answer in found))
    tags += [a.predicted for a in found if a.predicted not in tags]
    return figures(found, list(dict.fromkeys(tags)), source="test", seconds=1.0, folds=folds)


def test_one_message_that_is_right_needs_no_advice() -> None:
    assert advice_on(evaluated(answers("a", "a", 1))) == ()


def test_a_single_mistake_may_be_chance() -> None:
    found = evaluated(answers("a", "a", 11), answers("a", "b", 1), answers("b", "b", 12))
    assert advice_on(found) == ()


def test_nothing_right_at_all_is_advised_about_too() -> None:
    (piece,) = advice_on(evaluated(answers("a", "b", 5, in_scope=False)))
    assert piece.kind == "add patterns" and piece.gain == piece.of == 5
    assert "0 of its 5 messages are answered rightly (0 %, likely 0 to 43 %)" in piece.why
    assert "5 get the fallback reply" in piece.why


def test_two_intents_taken_for_each_other_are_to_be_merged_or_told_apart() -> None:
    found = evaluated(
        answers("a", "a", 6), answers("a", "b", 6), answers("b", "b", 7), answers("b", "a", 5),
        answers("c", "c", 10), answers("c", "d", 2), answers("d", "d", 10), answers("d", "c", 1),
    )  # fmt: skip
    merge, apart = advice_on(found)
    assert (merge.kind, merge.intents, merge.gain) == ("merge", ("a", "b"), 11)
    assert merge.what == "Merge “a” and “b”, or give them patterns that differ"
    assert merge.why == (
        "11 of their 24 messages are taken for the other (46 %, likely 28 to 65 %)"
    )
    assert (apart.kind, apart.intents, apart.gain) == ("tell apart", ("c", "d"), 3)
    assert apart.gains == "gains at most 3 of 47 messages"


def test_patterns_that_are_surely_of_another_intent_are_to_be_moved() -> None:
    found = evaluated(
        answers("a", "a", 10), answers("a", "b", 1, 0.97), answers("b", "b", 10),
        answers("b", "a", 1, 0.5),
    )  # fmt: skip
    (piece,) = advice_on(found)
    assert piece.kind == "move" and piece.intents == ("a", "b")
    assert piece.what.startswith("Move “a b 0.97 0” from “a” to “b”, if")
    assert "97 % sure" in piece.why
    several = evaluated(answers("a", "a", 10), answers("a", "b", 3, 0.9), answers("b", "b", 10))
    (piece,) = advice_on(several)
    assert "and 2 more" in piece.what and "at least 90 % sure" in piece.why and piece.gain == 3


def test_messages_of_a_test_file_are_no_patterns_to_move() -> None:
    found = evaluated(
        answers("a", "a", 10), answers("a", "b", 3, 0.99), answers("b", "b", 10), folds=None
    )
    assert [piece.kind for piece in advice_on(found)] == ["add patterns"]


def test_an_intent_above_the_average_is_left_alone() -> None:
    found = evaluated(
        answers("good", "good", 18), answers("good", "x", 2), answers("bad", "bad", 10),
        answers("bad", "y", 4), answers("bad", "bad", 6, 0.2, in_scope=False),
    )  # fmt: skip
    (piece,) = advice_on(found)
    assert piece.intents == ("bad",) and piece.gain == 10
    assert "10 of its 20 messages are answered rightly (50 %, likely 30 to 70 %)" in piece.why
    assert "6 get the fallback reply" in piece.why


def test_no_message_is_counted_twice_and_the_largest_gain_comes_first() -> None:
    found = evaluated(
        answers("a", "a", 3), answers("a", "b", 4), answers("a", "c", 2, 0.95),
        answers("b", "a", 3), answers("b", "b", 3), answers("b", "c", 3),
        answers("c", "c", 9), answers("c", "c", 2, 0.1, in_scope=False),
    )  # fmt: skip
    pieces = advice_on(found)
    messages = [message for piece in pieces for message in piece.messages]
    assert len(messages) == len(set(messages)) == sum(piece.gain for piece in pieces)
    assert [p.gain for p in pieces] == sorted((p.gain for p in pieces), reverse=True)


def test_what_is_answered_though_out_of_scope_is_to_be_listed() -> None:
    strangers = answers("weather", "a", 3) + answers("weather", "a", 7, 0.1, in_scope=False)
    found = replace(
        evaluated(answers("a", "a", 10), folds=None),
        out_of_scope=OutOfScope(("weather",), tuple(strangers), 0.7),
    )
    (piece,) = advice_on(found)
    assert piece.kind == "add out of scope" and (piece.gain, piece.of) == (3, 10)


def test_tags_and_messages_that_would_steer_the_terminal_are_escaped() -> None:
    tag = "\x1b[31m[b]{a}\ud83d"
    found = evaluated(answers(tag, tag, 5), answers(tag, "b", 3, 0.9), answers("b", "b", 9))
    for piece in advice_on(found):
        assert "\x1b" not in piece.what + piece.why
        (piece.what + piece.why).encode()
    assert "\x1b" not in report.as_markdown(found) + "\n".join(report.as_lines(found))


def test_the_report_lists_the_advice_and_json_has_all_of_it() -> None:
    groups = []
    for number in range(10):
        tag = f"intent {number}"
        groups += [answers(tag, tag, 2), answers(tag, "other", 4 + number)]
    found = evaluated(*groups, answers("other", "other", 400))
    lines = report.as_lines(found)
    start = lines.index("What to do next, by what it gains")
    assert lines[start + 1] == "  1. Add patterns to “intent 9”, said in other words"
    assert "gains at most 13 of" in lines[start + 2]
    assert any("and 4 more" in line for line in lines)
    assert len(report.as_values(found)["advice"]) == 10
    assert report.as_markdown(found).count("Add patterns to") == 10
