"""Lines break between words; what is held together by a no-break space, or is a share, does not."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from chatbot.tui.widgets import in_lines
from chatbot.tui.widgets.line_breaks import NO_BREAK, breaks


@given(
    st.lists(st.sampled_from(["so", "40 %", "words,", "天气", "100 %.", "x" * 9, "\n"])),
    st.integers(7, 30),
)
def test_a_share_never_breaks_and_every_line_fits(words: list[str], width: int) -> None:
    text = " ".join(words)
    lines = in_lines(text, width)
    assert "".join(lines.split()) == "".join(text.split()), "nothing is lost"
    assert not re.search(r"\d\s*\n\s*%", lines)
    assert all(cell_len(line) <= width for line in lines.split("\n"))


def test_before_the_width_is_known_a_text_stays_as_it_is() -> None:
    assert in_lines("a  40 %\n", 0) == "a  40 %\n"


@pytest.mark.parametrize(
    ("width", "lines"),
    [
        (45, ["out of scope · nearest laughter 0 % ·", "name: qwzx jjjk"]),
        (34, ["out of scope ·", "nearest laughter 0 % ·", "name: qwzx jjjk"]),
        (14, ["out of scope ·", "nearest", "laughter 0 % ·", "name: qwzx", "jjjk"]),
        (9, ["out of", "scope ·", "nearest", "laughter", "0 % ·", "name:", "qwzx jjjk"]),
    ],
)
def test_a_label_that_is_too_wide_breaks_between_its_parts(width: int, lines: list[str]) -> None:
    label = "out of scope · nearest laughter 0 % · name: qwzx jjjk".replace(" ", NO_BREAK)
    places = [0, *breaks(label, width), len(label)]
    found = [label[a:b].replace(NO_BREAK, " ").strip() for a, b in pairwise(places)]
    assert found == lines
