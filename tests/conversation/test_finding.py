"""A text is found whatever its case, width and diacritics, and marked where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.conversation import Folded, number_of_occurrences, occurrences


@pytest.mark.parametrize(
    ("text", "sought", "found"),
    [
        ("What is the WEATHER?", "eather", ["EATHER"]),
        ("mấy giờ, MAY GIO", "may gio", ["mấy giờ", "MAY GIO"]),
        ("may gio", "MẤY", ["may"]),
        ("Straße und strasse", "ss", ["ß", "ss"]),
        ("今天天气", "天", ["天", "天"]),
        ("Ｈｅｌｌｏ", "hello", ["Ｈｅｌｌｏ"]),
        ("aaaa", "aa", ["aa", "aa"]),
        ("q\u0301x", "qx", ["q\u0301x"]),
        ("100% [b] \\ .*", ".*", [".*"]),
        ("anything", "", []),
        ("any thing", "  ", []),
        ("", "a", []),
    ],
)
def test_what_is_sought_is_found(text: str, sought: str, found: list[str]) -> None:
    places = list(occurrences(Folded(text), Folded(sought)))
    assert [text[start:end] for start, end in places] == found
    assert number_of_occurrences(Folded(text), Folded(sought)) == len(found)


@given(st.text(), st.text())
def test_no_text_is_too_ugly(text: str, sought: str) -> None:
    places = list(occurrences(Folded(text), Folded(sought)))
    assert number_of_occurrences(Folded(text), Folded(sought)) == len(places)
    assert all(0 <= start < end <= len(text) for start, end in places)


@given(st.text(min_size=1).filter(str.strip))
def test_every_text_is_found_in_itself(text: str) -> None:
    if Folded(text).text.strip():
        assert next(occurrences(Folded(text), Folded(text)), None) is not None
