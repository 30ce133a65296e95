"""Findings of a broken file in Vietnamese: whole, and with what the person wrote as it is."""

from __future__ import annotations

import json

import pytest

from chatbot.common import use_language
from chatbot.intents.check import check_text
from chatbot.intents.findings import Severity

BROKEN = [
    "",
    "{",
    "[1]",
    '{"intents": []}',
    '{"intents": [1]}',
    '{"intents": ["hello"]}',
    '{"intents": [{"slots": [], "name": "x"}]}',
    '{"intents": {}, "intents": 3}',
    '{"intents": [{"tag": "a", "patterns": ["x"],}]}',
    '{"intents": [{"tag": "a" "patterns": []}]}',
    '{"intents": [{"tag": "a", "patterns": ["x"]} // no\n]}',
    '{"intents": [{"tag": \'a\'}]}',
    '{"intents": [{"tag": “a”}]}',
    '{"intents": [True]}',
    '{"intents": [NaN]}',
    '{"intents": [{"tag": "a\n"}]}',
    '{"intents": [{"tag": "a\\q"}]}',
    '{"intents": [{"tag": "a]}',
    '{"intents": [}]}',
    '{"intents": [1]} more',
    '{"intents"; 1}',
    '{"openapi": 3}',
    json.dumps({"intents": [{}, {"tag": 3}, {"tag": " "}, {"tag": "\ud800"}, {"tag": " a "}]}),
    json.dumps({"intents": [{"tag": "a", "utterances": ["x"], "patterns": "x", "answers": 1}]}),
    json.dumps(
        {
            "intents": [
                {"tag": "{0}", "patterns": ["{tag}", "{TAG}", "", 4, "?"], "responses": ["{tme}"]},
                {"tag": "{0}", "patterns": ["{tag}"], "responses": ["{nothing}", " "]},
                {"tag": "c", "patterns": ["!"], "responses": []},
            ],
            "tests": [1, {}, {"message": 1, "intent": 1}, {"message": "m", "intent": "{x}"}],
            "out_of_scope": ["{tag}", "", 3],
        }
    ),
    json.dumps({"intents": [{"tag": "a", "patterns": ["x"]}], "tests": 1, "out_of_scope": 1}),
]


@pytest.mark.parametrize("text", BROKEN)
def test_every_finding_and_remedy_is_said_in_vietnamese(text: str, vietnamese: set[str]) -> None:
    found = check_text(text).findings
    assert found and not vietnamese
    for finding in found:
        assert finding.severity.word in ("lỗi", "cảnh báo")
        assert finding.severity in (Severity.ERROR, Severity.WARNING), "JSON keeps its names"


def test_both_languages_find_the_same_in_the_same_places(vietnamese: set[str]) -> None:
    for text in BROKEN:
        here = check_text(text).findings
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("CHATBOT_LANGUAGE", "en")
            use_language()
            there = check_text(text).findings
        use_language()
        assert len(here) == len(there)
        for one, other in zip(here, there, strict=True):
            assert one.message != other.message
            assert (one.severity, one.position, one.kind, one.tag) == (
                other.severity,
                other.position,
                other.kind,
                other.tag,
            )
    assert not vietnamese


def test_what_a_person_wrote_is_no_template(vietnamese: set[str]) -> None:
    text = json.dumps({"intents": [{"tag": "{type}{0}", "patterns": ["{x}", "{X}"]}]})
    said = [finding.message for finding in check_text(text).findings]
    assert any("“{X}”, giống “{x}”, có hai lần trong “{type}{0}”" in message for message in said)
