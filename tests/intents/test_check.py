"""The check of an intents file: what is wrong with it has its place and its remedy."""

from __future__ import annotations

import json
import time
import unicodedata
from typing import Any

import pytest

from chatbot.intents.check import MOST_LISTED, check_text
from chatbot.intents.findings import Severity
from chatbot.intents.fixes import apply
from chatbot.intents.types import SLOTS
from tests.intents.texts import GOOD, one, said, the_error

# ---- not an intents file


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("null", "the file is null"),
        ("[]", "the file is a list"),
        ('"intents"', "the file is a text"),
        ("{}", "no key “intents”"),
        ('{"intents": {}}', "“intents” is an object"),
        ('{"intents": null}', "“intents” is null"),
        ('{"intents": []}', "there is no intent"),
        ('{"rasa_nlu_data": {"common_examples": []}}', "Rasa"),
        ('{"interactionModel": {}}', "Alexa"),
        ('{"intents": [{"intent": "Order", "slots": []}, {"intent": "Stop"}]}', "Alexa"),
    ],
)
def test_what_is_no_intents_file_is_called_what_it_is(text: str, message: str) -> None:
    error = the_error(text)
    assert message in error.message
    assert error.remedy


@pytest.mark.parametrize("patterns", [[], [" "], None])
def test_a_file_without_any_pattern_is_an_error(patterns: list[str] | None) -> None:
    intent = {"tag": "a", "responses": ["r"]} | ({} if patterns is None else {"patterns": patterns})
    assert the_error(json.dumps({"intents": [intent]})).message == "no intent has a pattern"


# ---- wrong intents


@pytest.mark.parametrize(
    ("intent", "message", "remedy"),
    [
        ("Hi", "intent 3 is a text", '{"tag"'),
        ({"patterns": ["x"]}, "intent 3 has no tag", 'Add "tag"'),
        ({"intent": "x", "patterns": ["x"]}, "has no tag", "Rename “intent” to “tag”"),
        ({"tag": 5, "patterns": ["x"]}, "the tag is a number", "as text"),
        ({"tag": None, "patterns": ["x"]}, "the tag is null", "as text"),
        ({"tag": "", "patterns": ["x"]}, "the tag is empty", "short name"),
        ({"tag": " \t", "patterns": ["x"]}, "the tag is empty", "short name"),
        ({"tag": " fine ", "patterns": ["x"]}, "already that of intent 1", "Rename one"),
        ({"tag": "x", "patterns": {}}, "“patterns” is an object", "Write a list"),
        ({"tag": "x", "patterns": ["x"], "responses": "Hi"}, "is a text", 'Write a list: ["Hi"]'),
        ({"tag": "x", "patterns": [["x"]]}, "item 1 of “patterns” is a list", "as text"),
        ({"tag": "x", "patterns": ["x", True]}, "item 2 of “patterns” is true or", "as text"),
        ({"tag": "x", "patterns": ["x"], "responses": [None]}, "“responses” is null", "as text"),
    ],
)
def test_a_wrong_intent_is_an_error_with_a_remedy(intent: Any, message: str, remedy: str) -> None:
    error = the_error(one(intent))
    assert message in error.message
    assert remedy in error.remedy


@pytest.mark.parametrize("key", ["tag", "patterns", "responses"])
def test_a_key_that_is_there_twice_is_an_error_where_something_would_be_lost(key: str) -> None:
    text = one({"tag": "x", "patterns": ["x"], "responses": ["x"]})
    last = '"last"' if key == "tag" else '["last"]'
    text = text.removesuffix("}]}") + f', "{key}": {last}' + "}]}"
    error = the_error(text)
    assert f"“{key}” is there twice" in error.message
    assert error.position == (1, text.index(last) + 1)


def test_a_second_list_of_intents_is_an_error() -> None:
    assert "“intents” is there twice" in the_error('{"intents": [], ' + GOOD[1:]).message


def test_other_repeated_keys_are_only_warned_of() -> None:
    text = one({"tag": "x", "patterns": ["x"], "responses": ["r"]})
    text = text.replace(
        '"tag": "x"', '"context": {"tag": 1, "tag": 2}, "note": 1, "note": 2, "tag": "x"'
    )
    report = check_text(text)
    assert [w.message.split("”")[0] for w in report.warnings] == ["the key “tag", "the key “note"]
    assert report.intents is not None


@pytest.mark.parametrize("key", ["tag", "patterns", "responses"])
def test_half_a_character_is_an_error_that_can_itself_be_printed(key: str) -> None:
    half = {"tag": "x", "patterns": ["p"], "responses": ["r"]}
    half[key] = "\ud800" if key == "tag" else ["\ud800"]
    for text in (one(half), one(half).replace("\ud800", "\\ud800")):
        assert "half of a character" in the_error(text).message
        assert "\n".join(said(text)).encode()


