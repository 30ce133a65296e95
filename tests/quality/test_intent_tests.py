"""The key “tests”: messages whose answers must always hold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from chatbot.cli import main
from chatbot.intents.check import check_text
from chatbot.intents.findings import Severity
from chatbot.intents.json_edit import with_data
from chatbot.intents.json_positions import at
from chatbot.intents.types import IntentTest

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
