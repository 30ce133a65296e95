"""History of typed messages: damaged files first."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from chatbot.conversation import history
from chatbot.conversation.history import KEPT, History


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"{", b'"ok"\nnot json\n5\n"fine"\n'])
def test_a_damaged_history_gives_what_can_be_read(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "history.jsonl"
    path.write_bytes(content)
    assert history.load(path) in ([], ["ok", "fine"])


def test_messages_of_many_lines_and_scripts_come_back_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "history.jsonl"
    entries = ["two\nlines\u2028three", "chào 👍", "\ud800", '"quoted"']
    history.add(path, entries)
    assert history.load(path) == entries


def test_messages_of_two_windows_are_all_kept(tmp_path: Path) -> None:
    path = tmp_path / "history.jsonl"
    history.add(path, ["before"])

    def say(window: int) -> None:
        for number in range(20):
            history.add(path, [f"{window} {number}"])

    with ThreadPoolExecutor(3) as windows:
        list(windows.map(say, range(3)))
    kept = history.load(path)
    assert kept[0] == "before" and len(kept) == 61
    for window in range(3):
        said = [f"{window} {number}" for number in range(20)]
        assert [message for message in kept if message in said] == said


def test_only_the_newest_messages_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "history.jsonl"
    history.add(path, [str(i) for i in range(KEPT + 7)])
    assert history.load(path) == [str(i) for i in range(7, KEPT + 7)]


def test_up_and_down_walk_and_the_draft_is_kept() -> None:
    walk = History(["first", "second"])
    assert walk.newer("") is None
    assert walk.older("my draft") == "second"
    assert walk.older("second") == "first"
    assert walk.older("first") is None
    assert walk.newer("first") == "second"
    assert walk.newer("second") == "my draft"
    assert walk.newer("my draft") is None


def test_sending_starts_the_walk_anew_and_repeats_are_kept_once() -> None:
    walk = History(["a"])
    walk.older("")
    walk.add("b")
    walk.add("b")
    walk.add("  ")
    assert walk.entries == ["a", "b"]
    assert walk.older("") == "b"


def test_an_earlier_message_that_was_changed_stays_changed_until_one_is_sent() -> None:
    walk = History(["first", "second"])
    assert walk.older("draft") == "second"
    assert walk.older("second, but longer") == "first"
    assert walk.newer("first") == "second, but longer"
    assert walk.newer("second, but longer") == "draft"
    assert walk.entries == ["first", "second"], "what was sent stays what it was"
    walk.add("third")
    assert walk.older("") == "third"
    assert walk.older("third") == "second"
