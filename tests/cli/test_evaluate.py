"""`chatbot evaluate`, as its users call it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from chatbot.cli import main
from chatbot.common import percent
from chatbot.quality.results import Evaluated, EvaluationFailed, decode


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["evaluate", *arguments])


@pytest.fixture
def options(trained_folder: Path) -> list[str]:
    return ["--intents", str(trained_folder / "intents.json")]


@pytest.mark.slow
@pytest.mark.usefixtures("few_steps")
def test_cross_validation_prints_a_summary_and_writes_both_files(
    options: list[str], tmp_path: Path
) -> None:
    folder = tmp_path / "new" / "folder"
    result = run(*options, "--folds", "2", "--write", str(folder))
    assert result.exit_code == 0, result.output
    for text in ("2-fold cross-validation of 30 patterns", "Accuracy", "Macro F1", "greeting"):
        assert text in result.output
    values = json.loads((folder / "evaluation.json").read_text(encoding="utf-8"))
    assert percent(values["accuracy"]) in result.output
    assert len(values["answers"]) == 30
    page = (folder / "evaluation.md").read_text(encoding="utf-8")
    assert page.startswith("# Evaluation") and f"{values['macro_f1']:.3f}" in page


@pytest.mark.slow
@pytest.mark.usefixtures("few_steps")
def test_json_is_one_object_and_json_lines_are_records(options: list[str]) -> None:
    assert json.loads(run(*options, "--folds", "2", "--json").output)["folds"] == 2
    *progress, last = run(*options, "--folds", "2", "--json-lines").output.splitlines()
    assert progress and isinstance(decode(last), Evaluated)


def test_what_cannot_be_evaluated_exits_with_1_and_says_why(tmp_path: Path) -> None:
    one = tmp_path / "one.json"
    one.write_text('{"intents": [{"tag": "a", "patterns": ["x", "y"], "responses": ["z"]}]}')
    result = run("--intents", str(one))
    assert result.exit_code == 1 and "at least two intents" in result.stderr
    failed = run("--intents", str(one), "--json-lines")
    assert failed.exit_code == 1 and isinstance(decode(failed.output), EvaluationFailed)
    one.write_text("{")
    assert "one.json:1" in run("--intents", str(one)).stderr
    assert run("--folds", "1").exit_code == 2
    assert run("--test", "x.csv", "--learning-curve").exit_code == 2


ROWS = [
    ["What time is it?", "time"],
    ["hello, there", "greeting"],
    ["bye bye", "greeting"],
    ["zzz qqq", "oos"],
    ["What time is it now", "typo_of_time"],
]


def test_a_test_file_is_asked_without_training(options: list[str], tmp_path: Path) -> None:
    path = tmp_path / "test.json"
    path.write_text(json.dumps(ROWS))
    found = json.loads(run(*options, "--test", str(path), "--json").output)
    assert [a["text"] for a in found["answers"]] == [text for text, _ in ROWS[:3]]
    assert found["accuracy"] == pytest.approx(2 / 3)
    assert found["folds"] is None
    strangers = found["out_of_scope"]
    assert strangers["labels"] == ["oos", "typo_of_time"]
    assert [a["in_scope"] for a in strangers["answers"]] == [False, True]
    assert strangers["recall"] == 0.5
    shown = run(*options, "--test", str(path)).output
    assert "oos, typo_of_time" in shown and "Out-of-scope recall" in shown


@pytest.mark.parametrize("start", ["", "\ufeff", "text,intent\n", "\n"])
def test_a_csv_file_gives_the_same(options: list[str], tmp_path: Path, start: str) -> None:
    path = tmp_path / "test.csv"
    lines = [f'"{text}",{intent}\r\n' for text, intent in ROWS]
    path.write_text(start + "".join(lines), encoding="utf-8", newline="")
    found = json.loads(run(*options, "--test", str(path), "--json").output)
    assert [(a["text"], a["intent"]) for a in found["answers"]] == [tuple(r) for r in ROWS[:3]]
    assert len(found["out_of_scope"]["answers"]) == 2


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.csv", b"hi,greeting\nwell, hi, you,greeting\n", "a.csv:2: 4 cells"),
        ("a.csv", b"", "there is no message"),
        ("a.csv", b"\xff\xfe", "not UTF-8"),
        ("a.csv", b'"hi,greeting', "broken CSV"),
        ("a.csv", b"hi,nothing_like_it\n", "none of its intents"),
        ("a.json", b'[["hi", "greeting"], ["hi"]]', "item 2"),
        ("a.json", b'{"hi": "greeting"}', "not a list"),
        ("a.json", b"[", "not JSON"),
        ("a.json", b'[{"message": "hi", "intent": "a", "after": 5}]', "item 1: \u201cafter\u201d"),
        ("a.json", b'[{"message": "hi", "intent": "a", "befor": ""}]', "item 1: \u201cbefor\u201d"),
        ("a.csv", b"text,intent,context\nhi,greeting\n", "a.csv:2: 2 cells"),
    ],
)
def test_a_bad_test_file_is_named_with_the_place(
    options: list[str], tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    result = run(*options, "--test", str(path))
    assert result.exit_code == 1
    assert says in result.stderr and name in result.stderr


def test_a_missing_test_file_or_model_says_what_to_do(
    options: list[str], small_file: Path, tmp_path: Path
) -> None:
    assert "gone.csv" in run(*options, "--test", str(tmp_path / "gone.csv")).stderr
    rows = tmp_path / "rows.csv"
    rows.write_text("hi,greeting\n")
    assert "chatbot train" in run("--intents", str(small_file), "--test", str(rows)).stderr
