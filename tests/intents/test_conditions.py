"""Replies with conditions and actions in a file: every slip with its place and remedy."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chatbot.formats import WRITERS
from chatbot.intents import changes, check_text, conditions, difference_between
from chatbot.intents.check import Report
from chatbot.intents.fixes import apply

SLOTS = {name: {"values": ["x"]} for name in ("city", "day", "known")}


def check(responses: Any, **more: Any) -> Report:
    first = {"tag": "a", "patterns": ["some words"], "responses": responses, **more}
    other = {
        "tag": "b",
        "patterns": ["others"],
        "responses": ["Yes."],
        "context_set": ["one", "two"],
    }
    return check_text(json.dumps({"slots": SLOTS, "intents": [first, other]}, indent=1))


def slips(report: Report) -> list[tuple[str, str]]:
    return [(str(f.severity), f.message) for f in report.findings]


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        ({"text": "x", "when": {"hours": "6-11"}}, "a reply cannot depend on “hours”"),
        ({"text": "x", "when": {"hour": "6-24"}}, "“6-24” is no hour"),
        ({"text": "x", "when": {"hour": [3, True]}}, "“True” is no hour"),
        ({"text": "x", "when": {"hour": -1}}, "“-1” is no hour"),
        ({"text": "x", "when": {"hour": 9.5}}, "“9.5” is no hour"),
        ({"text": "x", "when": {"hour": {"from": 6}}}, "“an object” is no hour"),
        ({"text": "x", "when": {"day": "monnday"}}, "“monnday” is no day"),
        ({"text": "x", "when": {"day": 1}}, "“1” is no day"),
        ({"text": "x", "when": {"language": "english"}}, "“english” is no language"),
        ({"text": "x", "when": {"context": [" "]}}, "“ ” is no context"),
        ({"text": "x", "when": {"slots": ["city"]}}, "“slots” is a list"),
        ({"text": "x", "when": {"slots": {" ": "y"}}}, "a slot has no name"),
        (
            {"text": "x", "when": {"slots": {"city": 5}}},
            "what the slot “city” must be is a number",
        ),
        ({"text": "x", "when": {"slots": {"city": []}}}, "what the slot “city” must be is a list"),
        ({"text": "x", "when": "morning"}, "“when” is a text"),
        ({"text": " "}, "the text of a reply is blank"),
        ({"text": []}, "the reply has no text"),
        ({"text": ["x", None]}, "the text of a reply is null"),
        ({"text": "\ud83d"}, "the text of a reply holds half of a character"),
        ({"when": {"hour": 6}}, "the reply has no text"),
        ({"text": "x", "type": "text"}, "“type” is no part of a reply"),
        ({"text": "x", "wenn": {"hour": 6}}, "“wenn” is no part of a reply"),
        ({"image": "x.png"}, "item 1 of “responses” is an object"),
    ],
)
def test_a_slip_in_a_reply_is_an_error_with_its_place(reply: Any, message: str) -> None:
    report = check([reply, "Plain."])
    assert slips(report) == [("error", message)]
    assert report.intents is None
    (finding,) = report.findings
    assert finding.remedy
    assert finding.position.line >= 9


def test_a_wrong_part_is_told_which_one_was_meant() -> None:
    (finding,) = check([{"text": "x", "when": {"lang": "en"}}, "y"]).findings
    assert finding.remedy == "Did you mean “language”?"


def test_slots_and_contexts_that_are_not_there_are_warned_about() -> None:
    when = {"slots": {"cty": True}, "context": ["ordring", "ordering"]}
    report = check_text(
        json.dumps(
            {
                "slots": {"city": {"values": ["Hue"]}},
                "intents": [
                    {
                        "tag": "a",
                        "patterns": ["some words"],
                        "responses": ["y", {"text": "x", "when": when}],
                        "context_set": "ordering",
                    },
                    {"tag": "b", "patterns": ["others"], "responses": ["Yes."]},
                ],
            }
        )
    )
    assert [(f.message, f.remedy) for f in report.findings] == [
        ("the file declares no slot “cty”, so it is never known", "Did you mean “city”?"),
        (
            "no answer makes the context “ordring” active, so this reply is never given",
            "Did you mean “ordering”?",
        ),
    ]


def test_replies_that_all_have_conditions_are_warned_about() -> None:
    report = check([{"text": "x", "when": {"hour": 6}}])
    assert slips(report) == [("warning", "every reply of “a” has a condition")]
    assert slips(check([{"text": ["x", "y"]}])) == []


def test_an_unknown_slot_in_a_conditional_reply_is_found_where_it_stands() -> None:
    (finding,) = check([{"text": ["x", "{tme}"], "when": {"hour": 6}}, "y"]).findings
    assert "{tme}" in finding.message
    assert finding.fix is None


@pytest.mark.parametrize(
    ("action", "message"),
    [
        ("dise", "there is no action “dise” here, so it does not count"),
        ("os.system", "there is no action “os.system” here, so it does not count"),
        (5, "“action” is a number and does not count"),
        ({"name": "dice"}, "“action” is an object and does not count"),
    ],
)
def test_an_action_that_nobody_has_leaves_the_file_as_useful_as_it_was(
    action: Any, message: str
) -> None:
    report = check(["Plain."], action=action)
    assert slips(report) == [("warning", message)]
    assert report.intents is not None


@pytest.mark.parametrize("as_object", [False, True])
def test_a_slot_that_the_action_does_not_fill_is_found_with_the_nearest(as_object: bool) -> None:
    reply = "{wekday}, {day}, {result}, {city}, {weekday}, {away}, {days}"
    report = check(["Plain.", {"text": reply} if as_object else reply], action="date")
    (finding,) = [each for each in report.findings if "wekday" in each.message]
    assert not [each for each in report.findings if "{weekday} is" in each.message]
    assert finding.message == "{wekday} is not a slot and stays as written"
    assert "Did you mean {weekday}?" in finding.remedy
    assert finding.position.line >= 10
    assert finding.position.column > 1
    assert (finding.fix is None) == as_object


def test_a_slot_that_the_action_fills_has_no_gap() -> None:
    assert slips(check(["Plain.", "{city}: {result}"], action="time_in_city")) == []


def test_a_slot_of_an_action_that_is_misspelt_is_corrected() -> None:
    text = json.dumps(
        {"intents": [{"tag": "a", "patterns": ["x"], "responses": ["{wekday}"], "action": "date"}]}
    )
    (fix,) = [f.fix for f in check_text(text).findings if f.fix is not None]
    assert "{weekday}" in apply(text, fix)


def test_an_intent_with_an_action_needs_no_replies_and_names_its_slots() -> None:
    assert slips(check([], action="dice")) == []
    assert slips(check(["You rolled {result}, {sum} in all"], action="dice")) == []
    assert slips(check(["Plain."], action="")) == []


EVERYTHING = {
    "slots": {"city": "Hue", "day": ["a", "b"], "known": True},
    "context": ["one", "two"],
    "hour": ["6-11", "22"],
    "day": ["monday", "sunday"],
    "language": "vi",
}


def test_what_we_write_is_what_we_read() -> None:
    report = check(["Plain.", {"text": ["x", "y"], "when": EVERYTHING}], action="dice")
    assert report.intents is not None
    first = report.intents.intents[0]
    assert conditions.as_json(first.conditional[0]) == {"text": ["x", "y"], "when": EVERYTHING}
    again = check_text(WRITERS["classic"](report.intents).text).intents
    assert again is not None
    assert again.intents[0] == first


def test_other_programs_cannot_hold_them_and_it_is_said() -> None:
    intents = check(["Plain.", {"text": "x", "when": {"hour": 6}}], action="dice").intents
    assert intents is not None
    notes = {note.what: note.count for note in WRITERS["rasa"](intents).notes}
    assert notes["replies with conditions, or of several messages, were left out"] == 1
    assert notes["actions of intents were left out"] == 1


def test_a_form_keeps_the_replies_that_it_does_not_show() -> None:
    special = {"text": "x", "when": {"hour": "6-11"}}
    data = {"intents": [{"tag": "a", "patterns": ["p"], "responses": ["one", special]}]}
    text = json.dumps(data, indent=2)
    assert changes.fill_in(text, "a", "a", ["p"], ["one"]) == text
    changed = json.loads(changes.fill_in(text, "a", "a", ["p"], ["two", "three"]))
    assert changed["intents"][0]["responses"] == ["two", "three", special]
    assert [found.index for found in changes.search(text, "x")] == [1]


def test_editing_a_condition_is_a_change_of_replies_alone() -> None:
    before = check(["Plain.", {"text": "x", "when": {"hour": 6}}]).intents
    after = check(["Plain.", {"text": "x", "when": {"hour": 7}}]).intents
    assert before is not None
    assert after is not None
    assert difference_between(before, after).replies_changed == ("a",)
    assert before.digest == after.digest
