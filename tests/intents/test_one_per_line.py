"""Lists that we write: one pattern per line, and no line of the file that nobody changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from chatbot.intents.changes import fill_in, rename
from chatbot.intents.json_edit import WIDEST, with_data
from chatbot.teaching.corrections import correct
from chatbot.tui.editor.changes import with_new_intent

ONE_LINE = """{
  "intents": [
    {
      "tag": "greeting",
      "patterns": ["Hello", "Hi there"],
      "responses": ["Hello!"]
    },
    {
      "tag":   "goodbye",
      "patterns": [
        "Bye",
        "See you"
      ],
      "responses": ["Goodbye!"]
    }
  ]
}
"""
MANY = [f"a pattern that is number {number}" for number in range(6)]


def lines_beside(before: str, after: str) -> tuple[list[str], list[str]]:
    """Return what is left of two texts when their common first and last lines are away."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    while old and new and old[0] == new[0]:
        old, new = old[1:], new[1:]
    while old and new and old[-1] == new[-1]:
        old, new = old[:-1], new[:-1]
    return old, new


def test_a_list_that_does_not_fit_on_its_line_any_more_is_one_pattern_per_line() -> None:
    after = fill_in(ONE_LINE, "greeting", "greeting", ["Hello", "Hi there", *MANY], ["Hello!"])
    old, new = lines_beside(ONE_LINE, after)
    assert old == ['      "patterns": ["Hello", "Hi there"],\n']
    assert new[0] == '      "patterns": [\n' and new[-1] == "      ],\n"
    assert new[1:-1] == [
        f"        {json.dumps(p)}{',' if p != MANY[-1] else ''}\n"
        for p in ["Hello", "Hi there", *MANY]
    ]


def test_a_short_list_stays_on_its_line() -> None:
    after = fill_in(ONE_LINE, "greeting", "greeting", ["Hello", "Hi there", "Hey"], ["Hello!"])
    assert lines_beside(ONE_LINE, after)[1] == ['      "patterns": ["Hello", "Hi there", "Hey"],\n']


def test_a_list_of_one_per_line_stays_so_even_if_it_was_empty_in_between() -> None:
    longer = fill_in(ONE_LINE, "goodbye", "goodbye", ["Bye", "See you", *MANY], ["Goodbye!"])
    assert len(longer.splitlines()) == len(ONE_LINE.splitlines()) + len(MANY)
    empty = fill_in(ONE_LINE, "goodbye", "goodbye", [], ["Goodbye!"])
    again = fill_in(empty, "goodbye", "goodbye", ["Bye", "See you"], ["Goodbye!"])
    assert again == ONE_LINE


def test_a_new_intent_is_one_pattern_per_line_though_its_neighbours_are_not() -> None:
    text, _ = with_new_intent(ONE_LINE, 0)
    after = fill_in(text, "new_intent", "rent", ["a bike", "a car"], ["Here."])
    assert lines_beside(ONE_LINE, after)[0] == []
    assert '"patterns": [\n        "a bike",\n        "a car"\n      ],' in after


def test_a_rename_touches_one_line_and_no_blank_pattern() -> None:
    text, _ = with_new_intent(ONE_LINE, 0)
    after = fill_in(text, "new_intent", "rent", [], [])
    assert after == rename(text, "new_intent", "rent")
    assert after == text.replace('"new_intent"', '"rent"')


@pytest.mark.parametrize("text", [json.dumps(json.loads(ONE_LINE)), ONE_LINE.replace("\n", " ")])
def test_a_file_on_one_line_is_left_on_it(text: str) -> None:
    after = fill_in(text, "greeting", "greeting", ["Hello", *MANY], ["Hello!"])
    assert "\n" not in after


def test_a_list_that_was_too_wide_before_keeps_its_layout() -> None:
    wide = ONE_LINE.replace('"Hi there"', ", ".join(map(json.dumps, MANY)))
    after = fill_in(wide, "greeting", "greeting", ["Hello", *MANY, "Hey"], ["Hello!"])
    assert len(after.splitlines()) == len(wide.splitlines())


def test_windows_line_ends_and_tabs_are_kept() -> None:
    text = ONE_LINE.replace("  ", "\t").replace("\n", "\r\n")
    after = fill_in(text, "greeting", "greeting", ["Hello", "Hi there", *MANY], ["Hello!"])
    assert "\n" not in after.replace("\r\n", "")
    assert '[\r\n\t\t\t\t"Hello",\r\n\t\t\t\t"Hi there",\r\n' in after


def test_lists_of_numbers_are_no_patterns() -> None:
    text = '{\n  "numbers": [1, 2]\n}'
    numbers = list(range(100))
    after = with_data(text, {"numbers": numbers})
    assert json.loads(after) == {"numbers": numbers} and len(after.splitlines()) == 3
    assert len(after.splitlines()[1]) > WIDEST


def test_teaching_adds_a_line_and_no_endless_one(tmp_path: Path) -> None:
    path = tmp_path / "intents.json"
    path.write_text(ONE_LINE, encoding="utf-8")
    correct(path, MANY, "greeting")
    correct(path, ["so long"], "goodbye")
    after = path.read_text(encoding="utf-8")
    assert max(map(len, after.splitlines())) < WIDEST
    assert '        "Bye",\n        "See you",\n        "so long"\n' in after
