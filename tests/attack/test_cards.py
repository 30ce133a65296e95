"""Cards and weights that are damaged or forged: one clear error, and training mends it."""

from __future__ import annotations

import hashlib
import json
import math
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from chatbot.conversation import Chatbot
from chatbot.learning.job import Plan, train_file
from chatbot.learning.training import Settings
from chatbot.model import files
from chatbot.model.files import read_card
from chatbot.network import ModelError
from chatbot.versions import facts, kept
from tests.tui.made_bot import make_bot

STRANGE: list[Any] = [
    None, True, -1, 0, 2**31 + 1, 10**20, -(10**20), 10**400, 5e-324, 1e-9, 1e308, math.nan,
    math.inf, "", "x", "\0", "\ud800", "a\0b.safetensors", "..", "/", "weights\x1b[31m", [], [None],
    [10**20], ["\ud800"], ["a"] * 3, {}, {"x": 1}, [[[[]]]],
]  # fmt: skip


def places(values: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every value in a card."""
    items = values.items() if isinstance(values, dict) else enumerate(values)
    for key, value in items:
        yield (*path, key)
        if isinstance(value, dict | list):
            yield from places(value, (*path, key))


def answers_or_is_refused(folder: Path) -> bool:
    """Use a model in every way; return whether it could be used. Anything else fails."""
    model = folder / "models" / "intents"
    for version in kept.listed(model):
        facts(version)
    try:
        bot = Chatbot.load(folder / "intents.json", model)
    except ModelError as error:
        assert "chatbot train" in str(error)
        str(error).encode("utf-8", "backslashreplace")
        return False
    for message in ("what time is it", "zzgrblx", "", "tell me a joke " * 20):
        said = bot.read(message).prediction
        assert all(0 <= ranked.confidence <= 1 for ranked in said.ranking)
        assert math.isfinite(said.energy)
    return True


def test_every_value_of_a_card_may_be_anything(tmp_path: Path) -> None:
    folder = make_bot(tmp_path)
    path = folder / "models" / "intents" / "card.json"
    card = json.loads(path.read_text(encoding="utf-8"))
    tried = 0
    for place in places(card):
        for value in (*STRANGE, "gone"):
            changed = json.loads(json.dumps(card))
            *way, last = place
            part = changed
            for step in way:
                part = part[step]
            if value == "gone":
                del part[last]
            else:
                part[last] = value
            path.write_text(json.dumps(changed), encoding="utf-8")
            answers_or_is_refused(folder)
            tried += 1
    assert tried > 500


@pytest.mark.slow
@pytest.mark.usefixtures("few_steps")
@pytest.mark.parametrize(
    "changes",
    [{"seed": 10**20}, {"base": ...}, {"weights": "a\0b"}, {"weights": "\ud800"},
     {"intents": ["\ud800"]}, {"calibration": {"offset": 10**20}}],
    ids=str,
)  # fmt: skip
def test_training_mends_a_damaged_card(small_bot: Path, changes: dict[str, Any]) -> None:
    model = small_bot / "models" / "intents"
    path = model / "card.json"
    card = json.loads(path.read_text(encoding="utf-8"))
    for key, value in changes.items():
        if value is ...:
            del card[key]
        else:
            card[key] = {**card[key], **value} if isinstance(value, dict) else value
    path.write_text(json.dumps(card), encoding="utf-8")
    with pytest.raises(ModelError):
        files.load(model)
    settings = Settings(cell="rnn", hidden_size=8)
    for _ in train_file(small_bot / "intents.json", model, settings, plan=Plan(accept=True)):
        pass
    assert read_card(model).cell == "rnn"
    assert files.load(model)


def forge(folder: Path, data: bytes) -> None:
    """Write other bytes of weights with a card whose checksum fits."""
    model = folder / "models" / "intents"
    card = json.loads((model / "card.json").read_text(encoding="utf-8"))
    (model / card["weights"]).write_bytes(data)
    card["weights_sha256"] = hashlib.sha256(data).hexdigest()
    (model / "card.json").write_text(json.dumps(card), encoding="utf-8")


def test_every_byte_of_the_header_of_the_weights_may_be_another(
    tmp_path: Path, attack: int
) -> None:
    folder = make_bot(tmp_path)
    model = folder / "models" / "intents"
    data = (model / read_card(model).weights).read_bytes()
    end = 8 + int.from_bytes(data[:8], "little")
    rng = random.Random(attack)
    with np.errstate(all="ignore"):
        for _ in range(100 * attack):
            changed = bytearray(data)
            changed[rng.randrange(end)] ^= 1 << rng.randrange(8)
            forge(folder, bytes(changed))
            answers_or_is_refused(folder)


def test_every_byte_of_the_weights_may_be_another(tmp_path: Path, attack: int) -> None:
    folder = make_bot(tmp_path)
    model = folder / "models" / "intents"
    data = (model / read_card(model).weights).read_bytes()
    rng = random.Random(attack)
    with np.errstate(all="ignore"):
        for _ in range(100 * attack):
            changed = bytearray(data)
            changed[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
            forge(folder, bytes(changed))
            answers_or_is_refused(folder)
            forge(folder, bytes(data[: rng.randrange(len(data))]))
            assert not answers_or_is_refused(folder)
