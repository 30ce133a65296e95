"""Paths: which files are used, in which order of precedence."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatbot.common.paths import (
    bots_folder,
    bundled,
    copy_default_bot,
    locate,
    locations_of_file,
    own_intents,
)


def test_the_option_wins_over_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHATBOT_INTENTS", str(tmp_path / "env.json"))
    monkeypatch.setenv("CHATBOT_MODEL", str(tmp_path / "env-model"))
    found = locate(tmp_path / "mine.json", tmp_path / "m")
    assert (found.intents, found.model) == (tmp_path / "mine.json", tmp_path / "m")


def test_then_the_environment_then_this_folder_then_the_own_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert locate().intents == own_intents()
    (tmp_path / "intents.json").write_text("{}")
    assert locate().intents == tmp_path / "intents.json"
    monkeypatch.setenv("CHATBOT_INTENTS", "env.json")
    assert locate().intents == tmp_path / "env.json"


def test_each_intents_file_of_a_folder_has_a_model_of_its_own(tmp_path: Path) -> None:
    cats, dogs = (locate(tmp_path / name).model for name in ("cats.json", "dogs.json"))
    assert cats == tmp_path / "models" / "cats"
    assert dogs == tmp_path / "models" / "dogs"


def test_the_first_use_copies_the_default_bot_with_its_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found = locate()
    assert not found.intents.exists(), "locating creates nothing"
    copy_default_bot(found)
    assert found.intents.read_bytes() == bundled("intents.json").read_bytes()
    assert (found.model / "card.json").exists()


def test_the_own_copy_is_never_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    own_intents().parent.mkdir(parents=True)
    own_intents().write_text("mine")
    copy_default_bot(locate())
    assert own_intents().read_text() == "mine"


def test_a_named_file_that_is_missing_is_not_made_up(tmp_path: Path) -> None:
    copy_default_bot(locate(tmp_path / "typo.json"))
    assert not (tmp_path / "typo.json").exists()


def test_a_bot_is_found_by_its_name_whatever_the_case(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    bots_folder().mkdir(parents=True)
    (bots_folder() / "Café.json").write_text("{}")
    for name in ("Café", "café", "Cafe\u0301"):
        found = locate(Path(name))
        assert found.intents == bots_folder() / "Café.json"
        assert found.model == bots_folder() / "models" / "Café"
        assert found.note == ""
    monkeypatch.setenv("CHATBOT_INTENTS", "café")
    assert locate().intents == bots_folder() / "Café.json"


def test_a_file_comes_before_a_bot_of_the_same_name_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    bots_folder().mkdir(parents=True)
    (bots_folder() / "cafe.json").write_text("{}")
    (tmp_path / "cafe").write_text("{}")
    found = locate(Path("cafe"))
    assert found.intents == tmp_path / "cafe"
    assert str(bots_folder() / "cafe.json") in found.note


def test_a_bot_comes_before_a_folder_of_the_same_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    bots_folder().mkdir(parents=True)
    (tmp_path / "cafe").mkdir()
    assert locate(Path("cafe")).intents == tmp_path / "cafe", "perhaps another program's project"
    (bots_folder() / "cafe.json").write_text("{}")
    assert locate(Path("cafe")).intents == bots_folder() / "cafe.json"


@pytest.mark.parametrize("path", ["../cafe", "./cafe.json", "sub/cafe", "~/cafe.json", "."])
def test_a_path_never_names_a_bot(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert not locate(Path(path)).intents.is_relative_to(bots_folder())


def test_another_bots_model_is_not_that_of_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHATBOT_MODEL", str(tmp_path / "mine"))
    assert locations_of_file(tmp_path / "b.json", "test").model == tmp_path / "models" / "b"
