"""Findings that somebody does not want to see again: the file says which ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from chatbot.cli import main
from chatbot.intents import check_text, parted, with_silenced


def text_of(**more: Any) -> str:
    data: dict[str, Any] = {
        "intents": [
            {"tag": "greeting", "patterns": ["hi", "hi", "hello"], "responses": ["Hi."]},
            {"tag": "bye", "patterns": ["bye", "see you"], "responses": ["Bye."]},
        ],
        **more,
    }
    return json.dumps(data, indent=2)


def test_a_silenced_finding_is_not_shown_and_can_be_heard_again() -> None:
    text = text_of()
    (finding,) = check_text(text).findings
    quiet = with_silenced(text, finding, is_silenced=True)
    report = check_text(quiet)
    assert report.intents is not None
    shown, silenced = parted(report.findings, report.intents.silenced)
    assert not shown and [f.message for f in silenced] == [finding.message]
    assert json.loads(with_silenced(quiet, finding, is_silenced=False)) == json.loads(text)


def test_other_numbers_in_a_finding_do_not_bring_it_back() -> None:
    (finding,) = check_text(text_of()).findings
    quiet = with_silenced(text_of(), finding, is_silenced=True).replace("[\n", "[\n\n\n", 1)
    report = check_text(quiet)
    assert report.intents is not None
    assert parted(report.findings, report.intents.silenced)[0] == ()


def test_an_error_cannot_be_silenced() -> None:
    broken = text_of().replace('"greeting"', "3")
    errors = check_text(broken).findings
    assert parted(errors, [f.message for f in errors])[1] == ()


@pytest.mark.parametrize("silenced", ["all", 3, None, {"a": 1}, [1, None, ["x"]]])
def test_what_is_no_list_of_texts_silences_nothing(silenced: Any) -> None:
    report = check_text(text_of(silenced=silenced))
    assert report.intents is not None and report.intents.silenced == ()
    (finding,) = report.findings
    assert json.loads(with_silenced(text_of(silenced=silenced), finding, is_silenced=True))


def test_the_command_says_how_many_are_silenced(tmp_path: Path) -> None:
    file = tmp_path / "intents.json"
    (finding,) = check_text(text_of()).findings
    file.write_text(with_silenced(text_of(), finding, is_silenced=True), encoding="utf-8")
    output = CliRunner().invoke(main, ["check", str(file)]).output
    assert "1 silenced" in output and finding.message not in output
