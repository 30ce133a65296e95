"""`chatbot new`, and bots by their name: what goes wrong first."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from chatbot.cli import main, output
from chatbot.common import paths


def run(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, list(arguments), input=stdin)


@pytest.mark.parametrize("name", ["../x", "a/b", "con", "", "..", "x" * 300])
def test_a_name_that_is_none_exits_with_1_and_says_why(name: str) -> None:
    result = run("new", name)
    assert result.exit_code == 1
    assert "Error: " in result.stderr and "Traceback" not in result.stderr
    assert paths.bot_files() == []


def test_a_missing_source_is_named(tmp_path: Path) -> None:
    result = run("new", "cafe", "--from", str(tmp_path / "gone.csv"))
    assert result.exit_code == 1
    assert "gone.csv" in result.stderr


def test_a_second_bot_of_the_name_is_refused() -> None:
    assert run("new", "cafe").exit_code == 0
    result = run("new", "Cafe")
    assert result.exit_code == 1
    assert "cafe already" in result.stderr


def test_a_new_bot_is_checked_and_asked_by_its_name(tmp_path: Path) -> None:
    made = run("new", "cafe")
    assert "3 intents, 36 patterns" in made.output
    assert "chatbot chat cafe " in made.output
    checked = run("check", "--intents", "cafe")
    assert checked.exit_code == 0 and "no error, 0 warnings" in checked.output
    assert "cafe" in run("where").output
    asked = run("ask", "hi", "--intents", "Cafe")
    assert asked.exit_code == 1 and "no model here yet" in asked.stderr


def test_a_bot_elsewhere_is_opened_by_its_path(tmp_path: Path) -> None:
    made = run("new", "my cafe", "--in", str(tmp_path / "of mine"))
    assert (tmp_path / "of mine" / "my cafe.json").exists()
    assert "of mine/my cafe.json'" in made.output or "of mine\\my cafe.json" in made.output


def test_what_was_imported_and_what_was_not_is_said(tmp_path: Path) -> None:
    rows = tmp_path / "rows.csv"
    rows.write_text("text,intent\nhello,greet\nbye,leave\n,leave\n")
    made = run("new", "rows", "--from", str(rows))
    assert made.exit_code == 0
    assert "2 intents, 2 patterns, read as CSV" in made.output


def test_a_bot_that_is_not_there_is_not_made_up_in_a_pipe(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for arguments in (["chat", "cafe", "--plain"], ["chat", "--plain", "--intents", "new.json"]):
        result = run(*arguments, stdin="hi\n")
        assert result.exit_code == 1
        assert "chatbot new NAME" in result.stderr
    assert not (tmp_path / "new.json").exists() and paths.bot_files() == []


def test_a_bot_is_named_once() -> None:
    assert run("chat", "cafe", "--intents", "x.json").exit_code == 2


@pytest.mark.parametrize(("answer", "there"), [("y\n", True), ("n\n", False)])
def test_a_person_is_offered_to_make_a_file_that_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str, there: bool
) -> None:
    monkeypatch.setattr(output, "is_person", lambda: True)
    file = tmp_path / "new.json"
    result = run("chat", "--plain", "--intents", str(file), stdin=answer)
    assert "is not there. Make it, from a template of three intents?" in result.output
    assert file.exists() is there
    assert result.exit_code == 1, "it has no model yet"
