"""The key “tests”: messages whose answers must always hold."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from chatbot.cli import main
from chatbot.conversation import Reader
from chatbot.formats import WRITERS
from chatbot.intents.check import check_text
from chatbot.intents.findings import Severity
from chatbot.intents.json_edit import with_data
from chatbot.intents.json_positions import at
from chatbot.intents.types import IntentTest
from chatbot.versions import failed_tests
from tests.random_network import random_network

INTENTS = [
    {"tag": "greeting", "patterns": ["hi", "hello"], "responses": ["Hello!"]},
    {"tag": "time", "patterns": ["the time", "what time"], "responses": ["{time}"]},
    {"tag": "fallback", "patterns": [], "responses": ["What?"]},
]


def file(tests: Any) -> str:
    return json.dumps({"intents": INTENTS, "tests": tests}, indent=1, ensure_ascii=False)


@pytest.mark.parametrize(
    ("tests", "message"),
    [
        ({}, "“tests” is an object"),
        (None, "“tests” is null"),
        (["hi"], "test 1 is a text"),
        ([{"intent": "time"}], "test 1 has no message"),
        ([{"message": 5, "intent": "time"}], "the message is a number"),
        ([{"message": "hi"}], "test 1 does not say which intent"),
        ([{"message": "hi", "intent": ["time"]}], "the intent is a list"),
        ([{"message": "half \ud83d", "intent": None}], "half of a character"),
    ],
)
def test_a_test_that_cannot_be_read_is_an_error_with_its_place(tests: Any, message: str) -> None:
    text = json.dumps({"intents": INTENTS, "tests": tests}, indent=1)
    report = check_text(text)
    assert report.intents is None
    (found,) = report.errors
    assert message in found.message
    assert found.remedy
    assert found.position.line > text[: text.index('"tests"')].count("\n")


def test_a_test_of_an_intent_that_no_model_can_name_is_a_warning() -> None:
    tests = [{"message": "x", "intent": "nowhere"}, {"message": "y", "intent": "fallback"}]
    report = check_text(file(tests))
    assert report.intents is not None
    assert len(report.warnings) == 2
    assert all("no intent" in found.message for found in report.warnings)


def test_one_message_with_two_answers_can_never_hold() -> None:
    tests = [{"message": "Hi", "intent": "greeting"}, {"message": "hi ", "intent": "time"}]
    (found,) = check_text(file(tests)).warnings
    assert "only one can hold" in found.message


def test_tests_are_read_and_are_no_reason_to_train() -> None:
    tests = [{"message": "hi you", "intent": "greeting"}, {"message": "zzz", "intent": None}]
    with_tests, without = check_text(file(tests)).intents, check_text(file([])).intents
    assert with_tests is not None and without is not None
    assert with_tests.tests == (IntentTest("hi you", "greeting"), IntentTest("zzz", None))
    assert with_tests.digest == without.digest


def test_editing_one_test_changes_its_lines_only() -> None:
    tests = [{"message": "hi you", "intent": "greeting"}, {"message": "zzz", "intent": None}]
    text = file(tests)
    data = json.loads(text)
    data["tests"][1]["intent"] = "time"
    changed = with_data(text, data)
    lines = zip(text.splitlines(), changed.splitlines(), strict=True)
    assert [new.strip() for old, new in lines if old != new] == ['"intent": "time"']


def test_check_asks_the_tests_and_fails_where_one_does_not_hold(small_bot: Path) -> None:
    path = small_bot / "intents.json"
    data = json.loads(path.read_text(encoding="utf-8"))

    def checked(tests: Any, code: int) -> str:
        path.write_text(json.dumps({**data, "tests": tests}, indent=1), encoding="utf-8")
        result = CliRunner().invoke(main, ["check", str(path)])
        assert result.exit_code == code, result.output
        return result.output

    holds = [{"message": "hello there", "intent": "greeting"}, {"message": "zzgl", "intent": None}]
    assert "Of 2 tests that must always hold, 2 hold." in checked(holds, 0)
    broken = [*holds, {"message": "hello you", "intent": "time"}]
    output = checked(broken, 1)
    assert "“hello you” must get time, and gets greeting" in output
    assert "Of 3 tests that must always hold, 2 hold." in output
    text = path.read_text(encoding="utf-8")
    line = at(text, text.rindex("{")).line
    assert f"intents.json:{line}:" in output
    result = CliRunner().invoke(main, ["check", str(path), "--json"])
    (found,) = [f for f in json.loads(result.output)["findings"] if f["kind"] == "test"]
    assert (found["line"], found["severity"]) == (line, Severity.WARNING.value)


def test_without_a_model_the_tests_are_not_asked_and_that_is_said(small_file: Path) -> None:
    data = json.loads(small_file.read_text(encoding="utf-8"))
    data["tests"] = [{"message": "hello", "intent": "time"}]
    small_file.write_text(json.dumps(data), encoding="utf-8")
    result = CliRunner().invoke(main, ["check", str(small_file)])
    assert result.exit_code == 0
    assert "its tests were not asked" in result.output


IN_CONVERSATION: dict[str, Any] = {
    "slots": {"city": {"values": ["Hue", "Hanoi"], "closed": True}},
    "intents": [
        {"tag": "order", "patterns": ["one espresso please"], "responses": ["Now?"],
         "context_set": {"ordering": 2}},
        {"tag": "order_yes", "patterns": ["yes"], "responses": ["Fine."],
         "context_filter": "ordering"},
        {"tag": "table", "patterns": ["a table for two"], "responses": ["At 8?"],
         "context_set": "booking"},
        {"tag": "table_yes", "patterns": ["yes"], "responses": ["Booked."],
         "context_filter": "booking"},
        {"tag": "trip", "patterns": ["book me a trip"], "responses": ["To {city}."],
         "slots": {"city": ["Where to?"]}},
        {"tag": "late", "patterns": ["remind me"], "action": "timer"},
    ],
}  # fmt: skip


def of_conversation(*tests: dict[str, Any]) -> Any:
    read = check_text(json.dumps({**IN_CONVERSATION, "tests": list(tests)})).intents
    assert read is not None
    recurrent, classifier = random_network("gru", read)
    classifier.calibration = replace(classifier.calibration, threshold=1.0)
    return Reader(recurrent, classifier, read)


@pytest.mark.parametrize(
    "test",
    [
        {"message": "yes", "intent": "order_yes", "after": ["one espresso please"]},
        {"message": "yes", "intent": "table_yes", "after": "a table for two"},
        {"message": "yes", "intent": "table_yes", "context": "booking"},
        {"message": "yes", "intent": "order_yes", "context": ["ordering"], "after": ["hm"]},
        {"message": "yes", "intent": None},
        {"message": "yes", "intent": None, "after": [], "context": ""},
        {"message": "yes", "intent": None, "after": None, "context": []},
        {"message": "yes", "intent": None, "after": ["one espresso please", "hm", "hm"]},
        {"message": "Hue", "intent": "trip", "after": ["book me a trip"]},
        {"message": "Hue", "intent": None},
        {"message": "remind me", "intent": "late", "after": ["remind me"]},
    ],
)
def test_a_test_is_asked_in_the_conversation_that_it_tells(test: dict[str, Any]) -> None:
    assert failed_tests(of_conversation(test)) == ()
    other = {**test, "intent": "order"}
    (failed,) = failed_tests(of_conversation(other))
    assert failed.said == test["intent"]
    assert failed.message.startswith("".join((test.get("after") or [])[:1]))


def test_no_action_is_carried_out_for_a_test(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*asked: object) -> None:
        raise AssertionError("carried out")

    monkeypatch.setattr("chatbot.conversation.bot.carry_out", never)
    test = {"message": "yes", "intent": None, "after": ["remind me"]}
    assert failed_tests(of_conversation(test)) == ()


def test_one_message_in_two_conversations_may_have_two_answers() -> None:
    tests = [
        {"message": "yes", "intent": "order_yes", "context": "ordering"},
        {"message": "yes", "intent": "table_yes", "context": "booking"},
    ]
    text = json.dumps({**IN_CONVERSATION, "tests": tests})
    assert not [f for f in check_text(text).findings if "two answers" in f.message]
    same = json.dumps({**IN_CONVERSATION, "tests": [tests[0], {**tests[1], "context": "ordering"}]})
    assert [f for f in check_text(same).findings if "two answers" in f.message]


@pytest.mark.parametrize(
    ("more", "message", "key"),
    [
        ({"after": 3}, "“after” is a number", '"after"'),
        ({"after": ["x", None]}, "an item of “after” is", "null"),
        ({"context": {"a": 1}}, "“context” is an object", '"context"'),
        ({"context": ["bokking"]}, "no intent needs the context “bokking”", '"bokking"'),
        ({"afer": ["x"]}, "“afer” is no part of a test", '"afer"'),
        ({"after": ["x"] * 51}, "51 messages are said before it", '"after"'),
        ({"after": ["\ud800"]}, "half", '"\\ud800"'),
    ],
)
def test_a_slip_in_what_was_said_before_is_found_with_its_place(
    more: dict[str, Any], message: str, key: str
) -> None:
    test = {"message": "yes", "intent": None, **more}
    text = json.dumps({**IN_CONVERSATION, "tests": [test]}, indent=1)
    (found,) = [f for f in check_text(text).findings if message in f.message]
    line, column = found.position
    written = text.splitlines()[line - 1]
    assert key in written and column <= written.index(key) + len(key) + 3 and found.remedy


def test_what_a_conversion_writes_has_the_tests_with_what_was_said_before() -> None:
    tests = [{"message": "yes", "intent": "order_yes", "after": ["one espresso please"]},
             {"message": "yes", "intent": None}]  # fmt: skip
    read = check_text(json.dumps({**IN_CONVERSATION, "tests": tests})).intents
    assert read is not None
    assert json.loads(WRITERS["classic"](read).text)["tests"] == tests
