"""The example bots: valid, and begun with by their name."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatbot.bots.examples import example_names, example_or_file
from chatbot.bots.making import make_bot
from chatbot.common import bundled
from chatbot.intents import IntentsError, check_text
from chatbot.quality import examine


def test_there_are_two() -> None:
    assert example_names() == ["cafe", "helpdesk"]


@pytest.mark.parametrize("name", example_names())
def test_an_example_has_no_findings_and_shows_what_a_bot_can_do(name: str) -> None:
    report = check_text((bundled("examples") / f"{name}.json").read_text(encoding="utf-8"))
    assert report.findings == ()
    intents = report.intents
    assert intents is not None
    assert intents.slots
    assert intents.contexts
    assert any(intent.conditional for intent in intents.intents)
    assert any(intent.slots for intent in intents.intents)
    assert len(intents.tests) >= 6
    assert intents.out_of_scope
    assert intents.fallback is not None
    assert [finding.message for finding in examine(report.document, intents)] == []


def test_a_bot_begins_with_an_example(tmp_path: Path) -> None:
    made = make_bot("mine", tmp_path, Path("cafe"))
    example = (bundled("examples") / "cafe.json").read_text(encoding="utf-8")
    assert made.locations.intents.read_text(encoding="utf-8") == example
    assert made.imported_from == ""


def test_a_file_of_that_name_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("cafe").write_text("[]", encoding="utf-8")
    assert example_or_file(Path("cafe")) == Path("cafe")
    with pytest.raises(IntentsError):
        make_bot("mine", tmp_path, Path("cafe"))


@pytest.mark.parametrize("name", ["../cafe", "cafe.json", "", "Cafe"])
def test_nothing_else_is_an_example(name: str) -> None:
    assert example_or_file(Path(name)) == Path(name)
