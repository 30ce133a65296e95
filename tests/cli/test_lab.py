"""The command `lab`, as its users call it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from chatbot.cli import main
from chatbot.intents.types import Intents
from chatbot.lab import files
from chatbot.lab.records import LabFailed, LabProgress, LabReady, decode, encode
from chatbot.lab.results import Lab


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["lab", *arguments])


@pytest.fixture
def kept(lab: Lab, small_intents: Intents) -> Lab:
    files.save(lab, small_intents.digest)
    return lab


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "broken.json"
    path.write_text('{"intents": [\n  {"tag": "a",}\n]}')
    result = run("--intents", str(path))
    assert result.exit_code == 1
    assert "broken.json:2" in result.stderr
    result = run("--json", "--intents", str(path))
    record = decode(result.stdout.strip())
    assert isinstance(record, LabFailed) and "broken.json:2" in record.message


def test_what_is_kept_is_told_in_sentences_and_tables(small_file: Path, kept: Lab) -> None:
    result = run("--intents", str(small_file))
    assert result.exit_code == 0, result.output
    assert "Share of every word in the memory of “what time is it ?”" in result.stdout
    assert "Right answers to" in result.stdout
    assert f"{kept.patterns} patterns" in result.stdout


def test_my_own_sentence_is_read_and_an_empty_one_is_no_trouble(
    small_file: Path, kept: Lab
) -> None:
    assert "“hello [b]you[/b]" not in run("--intents", str(small_file)).stdout
    result = run("--message", "good morning to you", "--intents", str(small_file))
    assert "“good morning to you”" in result.stdout
    result = run("--message", "", "--intents", str(small_file))
    assert result.exit_code == 0
    assert "nothing to remember" in result.stdout


def test_json_has_the_figures_and_ends_in_ready(small_file: Path, kept: Lab) -> None:
    lines = run("--json", "--intents", str(small_file)).stdout.splitlines()
    figures = json.loads(lines[0])
    assert figures["record"] == "lab figures"
    assert len(figures["views"]) == 5
    shares = figures["views"][0]["tables"][0]["networks"]["GRU"]["trained"]
    assert sum(shares) == pytest.approx(1)
    assert isinstance(decode(lines[-1]), LabReady)
    assert decode(lines[0]) is None, "the app goes on waiting"


def test_records_come_back_as_they_were_and_noise_is_none() -> None:
    for record in (
        LabProgress("training the GRU", 3, 9, 0.5, 1.0, 2.0),
        LabReady("abc"),
        LabFailed("why"),
    ):
        assert decode(encode(record)) == record
    for noise in ("", "x", "[]", "null", '{"record": "lab ready"}', '{"record": "saved"}'):
        assert decode(noise) is None
