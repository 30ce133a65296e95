"""Model files: every way they can be bad first, then that saving is all or nothing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from chatbot.common import write_atomically
from chatbot.model import files as model_files
from chatbot.model.card import NoModelError
from chatbot.model.classifier import Calibration, IntentClassifier
from chatbot.model.sureness import OF_ANSWERS, Sureness
from chatbot.network.recurrent import Recurrent
from chatbot.network.weights_file import ModelError, encode
from tests.model.models import card_of
from tests.random_network import random_weights, remembering

FITTED = {"temperature": 1, "scope_energy": 1, "scope_slope": 1, "threshold": 0.5}


@pytest.fixture
def folder(small_bot: Path) -> Path:
    return small_bot / "models" / "intents"


def change_card(folder: Path, **values: Any) -> None:
    path = folder / "card.json"
    card = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**card, **values}), encoding="utf-8")


def change_weights(folder: Path, **tensors: np.ndarray) -> None:
    """Write other tensors with a card that fits their checksum, as a forger would."""
    import hashlib

    path = weights_file(folder)
    save_file({**load_file(path), **tensors}, path)
    change_card(folder, weights_sha256=hashlib.sha256(path.read_bytes()).hexdigest())


def weights_file(folder: Path) -> Path:
    (path,) = folder.glob("*.safetensors")
    return path


def test_no_model_yet_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(NoModelError, match=r"no model here yet.*chatbot train"):
        model_files.load(tmp_path / "nowhere")


def test_a_file_in_place_of_the_folder_is_no_model_either(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(NoModelError):
        model_files.load(tmp_path / "file")


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '"card"', "[" * 100_000, "\x00", '{"format": 1}']
)
def test_a_damaged_card_is_named_with_the_way_out(folder: Path, text: str) -> None:
    (folder / "card.json").write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match=r"card\.json: .*chatbot train"):
        model_files.load(folder)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"format": 99}, "model format 99"),
        ({"cell": "transformer"}, "unknown cell 'transformer'"),
        ({"hidden_size": "128"}, "'hidden_size'"),
        ({"hidden_size": True}, "'hidden_size'"),
        ({"hidden_size": 0}, "size is below 1"),
        ({"hidden_size": 64}, "shape"),
        ({"intents": []}, "list of tags"),
        ({"intents": ["greeting", 5]}, "list of tags"),
        ({"intents": ["greeting"]}, "shape"),
        ({"base": 12}, "'base'"),
        ({"base": "0" * 64}, "another pretrained base"),
        ({"features": 0}, "unknown feature"),
        ({"weights": "../../secret.safetensors"}, "plain name"),
        ({"weights": ""}, "plain name"),
        ({"weights": "weights-gone.safetensors"}, "missing"),
        (
            {
                "calibration": {
                    "temperature": 0,
                    "scope_energy": 1,
                    "scope_slope": 1,
                    "threshold": 0.5,
                }
            },
            "calibration",
        ),
        (
            {
                "calibration": {
                    "temperature": 1,
                    "scope_energy": None,
                    "scope_slope": 1,
                    "threshold": 0.5,
                }
            },
            "calibration",
        ),
        ({"metrics": {}}, "metrics"),
    ],
)
def test_a_card_edited_by_hand_is_refused_with_what_is_wrong(
    folder: Path, changes: dict[str, Any], words: str
) -> None:
    change_card(folder, **changes)
    with pytest.raises(ModelError, match=words) as caught:
        model_files.load(folder)
    assert "chatbot train" in str(caught.value)


def test_truncated_weights_are_noticed(folder: Path) -> None:
    path = weights_file(folder)
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(ModelError, match="truncated or changed"):
        model_files.load(folder)


def test_weights_that_are_not_safetensors_are_refused_even_with_a_fitting_checksum(
    folder: Path,
) -> None:
    import hashlib

    evil = b"\x80\x04cos\nsystem\n"  # how a pickle begins
    weights_file(folder).write_bytes(evil)
    change_card(folder, weights_sha256=hashlib.sha256(evil).hexdigest())
    with pytest.raises(ModelError, match="not a safetensors file"):
        model_files.load(folder)


def test_nan_in_the_weights_is_refused(folder: Path) -> None:
    bias = load_file(weights_file(folder))["feed_forward.bias"]
    bias[0] = np.nan
    change_weights(folder, **{"feed_forward.bias": bias})
    with pytest.raises(ModelError, match=r"'feed_forward\.bias' holds NaN"):
        model_files.load(folder)


def test_weights_of_another_type_are_refused(folder: Path) -> None:
    bias = load_file(weights_file(folder))["feed_forward.bias"]
    change_weights(folder, **{"feed_forward.bias": bias.astype(np.float16)})
    with pytest.raises(ModelError, match="float16, not float32"):
        model_files.load(folder)


@pytest.fixture
def with_memory(tmp_path: Path) -> Path:
    """A model of random weights with everything that a model may have, but a base."""
    weights = remembering(random_weights("gru", from_base=False, like_base=True))
    sureness = Sureness(tuple(0.1 * n for n in range(len(OF_ANSWERS))), -1.5)
    folder = tmp_path / "with memory"
    model_files.save(folder, card_of(weights, sureness), encode(weights))
    return folder


def test_features_out_of_order_are_refused_for_the_search_in_them_would_miss(
    with_memory: Path,
) -> None:
    folder = with_memory
    hashes = load_file(weights_file(folder))["hashes"]
    change_weights(folder, hashes=np.ascontiguousarray(hashes[::-1]))
    with pytest.raises(ModelError, match="rising order"):
        model_files.load(folder)


COEFFICIENTS = [1.0] * len(OF_ANSWERS)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"parts": []}, "a size is missing"),
        ({"parts": 24}, "'parts'"),
        ({"parts": [8, 0, 16]}, "size is below 1"),
        ({"parts": [8, "10", 6]}, "size is below 1"),
        ({"parts": [8, True, 15]}, "size is below 1"),
        ({"parts": [8, 10, 7]}, "shape"),
        ({"input_size": -1}, "a size is missing"),
        ({"input_size": None}, "'input_size'"),
        ({"input_size": 0}, "shape"),
        ({"input_size": 21}, "shape"),
        ({"background": 6}, "shape"),
        ({"background": -5}, "a size is missing"),
        ({"background": "5"}, "'background'"),
        ({"background": True}, "'background'"),
        ({"background": 0}, "calibration"),
        ({"background": 1.5}, "'background'"),
        ({"calibration": FITTED}, "calibration"),
        ({"calibration": {}}, "calibration"),
        ({"calibration": {"coefficients": [], "offset": 0, "threshold": 0.4}}, "calibration"),
        ({"calibration": {"coefficients": 5, "offset": 0, "threshold": 0.4}}, "calibration"),
        ({"calibration": {"coefficients": COEFFICIENTS, "offset": 0}}, "calibration"),
        (
            {"calibration": {"coefficients": COEFFICIENTS, "offset": "0", "threshold": 0.4}},
            "calibration",
        ),
        (
            {"calibration": {"coefficients": COEFFICIENTS, "offset": True, "threshold": 0.4}},
            "calibration",
        ),
        (
            {
                "calibration": {
                    "coefficients": [*COEFFICIENTS[1:], float("nan")],
                    "offset": 0,
                    "threshold": 0.4,
                }
            },
            "calibration",
        ),
    ],
)
def test_what_a_card_says_of_parts_encoder_memory_and_sureness_is_checked(
    with_memory: Path, changes: dict[str, Any], words: str
) -> None:
    change_card(with_memory, **changes)
    with pytest.raises(ModelError, match=words) as caught:
        model_files.load(with_memory)
    assert "chatbot train" in str(caught.value)


def test_a_sureness_without_a_memory_to_compare_with_is_refused(tmp_path: Path) -> None:
    weights = random_weights("gru", from_base=False)
    model_files.save(tmp_path, card_of(weights, Calibration(**FITTED)), encode(weights))
    model_files.load(tmp_path)
    sure = {"coefficients": COEFFICIENTS, "offset": 0, "threshold": 0.4}
    change_card(tmp_path, calibration=sure)
    with pytest.raises(ModelError, match="'calibration' is damaged"):
        model_files.load(tmp_path)


def test_a_model_with_a_memory_answers_after_loading_as_before(with_memory: Path) -> None:
    before = remembering(random_weights("gru", from_base=False, like_base=True))
    model = model_files.load(with_memory)
    assert isinstance(model.card.calibration, Sureness)
    assert model.weights.parts == model.card.parts == before.parts
    one, other = (
        IntentClassifier(weights, model.card.intents, model.card.calibration)
        for weights in (before, model.weights)
    )
    for message in ("what time is it", "tell me something", "zzz"):
        state = Recurrent(before).read(message.split())[-1].hidden
        assert one.predict(state) == other.predict(state)


def test_keys_of_a_later_version_in_the_card_do_no_harm(folder: Path) -> None:
    change_card(folder, note="mine", colour={"a": 1})
    model_files.load(folder)


def test_loading_gives_back_what_was_saved(folder: Path, tmp_path: Path) -> None:
    model = model_files.load(folder)
    target = tmp_path / "copy"
    card = model_files.save(target, model.card, encode(model.weights))
    again = model_files.load(target)
    assert again.card == card == model.card
    every = np.arange(len(model.weights.own))
    np.testing.assert_array_equal(again.weights.own.at(every), model.weights.own.at(every))
    assert sorted(p.name for p in target.iterdir()) == ["card.json", card.weights]


@pytest.mark.parametrize("fails_at", [1, 2])
def test_a_full_disk_at_any_write_leaves_the_old_model_answering(
    folder: Path, monkeypatch: pytest.MonkeyPatch, fails_at: int
) -> None:
    model = model_files.load(folder)
    before = {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}
    other = shutil.copytree(folder, folder.parent / "other")
    change_weights(other, **{"feed_forward.bias": model.weights.output_bias + 1})
    weights = model_files.load(other).weights
    calls = 0

    def full(path: Path, data: bytes) -> None:
        nonlocal calls
        calls += 1
        if calls == fails_at:
            raise OSError(28, "No space left on device")
        write_atomically(path, data)

    monkeypatch.setattr(model_files, "write_atomically", full)
    with pytest.raises(ModelError, match=r"No space left.*old one still answers"):
        model_files.save(folder, model.card, encode(weights))
    assert all((folder / name).read_bytes() == data for name, data in before.items())
    assert model_files.load(folder).card == model.card
