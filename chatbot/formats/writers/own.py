"""Writes an intents file of our own, laid out like the default bot's."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from chatbot.common import printable_json
from chatbot.formats.writers.writing import Written
from chatbot.intents import Intents


def write(intents: Intents) -> Written:
    """Return the JSON of an intents file; nothing is lost."""
    data: dict[str, Any] = {"intents": [asdict(intent) for intent in intents.intents]}
    if intents.tests:
        data["tests"] = [asdict(test) for test in intents.tests]
    if intents.out_of_scope:
        data["out_of_scope"] = list(intents.out_of_scope)
    return Written(printable_json(json.dumps(data, ensure_ascii=False, indent=2)) + "\n")
