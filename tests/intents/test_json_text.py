"""Broken JSON: the slip is named where it is, with its remedy."""

from __future__ import annotations

import pytest

from chatbot.intents.check import check_text
from tests.intents.texts import GOOD, one, said, the_error


def test_a_trailing_comma_is_named_with_line_column_and_remedy() -> None:
    text = GOOD.replace('["What?"]}\n', '["What?"]},\n')
    assert said(text) == [
        "intents.json:5:64: error: a comma before a closing bracket. Delete the comma"
    ]


@pytest.mark.parametrize(
    ("text", "place", "message", "remedy"),
    [
        ("", (1, 1), "empty", "Begin with"),
        (" \n\t", (1, 1), "empty", "Begin with"),
        ('{"a": [1, 2,]}', (1, 12), "comma before a closing", "Delete"),
        ('{"a": 1,\n}', (1, 8), "comma before a closing", "Delete"),
        ('{"a": [1,, 2]}', (1, 10), "nothing before it", "Delete"),
        ('{"a": ["b" "c"]}', (1, 12), "comma is missing", "Put one"),
        ('{"a": 1\n "b": 2}', (2, 2), "comma is missing", "Put one"),
        ("{'intents': []}", (1, 2), "single quotes", "double quotes"),
        ("{\"a\": ['b']}", (1, 8), "single quotes", "double quotes"),
        ("{“intents”: []}", (1, 2), "curly quotes", "straight"),
        ('{"intents"  []}', (1, 13), "colon is missing", '"key": value'),
        ('{"a": }', (1, 7), "value is missing", "after the colon"),
        ('{"a": 1 // why\n}', (1, 9), "no comments", "Delete"),
        ('{\n# why\n"a": 1}', (2, 1), "no comments", "Delete"),
        ('{"a": [1, 2', (1, 12), "the [ at 1:7 is not closed", "Write ]"),
        ('{"a": {"]": 1', (1, 14), "the { at 1:7 is not closed", "Write }"),
        ('{"a": [1, 2}', (1, 12), "} does not close", "Write ] before"),
        ('{"a": {"b": 2]', (1, 14), "] does not close", "Write } before"),
        ('{"a": ["b", "c": 1]}', (1, 16), "key stands within a list", "Write ]"),
        ('{"a": "b}', (1, 7), "quotes opened here", 'Write "'),
        ('{"a": "b\nc"}', (1, 9), "line break or tab", "\\n"),
        ('{"a": "C:\\data"}', (1, 10), "backslash", "\\\\"),
        ('{"a": "say "hi" now"}', (1, 13), "after its closing quote", '\\"'),
        ('{"a": None}', (1, 7), "None is not JSON", "null"),
        ("{a: 1}", (1, 2), "without quotes", "double quotes"),
        ('{"a":\u00a01}', (1, 6), "U+00A0", "Delete"),
        ('{"a": 1} {"b": 2}', (1, 10), "follows the end", "Delete"),
        ('{"a": NaN}', (1, 7), "NaN is not JSON", "null"),
        ('{"NaN": ["\\"NaN", -Infinity]}', (1, 19), "-Infinity is not JSON", "null"),
        ('{"😀é": ["😀" "c"]}', (1, 13), "comma is missing", "Put one"),
    ],
)
def test_a_slip_is_named_where_it_is_with_the_remedy(
    text: str, place: tuple[int, int], message: str, remedy: str
) -> None:
    error = the_error(text)
    assert message in error.message
    assert remedy in error.remedy
    assert error.position == place


@pytest.mark.parametrize("closed", [False, True])
def test_a_hundred_thousand_brackets_are_an_error_and_no_crash(closed: bool) -> None:
    text = '{"intents": []}\n'.replace("[]", "[" * 100_000 + "]" * 100_000 * closed)
    assert "nested too deeply" in the_error(text).message


def test_a_number_longer_than_python_converts_disturbs_nobody() -> None:
    assert check_text(one(weight=1).replace("1}", "9" * 5000 + "}")).findings == ()