def test_every_problem_is_reported_in_one_pass_from_top_to_bottom() -> None:
    text = """{"intents": [
  {"tag": "a", "patterns": "x"},
  {"patterns": ["y", "y"], "responses": ["{nme}"]},
  7,
  {"tag": "a", "patterns": ["Y"], "responses": [""]}
]}"""
    assert [line.partition(". ")[0] for line in said(text)] == [
        "intents.json:2:3: warning: “a” has no responses",
        "intents.json:2:28: error: “patterns” is a text",
        "intents.json:3:3: error: intent 2 has no tag",
        "intents.json:3:22: warning: “y” is there twice in “intent 2” (first at 3:17)",
        "intents.json:3:42: warning: {nme} is not a slot and stays as written",
        "intents.json:4:3: error: intent 3 is a number",
        "intents.json:5:11: error: the tag “a” is already that of intent 1 (first at 2:11)",
        "intents.json:5:29: warning: “Y”, like “y”, is a pattern of “intent 2” and of “a” "
        "(first at 3:17)",
        "intents.json:5:48: warning: “a” has no responses",
    ]


# ---- warnings


@pytest.mark.parametrize(
    ("intent", "message"),
    [
        ({"tag": "x", "responses": ["r"]}, "“x” has no patterns"),
        ({"tag": "x", "patterns": ["x"]}, "“x” has no responses"),
        ({"tag": "x", "patterns": ["x", " "], "responses": ["r"]}, "item 2 of “patterns” is blank"),
        ({"tag": "x", "patterns": ["x", "X  "], "responses": ["r"]}, "there twice in “x”"),
        (
            {"tag": "x", "patterns": ["Fine  Pattern", "else"], "responses": ["r"]},
            "“fine” and of “x”",
        ),
        ({"tag": "x", "patterns": ["x"], "responses": ["{nme}, {time}"]}, "{nme} is not a slot"),
    ],
)
def test_a_likely_slip_is_a_warning_and_stops_nobody(intent: dict[str, Any], message: str) -> None:
    report = check_text(one(intent))
    assert report.intents is not None
    (warning,) = report.warnings
    assert message in warning.message
    assert warning.tag == "x"
    assert warning.remedy


def test_composed_and_decomposed_vietnamese_are_the_same_pattern() -> None:
    composed = unicodedata.normalize("NFC", "Tiếng Việt")
    decomposed = unicodedata.normalize("NFD", composed)
    assert composed != decomposed
    intent = {"tag": "x", "patterns": [composed, decomposed], "responses": ["r"]}
    (warning,) = check_text(one(intent)).warnings
    assert "there twice" in warning.message


def test_a_power_is_not_the_digit_it_looks_like() -> None:
    intent = {"tag": "x", "patterns": ["2²", "22"], "responses": ["r"]}
    assert check_text(one(intent)).findings == ()


def test_one_intent_with_patterns_is_too_few_to_choose_between() -> None:
    text = json.dumps({"intents": [{"tag": "a", "patterns": ["x"], "responses": ["r"]}]})
    (warning,) = check_text(text).warnings
    assert "only one intent" in warning.message


def test_examples_under_another_programs_key_are_to_be_renamed() -> None:
    (warning,) = check_text(one({"tag": "x", "utterances": ["x"], "responses": ["r"]})).warnings
    assert warning.remedy == "Rename “utterances” to “patterns”"


def test_slots_unknown_keys_and_schema_need_no_word() -> None:
    replies = ["".join(f"{{{slot}}}" for slot in SLOTS), "{ }", "{}", "{two words}"]
    intent = {"tag": "x", "patterns": ["x"], "responses": replies, "context": [""], "text": []}
    assert check_text(one(intent, **{"$schema": "x"})).findings == ()


def test_a_message_cannot_steer_the_terminal_or_break_its_line() -> None:
    (line,) = said(one({"tag": "\x1b[2J\nx", "patterns": ["x"], "responses": []}))
    assert "\x1b" not in line
    assert "\n" not in line


def test_a_large_file_on_one_line_with_a_finding_in_each_pattern_is_checked_at_once() -> None:
    patterns = ["đây là một mẫu"] * 100
    text = json.dumps({"intents": [{"tag": f"t{i}", "patterns": patterns} for i in range(150)]})
    start = time.process_time()
    report = check_text(text)
    assert time.process_time() - start < 5  # about 0.3 s; anything quadratic takes minutes
    found = 150 * 100 - 1 + 150 + 149
    assert len(report.findings) == MOST_LISTED + 1
    more = f"{found - MOST_LISTED:,} more warnings are not listed"
    assert report.findings[0].message == more


