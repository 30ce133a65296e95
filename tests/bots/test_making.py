"""Making bots: what must not be overwritten first."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from chatbot.bots import BotExistsError, make_at, make_bot, template_text
from chatbot.common import BotNameError, paths
from chatbot.intents import IntentsError, check_text
from chatbot.opening import read_intents


def test_a_bot_that_exists_is_never_overwritten_not_even_in_another_case(tmp_path: Path) -> None:
    made = make_bot("cafe")
    made.locations.intents.write_text("mine")
    for name in ("cafe", "Cafe", " cafe "):
        with pytest.raises(BotExistsError, match="cafe"):
            make_bot(name)
    with pytest.raises(BotExistsError):
        make_at(made.locations.intents)
    assert made.locations.intents.read_text() == "mine"
    assert make_bot("cafe", tmp_path).locations.intents == tmp_path / "cafe.json"


def test_the_model_of_an_earlier_bot_does_not_become_that_of_a_new_one() -> None:
    old = paths.bots_folder() / "models" / "cafe"
    old.mkdir(parents=True)
    with pytest.raises(BotExistsError, match="earlier bot"):
        make_bot("cafe")
    assert not (paths.bots_folder() / "cafe.json").exists()


def test_a_name_that_is_a_path_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(BotNameError):
        make_bot("../evil", tmp_path / "bots")
    assert list(tmp_path.glob("**/*.json")) == []


@pytest.mark.parametrize("content", ["", "{", "just text", '{"intents": []}', None])
def test_a_source_that_cannot_be_used_makes_nothing(tmp_path: Path, content: str | None) -> None:
    source = tmp_path / "source.json"
    if content is not None:
        source.write_text(content)
    with pytest.raises(IntentsError, match=r"source\.json"):
        make_bot("cafe", source=source)
    assert paths.bot_files() == []


def test_a_folder_that_cannot_be_written_is_an_error_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="file"):
        make_bot("cafe", tmp_path / "file")


def test_a_file_of_our_own_is_taken_as_it_is(tmp_path: Path, small_file: Path) -> None:
    text = '{"comment": "[b]{user}", "intents": [{"tag":"a","patterns":["x"],"responses":["y"]}]}'
    source = tmp_path / "own.json"
    source.write_bytes(b"\xef\xbb\xbf" + text.encode())
    made = make_bot("own", source=source)
    assert made.locations.intents.read_text(encoding="utf-8") == text
    assert made.imported_from == ""


def test_a_file_of_another_program_is_imported(tmp_path: Path) -> None:
    source = tmp_path / "rows.csv"
    source.write_text("text,intent\nhello,greet\nhi,greet\nbye,leave\n")
    made = make_bot("rows", source=source)
    assert made.imported_from == "CSV/TSV"
    read = read_intents(made.locations.intents)
    assert not read.imported_from
    assert [intent.tag for intent in read.intents.trainable] == ["greet", "leave"]


def test_the_template_has_three_intents_and_nothing_to_find_fault_with() -> None:
    report = check_text(template_text())
    assert report.intents is not None and report.findings == ()
    assert len(report.intents.trainable) == 3 and report.intents.fallback is not None
    assert all(len(intent.patterns) >= 12 for intent in report.intents.trainable)
    assert json.loads(template_text())["comment"]
    assert make_bot("cafe").intents == report.intents


@pytest.mark.slow
def test_the_template_trains_at_once_and_answers() -> None:
    from chatbot.conversation import Chatbot
    from chatbot.learning import train_file
    from chatbot.quality import examine

    at = make_bot("cafe").locations
    for _ in train_file(at.intents, at.model):
        pass
    bot = Chatbot.load(at.intents, at.model)
    read = read_intents(at.intents)
    assert list(examine(read.document, read.intents, bot.reader, None)) == []
    for message, intent in (("hiya", "greeting"), ("open sunday?", "opening_hours")):
        prediction = bot.reply(message).reading.prediction
        assert prediction.intent == intent and prediction.in_scope
    assert not bot.reply("who painted the Mona Lisa").reading.prediction.in_scope
