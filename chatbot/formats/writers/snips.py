"""Writes a dataset of Snips NLU: utterances by intent. It has no place for replies."""

from __future__ import annotations

from chatbot.formats.writers.writing import (
    LANGUAGE,
    OUT_OF_SCOPE,
    Written,
    as_json,
    losses,
    note_language,
    outsiders,
    written,
)
from chatbot.intents import Intents


def write(intents: Intents) -> Written:
    """Return the patterns as a dataset."""
    notes = losses(intents)
    note_language("Snips", notes)
    by_tag = {}
    for intent in intents.intents:
        notes["replies were left out: Snips has no place for them"] += len(intent.responses)
        if intent.patterns:
            by_tag[intent.tag] = _utterances(intent.patterns)
        else:
            notes["intents without patterns were left out"] += 1
    if examples := outsiders(intents, notes):
        by_tag[OUT_OF_SCOPE] = _utterances(examples)
    data = {"language": LANGUAGE, "intents": by_tag, "entities": {}}
    return written(as_json(data), notes)


def _utterances(texts: tuple[str, ...]) -> dict[str, object]:
    return {"utterances": [{"data": [{"text": text}]} for text in texts]}
