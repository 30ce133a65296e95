"""`chatbot convert`, and foreign files given to every other command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from chatbot import formats
from chatbot.cli import main
from chatbot.opening import read_intents
from tests.conftest import SMALL

SAMPLES = Path(__file__).parents[1] / "formats" / "samples"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_without_a_target_it_only_reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("convert", SAMPLES / "rasa.yml")
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert lines[0].endswith("rasa.yml as Rasa: 4 intents, 7 patterns, 3 replies")
    assert lines[1] == "Fallback reply: “fallback”"
    assert "  note: lookup tables were left out (1): country" in lines
    assert lines[-1].startswith("Nothing was written")
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_what_it_writes_is_an_intents_file_without_errors(tmp_path: Path) -> None:
    target = tmp_path / "new" / "intents.json"
    result = run("convert", SAMPLES / "dialogflow", target)
    assert result.exit_code == 0
    assert "(classic)" in result.output.splitlines()[-1]
    read = read_intents(target)
    assert read.imported_from == ""
    assert read.intents == formats.read(SAMPLES / "dialogflow").intents


@pytest.mark.parametrize(
    ("name", "options", "start"),
    [
        ("out.yml", (), "version:"),
        ("out.csv", (), "text,intent\n"),
        ("out.json", (), "{\n"),
        ("out", (), "{\n"),
        ("out.yml", ("--to", "csv"), "text,intent\n"),
        ("out.txt", ("--to", "rasa"), "version:"),
    ],
)
def test_the_format_is_the_one_named_else_that_of_the_ending(
    name: str, options: tuple[str, ...], start: str, tmp_path: Path
) -> None:
    result = run("convert", SAMPLES / "a-classic.json", tmp_path / name, *options)
    assert result.exit_code == 0
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)


def test_with_a_dash_the_output_holds_the_file_alone(tmp_path: Path) -> None:
    result = run("convert", SAMPLES / "table.csv", "-")
    assert result.exit_code == 0
    assert [i["tag"] for i in json.loads(result.stdout)["intents"]] == ["greet", "bye"]
    assert "as CSV/TSV: 2 intents, 3 patterns, 0 replies" in result.stderr


def test_a_file_that_exists_stays_unless_forced(tmp_path: Path) -> None:
    target = tmp_path / "intents.json"
    target.write_text("precious")
    result = run("convert", SAMPLES / "table.csv", target)
    assert result.exit_code == 1
    assert "--force" in result.stderr
    assert target.read_text() == "precious"
    assert run("convert", SAMPLES / "table.csv", target, "--force").exit_code == 0
    assert read_intents(target).intents.by_tag("bye") is not None


def test_a_folder_is_no_target(tmp_path: Path) -> None:
    result = run("convert", SAMPLES / "table.csv", tmp_path, "--force")
    assert result.exit_code == 1
    assert "is a folder" in result.stderr


def test_nothing_is_written_when_the_source_is_refused(tmp_path: Path) -> None:
    (tmp_path / "alexa.json").write_text('{"interactionModel": {}}')
    result = run("convert", tmp_path / "alexa.json", tmp_path / "intents.json")
    assert result.exit_code == 1
    assert "Alexa" in result.stderr
    assert not (tmp_path / "intents.json").exists()


def test_a_source_that_is_not_there_is_named(tmp_path: Path) -> None:
    result = run("convert", tmp_path / "gone.yml")
    assert result.exit_code == 1
    assert "gone.yml" in result.stderr and "No such file" in result.stderr


def test_the_report_for_programs_holds_everything(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    result = run("convert", SAMPLES / "nlpjs", target, "--json", "--language", "en")
    report = json.loads(result.output)
    assert {key: report[key] for key in ("format", "intents", "patterns", "replies")} == {
        "format": "nlp.js", "intents": 3, "patterns": 3, "replies": 3,
    }  # fmt: skip
    assert report["fallback"] == "fallback"
    assert report["target"] == str(target) and report["to"] == "csv"
    assert {"what": "slot filling was left out", "count": 1, "examples": ["hero"]} in report[
        "notes"
    ]
    assert {note["what"]: note["count"] for note in report["not_written"]}[
        "replies were left out: CSV has no place for them"
    ] == 3
    assert json.loads(run("convert", SAMPLES / "nlpjs", "--json").output)["to"] is None


def test_a_language_that_is_not_there_exits_with_1() -> None:
    result = run("convert", SAMPLES / "botpress", "--language", "xx")
    assert result.exit_code == 1
    assert "It has: en, fr" in result.stderr


@pytest.fixture
def small_table(tmp_path: Path, trained_folder: Path) -> list[str | Path]:
    """The trained bot's intents as CSV, beside its model: options for the commands."""
    table = tmp_path / "bot.csv"
    run("convert", trained_folder / "intents.json", table)
    return ["--intents", table, "--model", trained_folder / "models" / "intents"]


