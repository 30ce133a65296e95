"""Edits by program: what is saved keeps its looks."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot.intents.json_edit import with_data
from chatbot.intents.json_text import BrokenJsonError, load
from tests.intents.texts import GOOD, JSON


def test_only_the_edited_intent_changes_its_looks() -> None:
    data = json.loads(GOOD)
    data["intents"][1]["patterns"].append("Ciao")
    assert with_data(GOOD, data) == GOOD.replace('["Bye"]', '["Bye", "Ciao"]')


def test_a_new_intent_looks_like_the_one_before_it() -> None:
    data = json.loads(GOOD)
    data["intents"].insert(1, {"tag": "new", "patterns": ["á", "b"], "responses": ["r"]})
    line = '    {"tag": "new", "patterns": ["á", "b"], "responses": ["r"]},\n'
    before, after = GOOD.split('    {"tag": "bye"')
    assert with_data(GOOD, data) == before + line + '    {"tag": "bye"' + after


def test_a_removed_intent_takes_its_line_with_it_while_another_is_edited() -> None:
    data = json.loads(GOOD)
    del data["intents"][0]
    data["intents"][0]["responses"] = []
    lines = GOOD.splitlines(keepends=True)
    assert with_data(GOOD, data) == "".join(lines[:2] + lines[3:]).replace('["See you."]', "[]")


def test_lists_wrapped_by_hand_stay_so() -> None:
    text = '{"a": ["one", "two",\n       "three"], "b": 1.00}'
    data = json.loads(text)
    data["a"].append("four")
    assert with_data(text, data) == text.replace('"three"', '"three",\n       "four"')


def test_an_empty_list_is_filled_in_the_indentation_of_its_line() -> None:
    text = '{\n\t"intents": [\n\t\t{\n\t\t\t"tag": "a",\n\t\t\t"patterns": []\n\t\t}\n\t]\n}'
    data = {"intents": [{"tag": "a", "patterns": ["x"]}]}
    assert with_data(text, data) == text.replace("[]", '[\n\t\t\t\t"x"\n\t\t\t]')


def test_an_object_on_one_line_stays_on_one_line() -> None:
    text = '[\n  {"tag": "a", "patterns": []}\n]\n'
    data = [{"tag": "a", "patterns": ["x", "y"], "new": ["z"]}]
    assert with_data(text, data) == ('[\n  {"tag": "a", "patterns": ["x", "y"], "new": ["z"]}\n]\n')


def test_compact_stays_compact() -> None:
    assert with_data('{"a":[],"b":1}', {"a": [1, 2], "b": {"c": 1}}) == '{"a":[1,2],"b":{"c":1}}'


def test_windows_line_ends_and_a_byte_order_mark_stay() -> None:
    text = "\ufeff" + '{\n  "a": [],\n  "b": 1\n}\n'.replace("\n", "\r\n")
    assert with_data(text, {"a": ["x"], "b": 1}) == text.replace("[]", '[\r\n    "x"\r\n  ]')


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (r'["\u0007", "x"]', r'["\u0007", "ế"]'),
        (r'["\\u00e9", "x"]', r'["\\u00e9", "ế"]'),
        (r'["\u00e9", "x"]', r'["\u00e9", "\u1ebf"]'),
        ('["é", "x"]', '["é", "ế"]'),
        ('["e", "x"]', '["e", "ế"]'),
    ],
)
def test_letters_are_escaped_only_where_they_were(text: str, written: str) -> None:
    assert with_data(text, [json.loads(text)[0], "ế"]) == written


def test_true_is_not_one() -> None:
    assert with_data('{"a": 1}', {"a": True}) == '{"a": true}'


def test_half_a_character_is_written_as_its_escape() -> None:
    assert with_data('["é"]', ["\ud800"]) == r'["\ud800"]'


def test_broken_text_is_not_edited() -> None:
    with pytest.raises(BrokenJsonError, match="comma"):
        with_data('{"a": 1,}', {})


@given(JSON, st.sampled_from([None, 0, 1, 4, "\t"]), st.booleans(), st.sampled_from(["", "\n"]))
def test_unchanged_data_returns_the_very_same_text(
    data: Any, indent: int | str | None, ascii_only: bool, end: str
) -> None:
    text = json.dumps(data, indent=indent, ensure_ascii=ascii_only) + end
    assert with_data(text, load(text)) == text


@settings(max_examples=300)
@given(JSON, JSON, st.sampled_from([None, 0, 1, 4, "\t"]), st.booleans(), st.booleans())
@pytest.mark.slow
def test_any_edit_holds_the_new_data_in_its_order(
    old: Any, new: Any, indent: int | str | None, ascii_only: bool, windows: bool
) -> None:
    text = json.dumps({"a": old, "b": [old, new]}, indent=indent, ensure_ascii=ascii_only)
    if windows:
        text = text.replace("\n", "\r\n")
    edited = {"b": [new, old, [old]], "a": new, "c": old}
    written = with_data(text, edited)
    assert json.dumps(json.loads(written)) == json.dumps(edited)
    assert written.count("\n") == written.count("\r\n") or not windows


@given(st.lists(JSON, min_size=1), st.text(), JSON, st.sampled_from([None, 1, 2, 4, "\t"]))
@pytest.mark.slow
def test_unknown_keys_order_and_indentation_survive_an_added_pattern(
    unknown: list[Any], pattern: str, more: Any, indent: int | str | None
) -> None:
    intents = [{"z": u, "tag": f"t{i}", "patterns": ["p"], "a": u} for i, u in enumerate(unknown)]
    data = {"y": more, "intents": intents, "b": more}
    text = json.dumps(data, indent=indent, ensure_ascii=False) + "\n"
    intents[-1]["patterns"].append(pattern)
    assert with_data(text, data) == json.dumps(data, indent=indent, ensure_ascii=False) + "\n"


def test_an_edit_leaves_half_a_character_elsewhere_in_the_text_alone() -> None:
    text = '{"intents": [{"tag": "a", "patterns": ["x \ud83d y"], "responses": ["r"]}]}'
    data = json.loads(text)
    data["intents"][0]["responses"] = ["other"]
    assert with_data(text, data) == text.replace('["r"]', '["other"]')
