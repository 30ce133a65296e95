"""JSON lines: what was kept comes back, whatever the file holds beside it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from chatbot.common import jsonlines
from chatbot.common.jsonlines import RecordCodec


@dataclass(frozen=True)
class Point:
    x: float
    names: tuple[str, ...] = ()
    label: str | None = None


@dataclass(frozen=True)
class Line:
    start: Point
    end: Point


CODEC: RecordCodec[Point | Line] = RecordCodec({"point": Point, "line": Line})


def test_texts_come_back_and_lines_that_are_none_are_skipped(tmp_path: Path) -> None:
    path = tmp_path / "new" / "texts.jsonl"
    texts = ["one", "two\nlines", "half \ud83d", "“ü”", ""]
    jsonlines.save(path, texts)
    assert jsonlines.load(path) == texts
    with path.open("ab") as file:
        file.write(b'5\n["x"]\n\xff\xfe\n{\n' + b"[" * 100_000 + b'\n"last"')
    assert jsonlines.load(path) == [*texts, "last"]
    assert jsonlines.load(tmp_path) == []


@pytest.mark.parametrize(
    "record", [Point(1, ("a", "half \ud83d")), Line(Point(0.5), Point(2, (), "ü"))]
)
def test_a_record_comes_back_from_its_line(record: Point | Line) -> None:
    line = CODEC.encode(record)
    assert line.isascii() and "\n" not in line
    assert CODEC.decode(line) == record


@pytest.mark.parametrize(
    "line",
    [
        "", "5", "null", "[]", "{}", "warning: x", '{"record": "circle"}', '{"record": []}',
        '{"record": "point"}', '{"record": "point", "x": "1"}', '{"record": "point", "x": true}',
        '{"record": "point", "x": 1, "names": [2]}', '{"record": "point", "x": 1, "label": 3}',
        '{"record": "line", "start": {"x": 1}, "end": {}}', "[" * 100_000,
    ],
)  # fmt: skip
def test_a_line_that_is_no_record_is_none(line: str) -> None:
    assert CODEC.decode(line) is None