def test_a_foreign_file_is_asked_like_any_other(small_table: list[str | Path]) -> None:
    asked = run("ask", "--json", "What time is it?", *small_table)
    assert asked.exit_code == 0, asked.output
    answer = json.loads(asked.output)
    assert (answer["intent"], answer["is_pattern"]) == ("time", True)
    assert run("trace", "What time is it?", *small_table).exit_code == 0


def test_check_says_what_a_foreign_file_is_and_what_was_left_out() -> None:
    result = run("check", SAMPLES / "snips.yaml")
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert any(line.startswith("snips.yaml: note: patterns that are only a") for line in lines)
    assert any("Snips NLU, 2 intents, 4 patterns, no error" in line for line in lines)


@pytest.mark.slow
def test_a_folder_is_trained_on_with_its_model_beside_it(tmp_path: Path) -> None:
    folder = tmp_path / "mybot"
    for intent in SMALL["intents"]:
        if intent["patterns"]:
            file = folder / "en-us" / f"{intent['tag']}.intent"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("\n".join(intent["patterns"]), encoding="utf-8")
    (folder / "en-us" / "goodbye.dialog").write_text("Bye from a dialog!")
    result = run("train", "--json", "--intents", folder, "--cell", "rnn")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "models" / "mybot" / "card.json").exists()
    assert run("ask", "Goodbye", "--intents", folder).output == "Bye from a dialog!\n"


def test_an_agent_of_dialogflow_is_written_as_a_folder_or_a_zip(tmp_path: Path) -> None:
    for target in (tmp_path / "agent", tmp_path / "agent.zip"):
        result = run("convert", SAMPLES / "a-classic.json", target, "--to", "dialogflow")
        assert result.exit_code == 0, result.output
        again = run("convert", target)
        assert "as Dialogflow ES: 3 intents, 3 patterns, 4 replies" in again.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["agent", "agent.zip"]
    assert (tmp_path / "agent" / "intents" / "greeting.json").is_file()


def test_a_folder_that_is_there_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "agent").mkdir()
    (tmp_path / "agent" / "mine.txt").write_text("mine")
    for target in ("agent", "agent/mine.txt"):
        options = (tmp_path / target, "--to", "dialogflow", "--force")
        result = run("convert", SAMPLES / "a-classic.json", *options)
        assert result.exit_code == 1
        assert "already exists. Name a new folder, or a .zip" in result.stderr
    assert (tmp_path / "agent" / "mine.txt").read_text() == "mine"
    result = run(
        "convert", SAMPLES / "a-classic.json", tmp_path / "no" / "such", "--to", "dialogflow"
    )
    assert result.exit_code == 1 and "cannot be written" in result.stderr


@pytest.mark.parametrize(("name", "to"), [("bot.lu", "lu"), ("bot.zip", "dialogflow")])
def test_the_ending_chooses_the_newer_formats_too(name: str, to: str, tmp_path: Path) -> None:
    result = run("convert", SAMPLES / "a-classic.json", tmp_path / name)
    assert result.exit_code == 0 and f"({to})" in result.output


FAQ = "question,answer,url\nWhat does it cost?,Nine euros.,a\nWhere | are *you*?,Here.,b\n"


def test_the_report_is_written_as_markdown_or_json(tmp_path: Path) -> None:
    source = tmp_path / "faq.csv"
    source.write_text(FAQ)
    page, data = tmp_path / "report.md", tmp_path / "report.json"
    for report in (page, data):
        assert run("convert", source, "--report", report).exit_code == 0
    text = page.read_text(encoding="utf-8")
    assert "Read as CSV/TSV: 2 intents, 2 patterns, 2 replies." in text
    assert "| the column “url” was left out | 2 | a; b |" in text
    assert json.loads(data.read_text(encoding="utf-8"))["notes"] == [
        {"what": "the column “url” was left out", "count": 2, "examples": ["a", "b"]}
    ]
    assert not list(tmp_path.glob("*.tmp*"))


def test_nothing_is_written_where_the_report_would_overwrite_a_file(tmp_path: Path) -> None:
    source, report, target = (tmp_path / n for n in ("faq.csv", "report.md", "intents.json"))
    source.write_text(FAQ)
    report.write_text("precious")
    result = run("convert", source, target, "--report", report)
    assert result.exit_code == 1
    assert "report.md already exists" in result.stderr
    assert report.read_text() == "precious" and not target.exists()
    assert run("convert", source, target, "--report", report, "--force").exit_code == 0
    assert report.read_text().startswith("# faq.csv")


def test_what_a_file_says_is_no_markup_in_the_report(tmp_path: Path) -> None:
    source = tmp_path / "faq.csv"
    source.write_text(FAQ.replace(",b\n", ",|x|\n").replace(",a\n", ",<b>\n"))
    run("convert", source, "--report", tmp_path / "r.md")
    assert "\\<b\\>; \\|x\\|" in (tmp_path / "r.md").read_text(encoding="utf-8")
