"""A bot whose every text tries to steer the terminal."""

from __future__ import annotations

import json
from pathlib import Path

from chatbot.intents.check import check_text
from chatbot.model import files
from chatbot.model.classifier import Calibration
from chatbot.network import weights_file
from chatbot.versions import kept
from tests.model.models import card_of
from tests.random_network import random_weights

STEERS = (
    "\x1b]0;owned\x07",  # the title of the window
    "\x1b]52;c;b3duZWQ=\x1b\\",  # the clipboard
    "\x1b[2J\x1b[31m",
    "\x9b31m",  # the same in C1
    "\x9d0;owned\x9c",
    "\x7f\x08\r",
    "\u202egnp.\u202c\u2066x\u2069",
    "\u2028\u2029",
    "[red]markup[/red] %s {0} $",
)
EVIL = "".join(STEERS)
TAGS = (*(f"{steer}tag{number}" for number, steer in enumerate(STEERS)), "time")
MESSAGE = f"zzgrblx half \ud83d pair {EVIL.replace(chr(13), '')} qqwxyz"
"""Of unknown words: it gets the fallback reply."""


def data() -> dict[str, object]:
    """Return an intents file full of it."""
    entries = [
        {
            "tag": tag,
            "patterns": [f"word{n} please {EVIL}", f"word{n} again", f"give me word{n}"],
            "responses": [f"reply {EVIL} {{time}} {{place\x1b]0;owned\x07}}"],
        }
        for n, tag in enumerate(TAGS)
    ]
    entries += [{"tag": "fallback", "patterns": [], "responses": [f"what {EVIL}"]}]
    tests = [{"message": f"test {EVIL}", "intent": TAGS[0]}]
    return {"intents": entries, "tests": tests, "out_of_scope": [f"none {EVIL}"]}


def evil_bot(folder: Path) -> Path:
    """Write the intents file, its model and two versions of it into a folder; return the file."""
    folder = folder / "bot \x1b]0;owned\x07 \u202eevil"
    folder.mkdir(parents=True)
    file = folder / "evil\x1b[31m.json"
    # Not escaped where JSON allows it: an editor shows the raw characters.
    text = json.dumps(data(), ensure_ascii=False, indent=2)
    file.write_text(text, encoding="utf-8")
    intents = check_text(text).intents
    assert intents is not None
    weights = random_weights("gru", intents, from_base=False)
    card = card_of(weights, Calibration(1.0, 0.0, 1.0, 0.5), intents)
    card = files.save(folder / "models" / file.stem, card, weights_file.encode(weights))
    for _ in range(2):
        kept.keep(folder / "models" / file.stem, card, weights_file.encode(weights), text)
    return file
