"""The base that ships: what it promises on its card, and what happens to a damaged one."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from chatbot.common.paths import bundled
from chatbot.model import pretrained
from chatbot.network.rows import FourBitRows
from chatbot.network.weights_file import ModelError

FOLDER = bundled("models") / "base"


def test_it_is_what_its_card_says_and_small_enough_to_ship() -> None:
    shipped = pretrained.load()
    data = (FOLDER / shipped.card.weights).read_bytes()
    assert hashlib.sha256(data).hexdigest() == shipped.card.weights_sha256
    assert len(data) <= 25_000_000
    rows = shipped.weights.own
    assert isinstance(rows, FourBitRows) == shipped.card.four_bits
    assert len(rows) == len(rows.hashes) + 1 == shipped.card.features
    assert (np.diff(rows.hashes.astype(np.int64)) > 0).all()
    assert np.isfinite(rows.at(np.arange(len(rows)))).all()
    assert shipped.weights.hidden_size == shipped.card.hidden_size
    assert (FOLDER / "README.md").is_file(), "sources and licences of what it read"


def test_it_is_mapped_once_for_all_models() -> None:
    assert pretrained.load() is pretrained.load()


def test_saving_and_loading_gives_the_same_back(tmp_path: Path) -> None:
    shipped = pretrained.load()
    (tmp_path / "weights-old.safetensors").write_bytes(b"old")
    card = pretrained.save(tmp_path, shipped.card, shipped.weights)
    again = pretrained.load(tmp_path)
    assert again.card == card == shipped.card
    every = np.arange(len(shipped.weights.own))
    np.testing.assert_array_equal(again.weights.own.at(every), shipped.weights.own.at(every))
    assert len(list(tmp_path.glob("*.safetensors"))) == 1


@pytest.mark.parametrize(
    "damage", ["no card", "bad card", "other numbers", "no weights", "short", "no header"]
)
def test_a_damaged_base_is_named_with_the_way_out(tmp_path: Path, damage: str) -> None:
    folder = shutil.copytree(FOLDER, tmp_path / "base")
    (weights,) = folder.glob("*.safetensors")
    if damage == "no card":
        (folder / "card.json").unlink()
    elif damage == "bad card":
        (folder / "card.json").write_text('{"cell": "gru"}')
    elif damage == "other numbers":
        card = json.loads((folder / "card.json").read_text())
        card["sureness"]["of_answers"].pop()
        (folder / "card.json").write_text(json.dumps(card))
    elif damage == "no weights":
        weights.unlink()
    elif damage == "short":
        weights.write_bytes(weights.read_bytes()[:50_000])
    else:
        weights.write_bytes(b"x" * 100)
    with pytest.raises(ModelError, match=r"base.*Reinstall the program"):
        pretrained.load(folder)
