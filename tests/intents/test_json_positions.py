"""Positions in JSON text, as an editor's status line would show them."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from chatbot.intents.json_positions import JsonObject, JsonPath, Position, at, locate, repeated_keys

TEXT = """{
  "intents": [
    {"tag": "greeting", "patterns": ["Hi", "Hello"]},
    {"tag": "bye"}
  ]
}
"""

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_infinity=False, allow_nan=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


def paths_of(value: Any, path: JsonPath = ()) -> dict[JsonPath, Any]:
    """Return every value within `value` by its path."""
    found = {path: value}
    steps: Any = ()
    if isinstance(value, dict):
        steps = value.items()
    elif isinstance(value, list):
        steps = enumerate(value)
    for step, inner in steps:
        found |= paths_of(inner, (*path, step))
    return found


def index(text: str, position: Position) -> int:
    """Return the character index of a position."""
    lines = text.split("\n")
    return sum(len(line) + 1 for line in lines[: position.line - 1]) + position.column - 1


def test_each_value_is_found_where_it_begins() -> None:
    found = locate(TEXT, [(), ("intents", 0, "patterns", 1), ("intents", 1, "tag")])
    assert found == {
        (): Position(1, 1),
        ("intents", 0, "patterns", 1): Position(3, 44),
        ("intents", 1, "tag"): Position(4, 13),
    }


def test_what_is_not_there_gets_the_nearest_part_that_is() -> None:
    found = locate(TEXT, [("intents", 1, "patterns"), ("intents", 9, "tag"), ("no",)])
    assert found == {
        ("intents", 1, "patterns"): Position(4, 5),
        ("intents", 9, "tag"): Position(2, 14),
        ("no",): Position(1, 1),
    }


def test_columns_count_characters_not_bytes() -> None:
    text = '{"Tiếng Việt 😀": ["một", "hai"]}'
    found = locate(text, [("Tiếng Việt 😀", 1)])
    assert found[("Tiếng Việt 😀", 1)] == Position(1, text.index('"hai"') + 1)


def test_a_line_after_one_with_emoji_starts_from_column_one() -> None:
    assert locate('["😀😀",\n "b"]', [(1,)]) == {(1,): Position(2, 2)}


def test_of_a_repeated_key_the_last_counts_as_in_pythons_json() -> None:
    text = '{"a": 1, "b": 2, "a": 3}'
    assert json.loads(text)["a"] == 3
    assert locate(text, [("a",)]) == {("a",): Position(1, 23)}


def test_an_escaped_key_is_the_key_it_stands_for() -> None:
    assert locate(r'{"t\u0061g": 1}', [("tag",)]) == {("tag",): Position(1, 14)}


def test_a_plus_in_an_exponent_which_the_parser_does_not_know_moves_nothing() -> None:
    assert locate('[1e+16, "1E+5", -2.5E+3, {"a+": 1}]', [(1,), (3, "a+")]) == {
        (1,): Position(1, 9),
        (3, "a+"): Position(1, 33),
    }


def test_half_a_surrogate_pair_does_not_move_what_follows() -> None:
    assert locate('["\ud800", 2]', [(1,)]) == {(1,): Position(1, 7)}


def test_an_index_becomes_the_line_and_column_of_that_character() -> None:
    assert at("ab\ncd", 0) == Position(1, 1)
    assert at("ab\ncd", 4) == Position(2, 2)
    assert at("ab\n", 3) == Position(2, 1)


def test_repeated_keys_are_found_at_any_depth_each_once() -> None:
    text = '{"a": [{"b": 1, "b": 2, "b": 3}], "a": [{"c": 1, "c": {"d": 1, "d": 2}}], "e": 0}'
    data = json.loads(text, object_pairs_hook=JsonObject.from_pairs)
    assert sorted(repeated_keys(data)) == [("a",), ("a", 0, "c"), ("a", 0, "c", "d")]
    assert data == json.loads(text)


def test_tree_sitter_is_not_imported_until_there_is_something_to_find() -> None:
    code = "import sys, chatbot.intents, chatbot.intents.check; print('tree_sitter' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@given(JSON, st.sampled_from([None, 0, 2, "\t"]), st.booleans())
def test_every_value_of_any_json_begins_where_it_says(
    data: Any, indent: int | str | None, ascii_only: bool
) -> None:
    text = json.dumps(data, indent=indent, ensure_ascii=ascii_only)
    expected = paths_of(data)
    for path, place in locate(text, expected).items():
        value, _ = json.JSONDecoder().raw_decode(text, index(text, place))
        assert value == expected[path]
