"""A file of 10,000 patterns in the editor: nothing is counted anew with every key, checks wait."""

from __future__ import annotations

import threading
from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from chatbot.tui.editor.checking import NewestOnly, _Task
from chatbot.tui.editor.json_view import JsonView
from chatbot.tui.editor.long_text import CountedDocument, widest


@given(st.lists(st.text(alphabet="ab\t天é👋", max_size=30), max_size=20), st.integers(1, 8))
def test_no_line_is_wider_than_the_widest(lines: list[str], tab: int) -> None:
    real = max((cell_len(line.expandtabs(tab)) for line in lines), default=0)
    assert real <= widest(lines, tab) <= max(real, *map(len, lines), 0)


def test_lines_are_counted_once_and_edits_are_noticed() -> None:
    area = JsonView(id="json")
    document = area.document
    document.replace_range((0, 0), (0, 0), "\n".join("abcdef"))
    counted = CountedDocument(document)
    counted.wrap(0)
    assert counted.height == 6
    document.replace_range((1, 0), (3, 0), "")
    counted.wrap_range((1, 0), (3, 0), (1, 0))
    assert counted.height == 4 == sum(1 for _ in document.lines)


def test_a_text_is_joined_once_until_it_changes() -> None:
    area = JsonView(id="json")
    area.document.replace_range((0, 0), (0, 0), "one\ntwo")
    before = area.text
    assert before == "one\ntwo" and area.text is before
    area.document.replace_range((1, 0), (1, 3), "three")
    assert area.text == "one\nthree"


def test_however_fast_i_type_one_check_runs_and_the_newest_text_is_checked_last() -> None:
    started, go_on = threading.Event(), threading.Event()
    checked: list[str] = []

    def check(task: _Task) -> None:
        checked.append(task.text)
        started.set()
        go_on.wait(10)

    lane = NewestOnly(check)
    assert lane.put(_Task(1, "a", None))
    thread = threading.Thread(target=lane.run)
    thread.start()
    started.wait(10)
    assert not any(lane.put(_Task(n, "a" * n, None)) for n in range(2, 50))
    go_on.set()
    thread.join(10)
    assert checked == ["a", "a" * 49]
    assert lane.put(_Task(50, "b", None)), "the next text begins a check of its own"


def test_a_check_that_fails_does_not_stop_those_after_it() -> None:
    def fail(task: _Task) -> None:
        raise ValueError(task.text)

    lane = NewestOnly(fail)
    assert lane.put(_Task(1, "a", None))
    with suppress(ValueError):
        lane.run()
    assert lane.put(_Task(2, "b", None))
