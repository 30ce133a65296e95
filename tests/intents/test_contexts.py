"""Contexts in an intents file: every way to write them, and every slip in them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chatbot.intents.check import check_text
from chatbot.intents.findings import Severity
from chatbot.intents.types import Context, Intents


def text_of(*more: dict[str, Any]) -> str:
    intents = [
        {"tag": f"i{number}", "patterns": [f"pattern {number}"], "responses": ["r"], **keys}
        for number, keys in enumerate(more)
    ]
    return json.dumps({"intents": intents}, indent=1)


def intents_of(*more: dict[str, Any]) -> Intents:
    found = check_text(text_of(*more)).intents
    assert found is not None
    return found


def findings(*more: dict[str, Any]) -> list[tuple[Severity, str]]:
    return [
        (finding.severity, finding.message)
        for finding in check_text(text_of(*more)).findings
        if "context" in finding.message
    ]


@pytest.mark.parametrize("nothing", ["", " ", [], [""], ["", " "], None, {}])
@pytest.mark.parametrize("key", ["context", "context_set"])
def test_a_file_that_writes_nothing_for_no_context_is_as_before(key: str, nothing: Any) -> None:
    intents = intents_of({key: nothing, "context_filter": nothing or ""}, {})
    assert all(not each.context_set and not each.context_filter for each in intents.intents)
    assert findings({key: nothing}, {}) == []


@pytest.mark.parametrize(
    ("keys", "made"),
    [
        ({"context_set": "a"}, [("a", 5)]),
        ({"context_set": [" a ", "b", "a"]}, [("a", 5), ("b", 5)]),
        ({"context_set": {"a": 2, "b": 0}}, [("a", 2), ("b", 0)]),
        ({"context": "a"}, [("a", 5)]),
        ({"context": ["a", ""]}, [("a", 5)]),
        ({"context": {"a": 1}}, [("a", 1)]),
        ({"context": {"out": ["a"], "in": "b"}}, [("a", 5)]),
        ({"context_set": {"a": 2}, "context": ["a", "b"]}, [("a", 2), ("b", 5)]),
    ],
)
def test_what_an_answer_makes_active(keys: dict[str, Any], made: list[tuple[str, int]]) -> None:
    first = intents_of(keys, {}).intents[0]
    assert first.context_set == tuple(Context(*each) for each in made)


@pytest.mark.parametrize(
    ("keys", "needed"),
    [
        ({"context_filter": "a"}, ("a",)),
        ({"context_filter": ["a", "b", "a "]}, ("a", "b")),
        ({"context": {"in": "a"}}, ("a",)),
        ({"context": {"in": ["a"]}, "context_filter": "b"}, ("b", "a")),
        ({"context": "a"}, ()),
    ],
)
def test_what_an_intent_needs(keys: dict[str, Any], needed: tuple[str, ...]) -> None:
    assert intents_of(keys, {}).intents[0].context_filter == needed


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"context_set": 3}, "“context_set” is a number"),
        ({"context_set": ["a", 3]}, "a context is a number"),
        ({"context_set": {"a": "5"}}, "the context “a” is active for a text messages"),
        ({"context_set": {"a": -1}}, "the context “a” is active for -1 messages"),
        ({"context_set": {"a": 1.5}}, "the context “a” is active for 1.5 messages"),
        ({"context_set": {"a": True}}, "the context “a” is active for True messages"),
        ({"context_set": {"a": 10**20}}, f"the context “a” is active for {10**20} messages"),
        ({"context_set": {" ": 1}}, "a context has no name"),
        ({"context_filter": {"a": 1}}, "“context_filter” is an object"),
        ({"context_filter": [["a"]]}, "a context is a list"),
        ({"context_filter": "\ud83d"}, "the name of a context holds half of a character"),
        ({"context": {"in": 3}}, "“in” is a number"),
        ({"context": {"out": {"a": None}}}, "the context “a” is active for null messages"),
    ],
)
def test_a_slip_is_an_error_at_its_place(keys: dict[str, Any], message: str) -> None:
    report = check_text(text_of({}, keys))
    assert message in [finding.message for finding in report.errors]
    assert report.intents is None
    assert all(finding.position.line > 7 for finding in report.errors)


def test_a_context_that_nobody_sets_is_told_with_the_one_that_was_meant() -> None:
    report = check_text(text_of({"context_set": "ordering"}, {"context_filter": "odering"}))
    (finding,) = report.warnings
    assert finding.message.startswith("no answer makes the context “odering” active")
    assert finding.remedy == "Did you mean “ordering”?"
    assert findings({"context_set": {"a": 0}}, {"context_filter": "a"}) != []


def test_a_part_of_a_context_that_there_is_not_is_told() -> None:
    assert findings({"context": {"in": "a", "outs": "b"}}, {"context_set": "a"}) == [
        (Severity.WARNING, "“outs” is not a part of “context” and does not count")
    ]


def test_yes_may_be_a_pattern_in_two_contexts() -> None:
    yes = {"patterns": ["yes"], "context_set": ["a", "b"]}
    apart = check_text(text_of({**yes, "context_filter": "a"}, {**yes, "context_filter": "b"}))
    assert apart.findings == ()
    together = check_text(text_of({**yes, "context_filter": "a"}, {**yes, "context_filter": "a"}))
    assert len(together.findings) == 2


def test_contexts_need_no_training() -> None:
    with_contexts = intents_of({"context_set": "a"}, {"context_filter": "a"})
    assert with_contexts.digest == intents_of({}, {}).digest
    assert with_contexts.contexts == {"a"}
    assert [each.tag for each in with_contexts.reachable([])] == ["i0"]
    assert [each.tag for each in with_contexts.reachable(["a", "z"])] == ["i0", "i1"]
