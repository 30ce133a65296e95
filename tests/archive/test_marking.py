"""A hit shows where the words of the search are, in any script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.archive import marked


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("mấy giờ rồi, mấy?", "may gio", ["mấy", "giờ", "mấy"]),
        ("mấy giờ rồi", "may gi", ["mấy", "giờ"]),
        ("weather, whether", "weath ", []),
        ("今天天气怎么样", "天气", ["天气"]),
        ("[b]bold[/b]", "b", ["b", "bold", "b"]),
        ("nothing", "", []),
        ("", "word", []),
    ],
)
def test_the_words_of_a_search_are_marked(text: str, query: str, found: list[str]) -> None:
    said, spans = marked(text, query)
    assert [said[start:end] for start, end in spans] == found


@given(st.text(), st.text())
def test_marks_follow_each_other_whatever_the_text(text: str, query: str) -> None:
    said, spans = marked(text, query)
    ends = [0, *(span.end for span in spans)]
    starts = [*(span.start for span in spans), len(said)]
    assert all(end <= start for end, start in zip(ends, starts, strict=True))
    assert all(span.start < span.end for span in spans)
