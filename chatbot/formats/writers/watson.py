"""Writes a skill of Watson Assistant: intents, a dialog node per intent with its replies, and
counterexamples for what is out of scope.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from chatbot.formats.naming import unique
from chatbot.formats.writers.writing import (
    LANGUAGE,
    Written,
    as_json,
    losses,
    note_language,
    note_slots,
    written,
)
from chatbot.intents import Intents

_NO_NAME = re.compile(r"[^\w.-]+")
"""What the name of an intent may not have."""
_MOST_NAME = 128
_MOST_EXAMPLE = 1_024


def write(intents: Intents) -> Written:
    """Return the intents as a skill; the fallback's replies are those of `anything_else`.

    An intent without patterns is left out, unless it is the fallback.
    """
    notes = losses(intents)
    note_language("Watson", notes)
    names: set[str] = set()
    items: list[dict[str, Any]] = []
    nodes: list[dict[str, Any]] = []
    for intent in intents.intents:
        note_slots(intent.responses, "Watson", notes)
        if intent is intents.fallback:
            continue
        if not intent.patterns:
            notes["intents without patterns were left out"] += 1
            continue
        name = unique(_NO_NAME.sub("_", intent.tag)[:_MOST_NAME], names)
        names.add(name)
        notes["tags were changed: Watson takes letters, digits, _ . and -"] += name != intent.tag
        items.append({"intent": name, "examples": _examples(intent.patterns, notes)})
        _add_node(f"#{name}", intent.responses, nodes)
    if intents.fallback is not None:
        _add_node("anything_else", intents.fallback.responses, nodes)
    data = {
        "name": "Chatbot",
        "language": LANGUAGE,
        "learning_opt_out": False,
        "intents": items,
        "entities": [],
        "counterexamples": _examples(intents.out_of_scope, notes),
        "dialog_nodes": nodes,
    }
    return written(as_json(data), notes)


def _examples(patterns: tuple[str, ...], notes: Counter[str]) -> list[dict[str, str]]:
    """Return patterns as examples: of one line, and not longer than Watson takes."""
    texts = []
    for pattern in patterns:
        text = re.sub(r"[\n\r\t]+", " ", pattern)
        notes["line breaks and tabs in patterns became blanks"] += text != pattern
        if len(text) > _MOST_EXAMPLE:
            notes[f"patterns of more than {_MOST_EXAMPLE:,} characters were left out"] += 1
        else:
            texts.append({"text": text})
    return texts


def _add_node(condition: str, replies: tuple[str, ...], nodes: list[dict[str, Any]]) -> None:
    """Add a node that says one of these replies, after the nodes before it."""
    if not replies:
        return
    values = [{"text": reply} for reply in replies]
    said = {"response_type": "text", "values": values, "selection_policy": "random"}
    node: dict[str, Any] = {
        "type": "standard",
        "dialog_node": f"node_{len(nodes) + 1}",
        "conditions": condition,
        "output": {"generic": [said]},
    }
    if nodes:
        node["previous_sibling"] = nodes[-1]["dialog_node"]
    nodes.append(node)
