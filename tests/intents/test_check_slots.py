"""Slots in replies: a slip is named with what was meant, and one key puts it right."""

from __future__ import annotations

import json

import pytest

from chatbot.intents.check import check_text
from chatbot.intents.findings import Finding
from chatbot.intents.fixes import FixError, apply


def written(*replies: str) -> str:
    return json.dumps(
        {"intents": [{"tag": "a", "patterns": ["x y"], "responses": list(replies)}]}, indent=2
    )


def slots(text: str) -> list[Finding]:
    says = ("is not a slot", "has no closing brace")
    findings = check_text(text).findings
    return [finding for finding in findings if any(each in finding.message for each in says)]


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [("tme", "time"), ("Time", "time"), ("usr", "user"), ("confidense", "confidence"),
     ("intnt", "intent"), ("dates", "date")],
)  # fmt: skip
def test_a_slip_in_a_slot_is_put_right_by_one_key(wrong: str, meant: str) -> None:
    text = written("It is {" + wrong + "}, {user}.", "other")
    (found,) = slots(text)
    assert f"Did you mean {{{meant}}}?" in found.remedy
    assert found.fix is not None and found.fix.title == "Correct it"
    line, column = found.position
    assert text.splitlines()[line - 1][column - 1 :].startswith('"It is')
    assert apply(text, found.fix) == text.replace("{" + wrong + "}", "{" + meant + "}")


@pytest.mark.parametrize("word", ["0", "name", "data_file", "x"])
def test_a_slot_that_is_like_none_of_ours_is_reported_without_a_guess(word: str) -> None:
    (found,) = slots(written("Hello {" + word + "}"))
    assert found.fix is None and "Did you mean" not in found.remedy
    assert "{time}" in found.remedy


def test_what_is_a_slot_and_what_is_no_placeholder_is_not_reported() -> None:
    assert slots(written("{time} {user} {} {a b} {time|now} {'a': {'time': 1}} { x : 1")) == []


@pytest.mark.parametrize(
    ("reply", "says", "remedy"),
    [
        ("at { time }", "{ time } is not a slot", "Did you mean {time}?"),
        ("at {time", "{time has no closing brace", "Write {time}"),
        ("{time " * 9, "{time has no closing brace", "Write {time}"),
        ("at {tme|now, {user}", "{tme|now, has no closing brace", "Write {time|now,}"),
    ],
)
def test_blanks_within_braces_and_a_brace_that_is_not_closed_are_slips(
    reply: str, says: str, remedy: str
) -> None:
    (found,) = slots(written(reply))
    assert says in found.message and remedy in found.remedy


def test_correcting_leaves_what_cannot_be_guessed() -> None:
    text = written("{tme} {name} {user}")
    fix = slots(text)[0].fix
    assert fix is not None
    assert json.loads(apply(text, fix))["intents"][0]["responses"] == ["{time} {name} {user}"]
    with pytest.raises(FixError, match="not a reply of “a” any more"):
        apply(written("else"), fix)


def test_blank_patterns_and_replies_are_removed_by_one_key() -> None:
    text = json.dumps({"intents": [{"tag": "a", "patterns": ["x", " "], "responses": ["", "y"]}]})
    for _ in range(2):
        blank = next(f for f in check_text(text).findings if "is blank" in f.message)
        assert blank.fix is not None and blank.fix.title == "Remove it"
        text = apply(text, blank.fix)
    assert json.loads(text)["intents"][0] == {"tag": "a", "patterns": ["x"], "responses": ["y"]}


def declared(name: str, *replies: object, **more: object) -> str:
    intent = {"tag": "a", "patterns": ["x y"], "responses": list(replies), **more}
    return json.dumps({"slots": {name: {"values": ["v"]}}, "intents": [intent]}, indent=2)


@pytest.mark.parametrize(
    "wrong", ["big citty", "Big City", "big_city", "big-city", "bigcity", "big city s"]
)
def test_a_slip_in_a_slot_of_two_words_is_found_and_put_right(wrong: str) -> None:
    text = declared("big city", "ok", "In {" + wrong + "|there}.")
    (found,) = slots(text)
    assert "Did you mean {big city}?" in found.remedy and found.fix is not None
    line, column = found.position
    assert text.splitlines()[line - 1][column - 1 :].startswith('"In {')
    assert apply(text, found.fix) == text.replace("{" + wrong, "{big city")


@pytest.mark.parametrize(
    "reply",
    ['Send {"big city": 1}.', "if (x) {return big city;}", "{ }", "{a, b}", "{big: city}",
     "{big city",      "body {color: red}", "{x y}", "{in a big city}",
     "{{big}}: {1, 2}", "\\frac{a b}{c d}"],
)  # fmt: skip
def test_what_is_in_braces_without_being_a_slot_is_no_slip(reply: str) -> None:
    assert [f.message for f in slots(declared("big city", reply)) if "{big}" not in f.message] == []


def test_a_slip_in_a_question_for_a_slot_is_found() -> None:
    text = declared("city", "Fine.", slots={"city": ["Which {citty}?"]})
    (found,) = slots(text)
    assert "Did you mean {city}?" in found.remedy
    assert text.splitlines()[found.position[0] - 1].strip().startswith('"Which {citty}?"')


def test_a_reply_with_a_condition_that_may_have_a_gap_is_found() -> None:
    text = declared(
        "city",
        "Fine.",
        {"text": "In {city}.", "when": {"hour": "6-11"}},
        {"text": ["Well,", "in {city}."], "when": {"slots": {"city": False}}},
        {"text": "To {city}.", "when": {"slots": {"city": True}}},
        {"text": "To {city}!", "when": {"slots": {"city": ["v"]}}},
        {"text": "By {city|train}."},
    )
    found = [f for f in check_text(text).findings if "has no value" in f.message]
    lines = [text.splitlines()[f.position[0] - 1].strip() for f in found]
    assert lines == ['"text": "In {city}.",', '"in {city}."']