def test_many_keys_with_one_repeated_are_checked_at_once() -> None:
    keys = ",".join(f'"k{i}": 0' for i in range(30_000))
    start = time.process_time()
    report = check_text(one().replace("}]", ', "k0": 1,' + keys + "}]"))
    assert time.process_time() - start < 3  # about 0.1 s
    assert [w.message.split()[2] for w in report.warnings] == ["“k0”"]


def test_blanks_around_a_tag_are_a_warning_that_one_key_remedies() -> None:
    text = '{"intents": [{"tag": " a ", "patterns": ["x"], "responses": ["r"]},\n' \
        '{"tag": "b", "patterns": ["y"], "responses": ["r"]}]}'  # fmt: skip
    report = check_text(text)
    (found,) = report.findings
    assert report.intents is not None and report.intents.by_tag("a") is not None
    assert found.severity is Severity.WARNING
    assert "the tag “ a ” has blanks around it" in found.message
    assert found.position == (1, text.index('" a "') + 1)
    assert found.fix is not None
    assert apply(text, found.fix) == text.replace('" a "', '"a"')
    assert check_text(apply(text, found.fix)).findings == ()


def test_a_finding_about_a_repeated_tag_is_of_that_intent() -> None:
    twice = [{"tag": "a", "patterns": [p], "responses": ["r"]} for p in ("one", "two")]
    findings = check_text(json.dumps({"intents": twice})).findings
    assert [finding.tag for finding in findings if "already that of" in finding.message] == ["a"]


def test_every_problem_of_an_intent_is_told_with_its_remedy() -> None:
    text = r"""{"intents": [
  {"tag": " a ", "patterns": ["x", " "], "responses": ["", "r"]},
  {"tag": "b\ud83d", "patterns": ["half \ud83d"], "responses": ["r"]},
  {"tag": 5, "patterns": ["y"], "responses": ["r"]},
  {"tag": "c", "patterns": [7], "responses": "r"},
  {"tag": " ", "patterns": ["z"], "responses": ["r"]},
  {"patterns": ["q"], "responses": ["r"]}
]}"""
    half = r"Write both halves (\ud83d\ude00) or the character itself"
    assert [f"{f.position.line}: {f.message}. {f.remedy}" for f in check_text(text).findings] == [
        "2: the tag “ a ” has blanks around it, which are ignored. Delete them",
        "2: item 2 of “patterns” is blank and not used. Delete it",
        "2: item 1 of “responses” is blank and not used. Delete it",
        f"3: the tag holds half of a character. {half}",
        f"3: item 1 of “patterns” holds half of a character. {half}",
        '4: the tag is a number. Write it as text: "tag": "name"',
        '5: item 1 of “patterns” is a number. Write it as text: "…"',
        '5: “responses” is a text. Write a list: ["r"]',
        "6: the tag is empty. Give the intent a short name",
        '7: intent 6 has no tag. Add "tag": "a_short_name"',
    ]


def test_a_key_that_is_there_twice_is_an_error_where_it_counts_and_a_slip_elsewhere() -> None:
    text = """{"intents": [
 {"tag": "a", "patterns": ["x"], "responses": ["r"], "note": 1, "note": 2},
 {"tag": "b", "patterns": ["y"], "responses": ["r"]}],
 "tests": [
  {"message": "x", "message": "y", "intent": "a"},
  {"message": "z", "intent": "a", "intent": "b"},
  {"message": "u", "intent": "a", "note": 1, "note": 2}]}"""
    found = [f for f in check_text(text).findings if "is there twice" in f.message]
    assert [(f.position.line, f.severity) for f in found] == [
        (2, Severity.WARNING), (5, Severity.ERROR), (6, Severity.ERROR), (7, Severity.WARNING),
    ]  # fmt: skip


def test_too_few_intents_are_named_with_their_place_and_what_to_add() -> None:
    assert said('{"intents": []}') == [
        "intents.json:1:13: error: there is no intent. Add at least two, each with patterns"
    ]
    one = '{"version": 2,\n "intents": [{"tag": "a", "patterns": ["x"], "responses": ["r"]}]}'
    assert said(one) == [
        "intents.json:2:13: warning: only one intent has patterns. "
        "A classifier needs at least two to choose from"
    ]


def test_a_form_to_fill_in_is_one_finding_per_list() -> None:
    """The editor begins a new intent with an empty line in both lists."""
    new = {"tag": "new", "patterns": [""], "responses": [""]}
    known = [{"tag": tag, "patterns": [tag], "responses": ["r"]} for tag in ("a", "b")]
    found = [f.message for f in check_text(json.dumps({"intents": [*known, new]})).findings]
    assert [message for message in found if "“new”" in message or "blank" in message] == [
        "“new” has no patterns, so it is never the answer",
        "“new” has no responses",
    ]
