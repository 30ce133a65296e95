"""The check of the key "out_of_scope", and what it costs a file that has mistakes there."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chatbot.intents.check import check_text
from chatbot.intents.findings import Severity

INTENTS = [
    {"tag": "hours", "patterns": ["When do you open?", "opening hours"], "responses": ["At nine."]},
    {"tag": "bye", "patterns": ["bye", "see you"], "responses": ["Bye."]},
]


def found(out_of_scope: Any) -> list[tuple[Severity, str]]:
    text = json.dumps({"intents": INTENTS, "out_of_scope": out_of_scope}, indent=1)
    return [(finding.severity, finding.message) for finding in check_text(text).findings]


@pytest.mark.parametrize("value", ["a message", {"a": 1}, None, 3])
def test_what_is_no_list_is_an_error(value: Any) -> None:
    ((severity, message),) = found(value)
    assert severity is Severity.ERROR and message.startswith("“out_of_scope” is")


def test_what_is_no_text_is_an_error_with_its_number() -> None:
    assert found(["any jobs", 3]) == [
        (Severity.ERROR, "item 2 of “out_of_scope” is a number"),
    ]
    assert found(["\ud83d"])[0][0] is Severity.ERROR


def test_a_blank_one_is_not_used() -> None:
    assert found(["", " "]) == [
        (Severity.WARNING, "item 1 of “out_of_scope” is blank and not used"),
        (Severity.WARNING, "item 2 of “out_of_scope” is blank and not used"),
    ]
    report = check_text(json.dumps({"intents": INTENTS, "out_of_scope": [" ", "any jobs"]}))
    assert report.intents is not None and report.intents.out_of_scope == ("any jobs",)


def test_one_that_is_a_pattern_too_is_a_warning_that_names_the_intent_and_the_line() -> None:
    ((severity, message),) = found(["when do you open"])
    assert severity is Severity.WARNING
    assert message == "“when do you open” is out of scope and a pattern of “hours” (first at 6:5)"


def test_the_key_twice_is_an_error() -> None:
    text = json.dumps({"intents": INTENTS, "out_of_scope": []})
    twice = text[:-1] + ', "out_of_scope": ["any jobs"]}'
    assert any("twice" in finding.message for finding in check_text(twice).errors)


def test_a_file_without_the_key_has_none_and_its_digest_stays() -> None:
    plain = check_text(json.dumps({"intents": INTENTS})).intents
    empty = check_text(json.dumps({"intents": INTENTS, "out_of_scope": []})).intents
    told = check_text(json.dumps({"intents": INTENTS, "out_of_scope": ["any jobs"]})).intents
    assert plain is not None and empty is not None and told is not None
    assert plain.out_of_scope == () and plain.digest == empty.digest != told.digest
