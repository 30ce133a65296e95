"""A made-up bot: random weights that know their patterns. It is there at once, without training."""

from __future__ import annotations

import json
from pathlib import Path

from chatbot.model import files
from chatbot.model.classifier import Calibration
from chatbot.network import weights_file
from tests.model.models import card_of
from tests.random_network import INTENTS, random_weights

UNKNOWN = "zzgrblx qqwxyz"
"""A message of unknown words alone: it gets the fallback reply."""


def make_bot(folder: Path) -> Path:
    """Write an intents file and its model into a folder, and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    entries = [
        {"tag": intent.tag, "patterns": intent.patterns, "responses": ["Yes."]}
        for intent in INTENTS.intents
    ]
    text = json.dumps({"intents": entries}, indent=2)
    (folder / "intents.json").write_text(text, encoding="utf-8")
    weights = random_weights("gru", from_base=False)
    card = card_of(weights, Calibration(1.0, 0.0, 1.0, 0.5))
    files.save(folder / "models" / "intents", card, weights_file.encode(weights))
    return folder
