"""Whatever the content: intents that our own check accepts, or an error that says what is wrong."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot import formats
from chatbot.intents.check import check_text
from chatbot.intents.findings import IntentsError

SAMPLES = Path(__file__).parent / "samples"
FILES = sorted(path for path in SAMPLES.rglob("*") if path.is_file())
JSON_FILES = [path for path in FILES if path.suffix == ".json"]
TEXT_FILES = [path for path in FILES if path.suffix != ".json"]

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "text",
                    "intent",
                    "data",
                    "utterances",
                    "name",
                    "answers",
                    "en",
                    "question",
                    "patterns",
                    "tag",
                    "What is it?",
                    "conversations",
                    "role",
                    "fallback",
                    "intents",
                ]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)


def imported_or_refused(name: str, content: bytes) -> None:
    """Import a file, alone and in a folder; fail for any error that is not meant for people."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "bot", name)
        path.parent.mkdir()
        path.write_bytes(content)
        for source in (path, path.parent):
            try:
                imported = formats.read(source)
            except IntentsError as error:
                assert str(error).encode()
                continue
            assert all(note.count > 0 for note in imported.notes)
            report = check_text(formats.WRITERS["classic"](imported.intents).text)
            assert report.errors == ()
            assert report.intents == imported.intents
            for write in formats.WRITERS.values():
                assert write(imported.intents).data


def paths_in(data: Any) -> list[tuple[Any, ...]]:
    """Return the path of every value below the root."""
    steps = data.items() if isinstance(data, dict) else enumerate(data)
    found: list[tuple[Any, ...]] = []
    for step, value in steps:
        found.append((step,))
        if isinstance(value, dict | list):
            found += [(step, *rest) for rest in paths_in(value)]
    return found


@pytest.mark.slow
@settings(max_examples=500)
@given(st.sampled_from(JSON_FILES), st.data())
def test_json_with_any_value_in_place_of_one(file: Path, draw: st.DataObject) -> None:
    data = json.loads(file.read_text(encoding="utf-8"))
    for _ in range(draw.draw(st.integers(1, 3))):
        path = draw.draw(st.sampled_from(paths_in(data) or [()]))
        if not path:
            break
        *way, last = path
        around = data
        for step in way:
            around = around[step]
        around[last] = draw.draw(JSON)
    imported_or_refused(file.name, json.dumps(data).encode())


@pytest.mark.slow
@settings(max_examples=500)
@given(st.sampled_from(TEXT_FILES), st.data())
def test_text_with_anything_in_place_of_some(file: Path, draw: st.DataObject) -> None:
    text = file.read_text(encoding="utf-8")
    start = draw.draw(st.integers(0, len(text)))
    cut = draw.draw(st.integers(0, 8))
    more = draw.draw(
        st.text(max_size=4) | st.sampled_from(["- ", "\n", ": ", "{", "[", '"', "## "])
    )
    imported_or_refused(file.name, (text[:start] + more + text[start + cut :]).encode())


MARKS = st.sampled_from(
    ["<a>", "</a>", "<b/>", "<srai>HELLO</srai>", "&amp;", "&x;", "<!--", "%[a]", "~[b?]", "@[c]",
     "[d]", "[e](f)", "<g>", "$h", "{i}", "{j=k}", "(l|m)", "(n;o)", "[p]", "\n", "\n\n    ",
     "\n- ", "\n# ", "\n# ? ", "\n> !# ", "\n```\n", ": ", " = ", "\n[[q]]\n", '"', "'", "\n{}",
     ",", "\\", "\ufeff", "\x00", "\ud7ff", "*", "1..9"]
)  # fmt: skip
"""What has a meaning in one of the formats that are texts."""


@pytest.mark.parametrize("file", TEXT_FILES, ids=lambda file: file.name)
@settings(max_examples=25)
@given(st.data())
def test_a_text_with_marks_of_any_format_in_it(file: Path, data: st.DataObject) -> None:
    text = file.read_text(encoding="utf-8")
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = min(len(text), start + data.draw(st.integers(0, 12)))
        text = text[:start] + data.draw(MARKS) + text[end:]
    imported_or_refused(file.name, text.encode())


@given(st.binary(max_size=40))
def test_any_bytes(content: bytes) -> None:
    imported_or_refused("file.json", content)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_cut_off_anywhere(file: Path) -> None:
    content = file.read_bytes()
    for end in range(0, len(content), 7):
        imported_or_refused(file.name, content[:end])


CELLS = st.sampled_from(
    ["", "hello", "hello|hi", "['a', 'b']", '"["', "a;b", "What is it?", "It is so.", "greet", "|",
     "[", "['", "('a',)", "{1}", "sep=;", "question", "answer", "intent", "Q: a", "\t", "{x}",
     "None"]
)  # fmt: skip


@settings(max_examples=150)
@given(
    st.sampled_from([",", ";", "\t", "|", "\t"]),
    st.lists(st.lists(CELLS | st.text(max_size=4), min_size=1, max_size=4), min_size=1, max_size=6),
)
def test_any_table(delimiter: str, rows: list[list[str]]) -> None:
    text = "\n".join(delimiter.join(row) for row in rows)
    imported_or_refused("table.csv", text.encode("utf-8", "surrogatepass"))


LINES = st.sampled_from(
    ["Q: a", "A: b", "Q:", "A:", "## Why?", "# x", "**Who?**", "a\tb", "What?\tSo it is.", "",
     "- question: a", "  answer: b", "conversations:", "- - a", "  - b", "User: x", "Bot: y", "…"]
)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(LINES | st.text(max_size=5), max_size=8))
def test_any_lines_of_questions_and_answers(lines: list[str]) -> None:
    imported_or_refused("faq.txt", "\n".join(lines).encode("utf-8", "surrogatepass"))


@settings(max_examples=150)
@given(JSON)
def test_any_json_of_known_keys(data: Any) -> None:
    imported_or_refused("faq.json", json.dumps(data).encode())
