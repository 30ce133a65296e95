"""Questions that are almost the same, and intents of the same tag: found, and merged by one key."""

from __future__ import annotations

import json

import pytest

from chatbot.intents import Finding, alike_questions, fixes
from chatbot.intents.check import check_text


def text_of(*questions: str) -> str:
    items = [
        {"tag": f"t{n}", "patterns": [q], "responses": [f"r{n}"]} for n, q in enumerate(questions)
    ]
    return json.dumps({"intents": items}, indent=1)


def almost(text: str) -> list[Finding]:
    return [f for f in check_text(text).warnings if "almost the same" in f.message]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("What does it cost?", "what does this cost"),
        ("How do I reset my password?", "How can I reset my password"),
        ("Was kostet eine Karte?", "Was kostet die Karte?"),
        ("¿Cuánto cuesta el envío?", "cuánto cuesta un envío"),
        ("Mấy giờ thì mở cửa?", "Mấy giờ mở cửa?"),
    ],
)
def test_questions_that_differ_in_small_words_are_offered_for_merging(one: str, other: str) -> None:
    text = text_of(one, "where are you", other)
    (finding,) = almost(text)
    assert finding.fix is not None and finding.fix.title == "Merge it into “t0”"
    merged = check_text(fixes.apply(text, finding.fix))
    assert merged.intents is not None
    assert [(i.patterns, i.responses) for i in merged.intents.intents] == [
        ((one, other), ("r0", "r2")),
        (("where are you",), ("r1",)),
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("When do you open?", "Why do you open?"),
        ("Do you deliver to Berlin?", "Do you deliver to Bern?"),
        ("Where is the ticket?", "What is a ticket?"),
        ("Can I return it?", "Can I keep it?"),
        ("what is it", "where is it"),
        ("いつ開きますか", "いつ閉まりますか"),
    ],
)
def test_questions_that_ask_something_else_are_not(one: str, other: str) -> None:
    assert almost(text_of(one, other)) == []


def test_intents_with_many_patterns_are_meant_to_differ() -> None:
    many = [(n, f"what does it cost {n}") for n in range(4)]
    assert list(alike_questions({0: many, 1: [(0, "what does this cost 1")]})) == []


def test_the_remedy_for_a_repeated_tag_leaves_everything_else_as_it_was() -> None:
    text = (
        '{"intents": [\n {"tag": "a", "patterns": ["x"], "note": "n"},\n'
        ' {"tag": "b", "patterns": ["y"], "responses": ["q"]},\n'
        ' {"tag": "a", "patterns": ["z", "x"], "responses": ["s"], "other": 1}\n], "k": 1}'
    )
    (error,) = check_text(text).errors
    assert error.fix is not None
    fixed = fixes.apply(text, error.fix)
    assert '\n {"tag": "b", "patterns": ["y"], "responses": ["q"]}' in fixed
    assert json.loads(fixed) == {
        "intents": [
            {"tag": "a", "patterns": ["x", "z"], "note": "n", "responses": ["s"], "other": 1},
            {"tag": "b", "patterns": ["y"], "responses": ["q"]},
        ],
        "k": 1,
    }
    with pytest.raises(fixes.FixError, match="no intent “a” any more"):
        fixes.apply('{"intents": [{"tag": "b", "patterns": ["y"]}]}', error.fix)
