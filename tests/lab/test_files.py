"""The lab's results on disk: damaged, foreign, half written; then that they come back whole."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from chatbot.common.errors import ChatbotError
from chatbot.lab import files
from chatbot.lab.files import NoLabError, folder_of, load, save
from chatbot.lab.results import Lab

DIGEST = "ab" * 32


@pytest.fixture
def folder(lab: Lab) -> Path:
    save(lab, DIGEST)
    return folder_of(DIGEST)


def test_where_nothing_is_kept_there_is_no_lab() -> None:
    with pytest.raises(NoLabError):
        load(DIGEST)


def test_what_is_kept_comes_back_whole(lab: Lab, folder: Path) -> None:
    found = load(DIGEST)
    assert replace(found, cells=(), deep=()) == replace(lab, cells=(), deep=())
    for one, other in zip(found.cells, lab.cells, strict=True):
        assert (one.cell, one.course, one.reach) == (other.cell, other.course, other.reach)
        assert one.measured_untrained == other.measured_untrained
        assert one.measured_trained == other.measured_trained
        np.testing.assert_array_equal(one.untrained.input_weight, other.untrained.input_weight)
        every = np.arange(len(one.trained.own))
        np.testing.assert_array_equal(one.trained.own.at(every), other.trained.own.at(every))
    for mine, theirs in zip(found.deep, lab.deep, strict=True):
        assert mine.layers_untrained == theirs.layers_untrained
        assert mine.learned_right == theirs.learned_right
        for a, b in zip(mine.trained.weights, theirs.trained.weights, strict=True):
            np.testing.assert_array_equal(a, b)


def test_the_folder_holds_no_pickle(folder: Path) -> None:
    assert {path.suffix for path in folder.iterdir()} == {".json", ".safetensors"}


@pytest.mark.parametrize(
    "damage", ["", "{", "[]", "null", '{"format": 1}', '{"format": 0}', "\ud800"]
)
def test_a_damaged_card_is_no_lab(folder: Path, damage: str) -> None:
    (folder / "card.json").write_bytes(damage.encode("utf-8", "surrogatepass"))
    with pytest.raises(NoLabError):
        load(DIGEST)


@pytest.mark.parametrize(
    "key", ["tags", "cells", "deep", "files", "hidden_size", "seconds", "base", "intents_digest"]
)
@pytest.mark.parametrize("value", [None, 7, "x", [], {}])
def test_a_card_with_a_wrong_value_is_no_lab(folder: Path, key: str, value: object) -> None:
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    if key == "seconds" and value == 7:
        pytest.skip("a number of seconds")
    card[key] = value
    (folder / "card.json").write_text(json.dumps(card), encoding="utf-8")
    with pytest.raises(ChatbotError):
        load(DIGEST)


def test_figures_that_are_too_few_are_no_lab(folder: Path) -> None:
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    card["cells"]["gru"]["trained"]["learned_right"].pop()
    (folder / "card.json").write_text(json.dumps(card), encoding="utf-8")
    with pytest.raises(NoLabError):
        load(DIGEST)


def test_a_cut_off_or_changed_file_is_no_lab(folder: Path) -> None:
    for path in folder.glob("*.safetensors"):
        data = path.read_bytes()
        for damaged in (data[:-1], b"", data[:-1] + bytes([data[-1] ^ 1])):
            path.write_bytes(damaged)
            with pytest.raises(NoLabError):
                load(DIGEST)
        path.unlink()
        with pytest.raises(NoLabError):
            load(DIGEST)
        path.write_bytes(data)
    load(DIGEST)


def test_results_of_another_file_are_not_taken(folder: Path) -> None:
    other = DIGEST[:32] + "cd" * 16  # the same folder
    assert folder_of(other) == folder
    with pytest.raises(NoLabError):
        load(other)


def test_whoever_is_killed_while_writing_leaves_no_lab(
    lab: Lab, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = 0

    def killed(path: Path, data: bytes) -> None:
        nonlocal written
        written += 1
        if written == 4:
            raise KeyboardInterrupt
        path.write_bytes(data)

    with monkeypatch.context() as patch:
        patch.setattr(files, "write_atomically", killed)
        with pytest.raises(KeyboardInterrupt):
            save(lab, DIGEST)
    with pytest.raises(NoLabError):
        load(DIGEST)
    save(lab, DIGEST)
    load(DIGEST)


def test_a_folder_that_cannot_be_written_is_named(
    lab: Lab, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("")
    monkeypatch.setattr(files, "lab_folder", lambda: blocked)
    with pytest.raises(ChatbotError, match="could not be written"):
        save(lab, DIGEST)


def test_results_of_old_files_are_forgotten(lab: Lab) -> None:
    digests = [f"{number:02x}" * 32 for number in range(files.KEPT + 2)]
    for digest in digests:
        save(lab, digest)
    assert len(list(folder_of(DIGEST).parent.iterdir())) == files.KEPT
    load(digests[-1])
