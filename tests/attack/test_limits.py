"""Limits of files, as in docs/limits.md: enforced before the work is done, with a clear error."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from chatbot import formats
from chatbot.common import jsonlines
from chatbot.formats import table_lines
from chatbot.intents import IntentsError, storage
from chatbot.intents.check import MOST_INTENTS, MOST_LISTED, check_text
from chatbot.intents.json_text import MOST_OBJECTS, MOST_VALUES
from chatbot.intents.storage import MOST_BYTES
from chatbot.opening import read_intents

pytestmark = pytest.mark.slow

PATIENCE = 20
"""Seconds of processor time: without the limits these took minutes."""


def refused(path: Path) -> str:
    started = time.process_time()
    with pytest.raises(IntentsError) as error:
        read_intents(path)
    assert time.process_time() - started < PATIENCE
    return str(error.value)


@pytest.mark.parametrize(
    "item", ["{}", "5", '""', "[]", '{"tag": "a", "patterns": ["b"], "responses": ["c"]}']
)
def test_a_file_of_too_many_values_is_refused_before_they_are_made(
    tmp_path: Path, item: str
) -> None:
    path = tmp_path / "intents.json"
    path.write_text('{"intents": [' + ",".join([item] * (MOST_VALUES + 1)) + "]}", "utf-8")
    assert path.stat().st_size < MOST_BYTES
    assert f"more than {MOST_VALUES:,} values or {MOST_OBJECTS:,} objects" in refused(path)


def test_a_file_over_the_limit_is_refused_before_it_is_read_into_memory(tmp_path: Path) -> None:
    path = tmp_path / "intents.json"
    with path.open("wb") as file:
        file.seek(2**38)  # no more than a hole on the disk; reading it would take minutes
        file.write(b"}")
    assert "larger than 128 MB" in refused(path)


def test_a_pipe_that_never_ends_is_refused_at_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "MOST_BYTES", 2**20)
    assert "larger than 1 MB" in refused(Path("/dev/zero"))


def test_brackets_and_commas_in_texts_are_no_values() -> None:
    text = '{"intents": [{"tag": "a", "patterns": ["%s"], "responses": ["b"]}]}'
    report = check_text(text % ("{,[" * (MOST_VALUES // 2)))
    assert report.intents is not None


def test_too_many_intents_are_one_error() -> None:
    report = check_text('{"intents": [' + ",".join(["{}"] * (MOST_INTENTS + 1)) + "]}")
    assert [f"at most {MOST_INTENTS:,}" in finding.message for finding in report.errors] == [True]


def test_of_too_many_problems_only_the_number_is_told() -> None:
    report = check_text('{"intents": [' + ",".join(["{}"] * (MOST_LISTED + 100)) + "]}")
    assert report.intents is None
    assert len(report.errors) == MOST_LISTED + 1
    assert any("more errors are not listed" in finding.message for finding in report.errors)


def test_an_error_behind_many_warnings_is_found() -> None:
    twice = ",".join(['"same"'] * (MOST_LISTED * 2))
    text = '{"intents": [{"tag": "a", "patterns": [%s], "responses": ["b"]}], "tests": 5}'
    report = check_text(text % twice)
    assert report.intents is None and report.errors
    assert len(report.warnings) == MOST_LISTED + 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("text,intent" + "," * table_lines.MOST_COLUMNS + "\nhi,a\n", "more than 10,000 columns"),
        ("text,intent" + "," * 15_000_000 + "\nhi,a\n", "more than 1,000,000 characters"),
        ("text,intent\nhi,a\n" + "," * 15_000_000 + "\n", "more than 1,000,000 characters"),
        ("text,intent\n" + "a,b\n" * (table_lines.MOST_ROWS + 1), "more than 1,000,000 lines"),
    ],
    ids=["columns", "a wide header", "a wide row", "rows"],
)
def test_a_table_beyond_its_limits_is_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "table.csv"
    path.write_text(text, encoding="utf-8")
    assert said in refused(path)


def test_a_wide_table_in_a_folder_does_not_hide_the_bot_in_it(tmp_path: Path) -> None:
    (tmp_path / "wide.csv").write_text("a" + "," * 20_000 + "\n", encoding="utf-8")
    (tmp_path / "good.csv").write_text("text,intent\nhi,a\nbye,b\n", encoding="utf-8")
    assert [intent.tag for intent in formats.read(tmp_path).intents.intents] == ["a", "b"]


def test_a_folder_of_nothing_but_a_wide_table_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "wide.csv").write_text("a" + "," * 20_000 + "\n", encoding="utf-8")
    assert "more than 10,000 columns" in refused(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes with names")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "intents.json"
    os.mkfifo(pipe)
    assert "is a pipe" in refused(pipe)


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="pipes without names")
def test_the_output_of_a_command_is_read(tmp_path: Path) -> None:
    read, write = os.pipe()
    text = b'{"intents": [{"tag": "a", "patterns": ["b"], "responses": ["c"]}]}'

    def tell() -> None:
        os.write(write, text)
        os.close(write)

    thread = threading.Thread(target=tell)
    thread.start()
    assert read_intents(Path(f"/dev/fd/{read}")).intents.intents[0].tag == "a"
    thread.join()
    os.close(read)


def test_of_an_endless_history_the_end_is_read(tmp_path: Path) -> None:
    path = tmp_path / "history.jsonl"
    with path.open("wb") as file:
        file.seek(2**36)  # no more than a hole on the disk
        file.write(b'\n"last"\n')
    assert jsonlines.load(path) == ["last"]


def test_a_line_of_brackets_is_skipped(tmp_path: Path) -> None:
    path = tmp_path / "history.jsonl"
    path.write_bytes(b'"first"\n' + b"[" * 100_000 + b'\n"last"\n')
    assert jsonlines.load(path) == ["first", "last"]


@pytest.mark.skipif(sys.platform == "win32", reason="paths longer than the system takes")
def test_a_folder_that_never_ends_is_read_down_to_its_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for _ in range(1_200):
        Path("deep").mkdir()
        os.chdir("deep")  # the whole path is longer than the system takes
    os.chdir(tmp_path)
    try:
        assert "folders below 40 others were not opened" in refused(tmp_path)
    finally:
        subprocess.run(["rm", "-rf", "deep"], cwd=tmp_path, check=False)
