"""Slots in an intents file: what patterns become, every way to write them, and every slip."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from chatbot.formats import WRITERS
from chatbot.intents.check import check_text
from chatbot.intents.findings import Severity
from chatbot.intents.fixes import apply
from chatbot.intents.types import Intents

CITY = {"city": {"values": ["Hanoi", "Hue", "Da Nang"]}}


def text_of(slots: Any, /, *patterns: str, **keys: Any) -> str:
    intents = [
        {"tag": "go", "patterns": list(patterns), "responses": ["ok"], **keys},
        {"tag": "other", "patterns": ["good morning"], "responses": ["ok"]},
    ]
    data: dict[str, Any] = {"intents": intents}
    return json.dumps(data if slots is None else {**data, "slots": slots}, indent=1)


def read(slots: Any, /, *patterns: str, **keys: Any) -> Intents:
    found = check_text(text_of(slots, *patterns, **keys)).intents
    assert found is not None
    return found


def findings(slots: Any, /, *patterns: str, **keys: Any) -> list[tuple[Severity, str]]:
    found = check_text(text_of(slots, *patterns, **keys)).findings
    return [(finding.severity, finding.message) for finding in found]


def test_in_a_file_without_slots_brackets_and_braces_are_text() -> None:
    patterns = ("see [this](that)", "what is {city}", '[a]{"entity": "b"}')
    with_key, without = read({}, *patterns), read(None, *patterns)
    assert without.intents[0].patterns == patterns == with_key.intents[0].patterns
    assert not without.intents[0].tagged and not without.slots
    assert without.digest == with_key.digest


def test_a_slot_in_a_pattern_is_filled_with_its_values_and_a_marked_one_is_plain() -> None:
    intent = read(CITY, "go to {city}", "from [Ha Noi](city:Hanoi) please").intents[0]
    assert set(intent.patterns) == {
        "go to Hanoi", "go to Hue", "go to Da Nang", "from Ha Noi please",
    }  # fmt: skip
    (marked,) = (each for each in intent.tagged if each.text == "from Ha Noi please")
    (span,) = marked.spans
    assert (marked.text[span.start : span.end], span.slot, span.value) == (
        "Ha Noi", "city", "Hanoi",
    )  # fmt: skip
    assert intent.lines == ("go to {city}", "from [Ha Noi](city:Hanoi) please")
    assert intent.lines_of(["go to Hue", "x"]) == ["go to {city}", "x"]


def test_one_pattern_more_changes_the_texts_of_no_other() -> None:
    before = read(CITY, "go to {city}", "fly to {city}").intents[0].patterns
    after = read(CITY, "a taxi to {city}", "go to {city}", "fly to {city}").intents[0].patterns
    assert after[-len(before) :] == before


@pytest.mark.parametrize(
    "pattern",
    [
        "to {citty}",
        "to [Hue](citty)",
        "to {}",
        "to []()",
        "to [](city)",
        "to [ ](city)",
        "to [Hue](city",
        "to {city",
        "{{}}",
        "to [a\nb](city)",
        "[" * 5_000 + "](city)" * 100,
    ],
)
def test_what_marks_no_slot_stays_as_it_is(pattern: str) -> None:
    begun = time.perf_counter()
    intent = read(CITY, pattern).intents[0]
    assert intent.patterns == (pattern,)
    assert time.perf_counter() - begun < 20


def test_a_value_that_looks_like_a_slot_is_not_filled_again() -> None:
    slots = {"city": {"values": ["{city}", "[Hue](city)", "{name}"]}, "name": {}}
    intent = read(slots, "to {city}", "[{city}](name) here").intents[0]
    assert set(intent.patterns) == {
        "to {city}", "to [Hue](city)", "to {name}", "{city} here",
    }  # fmt: skip


def test_emoji_decomposed_letters_and_scripts_without_blanks_are_marked_where_they_are() -> None:
    patterns = (
        "đến [Hue\u0302\u0301](city) 🎉",
        "去[北京](city)吧",
        "[🍕](city)!",
        "ไป[ภูเก็ต](city)",
    )
    for each in read(CITY, *patterns).intents[0].tagged:
        (span,) = each.spans
        assert f"[{each.text[span.start : span.end]}]" in each.written


@pytest.mark.parametrize(
    ("needs", "found"),
    [
        ("city", [("city", (), True)]),
        (["city", " city "], [("city", (), True)]),
        ({"city": "Which city?"}, [("city", ("Which city?",), True)]),
        ({"city": ["Where?", " ", "Which?"]}, [("city", ("Where?", "Which?"), True)]),
        ({"city": {"ask": ["Where?"], "required": False}}, [("city", ("Where?",), False)]),
        ({"city": None}, [("city", (), True)]),
        ({"town": "Where?"}, []),
        ([], []),
        (None, []),
    ],
)
def test_the_slots_that_an_intent_needs(needs: Any, found: Any) -> None:
    uses = read(CITY, "go", slots=needs).intents[0].slots
    assert [(use.name, use.ask, use.required) for use in uses] == found


@pytest.mark.parametrize(
    ("slots", "message"),
    [
        ([], "“slots” is a list"),
        ("city", "“slots” is a text"),
        ({"": {}}, "a slot has no name"),
        ({"a]": {}}, "the slot “a]” cannot be written in a pattern"),
        ({"a": {}, " a": {}}, "the slot “a” is there twice"),
        ({"a": ["x"]}, "the slot “a” is a list"),
        ({"a": {"values": "x"}}, "“values” is a text"),
        ({"a": {"values": [1]}}, "a value is a number"),
        ({"a": {"values": {"x": 1}}}, "the synonyms of “x” are a number"),
        ({"a": {"values": ["\ud800"]}}, "a value holds half of a character"),
        ({"a": {"kind": "dat"}}, "there is no kind of slot “dat”"),
        ({"a": {"kind": ["date"]}}, "“kind” is a list"),
        ({"a": {"closed": "yes"}}, "“closed” is a text"),
        ({"a": {"regex": "("}}, "the regular expression of “a” cannot be read"),
        ({"a": {"regex": "((a{1000}){1000}){1000}"}}, "the regular expression of “a” cannot be"),
        ({"a": {"values": [f"v{i}" for i in range(50_001)]}}, "the slots have 50,001 values"),
        ({f"s{i}": {} for i in range(201)}, "there are 201 slots"),
    ],
)
def test_an_error_says_what_is_wrong(slots: Any, message: str) -> None:
    errors = [said for severity, said in findings(slots, "go") if severity is Severity.ERROR]
    assert any(said.startswith(message) for said in errors)


@pytest.mark.parametrize(
    ("slots", "pattern", "keys", "message"),
    [
        ({"a": {}}, "go", {}, "nothing says what the values of the slot “a” are"),
        ({"a": {"vlaues": ["x"], "kind": "date"}}, "go", {}, "“vlaues” is no part of a slot"),
        (CITY, "to {citty}", {}, "there is no slot “citty”"),
        (CITY, "to [Hue](town)", {}, "there is no slot “town”"),
        (CITY, "go", {"slots": ["town"]}, "there is no slot “town”"),
        (CITY, "go", {"slots": {"city": {"aks": "?"}}}, "“aks” is no part of a slot"),
        (CITY, "go", {"responses": ["to {ctiy}"]}, "{ctiy} is not a slot and stays as written"),
        (CITY, "go", {"responses": ["to {city}"]}, "{city} has no value where nobody has said one"),
        ({"a": {"regex": "(a|aa)+$"}}, "go", {}, "the regular expression of “a” can take for ever"),
        ({"a": {"regex": "x*"}}, "go", {}, "the regular expression of “a” also matches where"),
    ],
)
def test_a_warning_says_what_is_probably_meant(
    slots: Any, pattern: str, keys: Any, message: str
) -> None:
    assert (Severity.WARNING, message) in [
        (severity, said[: len(message)]) for severity, said in findings(slots, pattern, **keys)
    ]


@pytest.mark.parametrize(
    ("slots", "keys"),
    [
        (CITY, {"responses": ["to {city|there}"]}),
        (CITY, {"responses": ["to {city}"], "slots": ["city"]}),
        ({"city": {**CITY["city"], "default": "Hue"}}, {"responses": ["to {city}"]}),
        ({"time": {"kind": "time"}}, {"responses": ["at {time}"]}),
    ],
)
def test_a_reply_that_can_always_be_filled_is_no_finding(slots: Any, keys: Any) -> None:
    assert findings(slots, "go", **keys) == []


def test_a_misspelt_slot_of_the_file_is_corrected_by_its_remedy() -> None:
    text = text_of(CITY, "go", responses=["to {ctiy|there}", "x"], slots=["city"])
    (finding,) = check_text(text).findings
    assert finding.fix is not None
    assert "to {city|there}" in apply(text, finding.fix)


def test_findings_lead_to_line_and_column() -> None:
    report = check_text(text_of({"a": {"kind": "dat"}}, "go"))
    (finding,) = report.errors
    line = text_of({"a": {"kind": "dat"}}, "go").split("\n")[finding.position.line - 1]
    assert line[finding.position.column - 1 :].startswith('"dat"')


def test_marking_a_value_makes_a_model_stale_and_so_does_another_value_of_the_list() -> None:
    plain, marked = read(CITY, "to Hue"), read(CITY, "to [Hue](city)")
    assert plain.intents[0].patterns == marked.intents[0].patterns
    assert plain.digest != marked.digest
    more = {"city": {"values": ["Hanoi", "Hue", "Da Nang", "Vinh"]}}
    assert read(more, "to [Hue](city)").digest != marked.digest
    assert read(more, "to Hue").digest == plain.digest


def test_a_file_with_slots_is_written_as_it_was_read() -> None:
    slots = {
        "city": {"values": {"Hanoi": ["Ha Noi"], "Hue": []}, "closed": True, "default": "Hue"},
        "order": {"regex": "[A-Z]{2}\\d{4}"},
        "when": {"kind": "date"},
        "name": {},
    }
    before = read(
        slots,
        "to {city} {when}",
        "I am [Ann](name)",
        slots={"city": {"ask": ["Which?"]}, "when": {"required": False}},
    )
    written = WRITERS["classic"](before).text
    assert check_text(written).intents == before
    assert json.loads(written)["slots"] == slots
