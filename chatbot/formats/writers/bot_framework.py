"""Writes a .lu file of Microsoft's Bot Framework: intents and utterances, without replies."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from chatbot.formats.naming import unique
from chatbot.formats.writers.writing import Written, losses, written
from chatbot.intents import Intents

_NONE = "None"
"""LUIS's own intent of what is out of scope."""
_SYNTAX = re.compile(r"[\\{}()\[\]|@]")
_LINE_ENDS = re.compile(r"[\n\r]+")


def write(intents: Intents) -> Written:
    """Return the patterns as one file; brackets, which mark entities there, get a backslash."""
    notes = losses(intents)
    lines = ["> !# @app.name = Chatbot"]
    names: set[str] = set()
    for intent in intents.intents:
        notes["replies were left out: a .lu file has no place for them"] += len(intent.responses)
        if not intent.patterns:
            notes["intents without patterns were left out"] += 1
            continue
        name = unique(_LINE_ENDS.sub(" ", intent.tag).replace("\0", "").strip("# ?\t"), names)
        names.add(name)
        notes["tags were changed: they are one line, and do not begin with # or ?"] += (
            name != intent.tag
        )
        lines += ["", f"# {name}", *_items(intent.patterns, notes)]
    if intents.out_of_scope:
        lines += ["", f"# {_NONE}", *_items(intents.out_of_scope, notes)]
    return written("\n".join(lines) + "\n", notes)


def _items(patterns: tuple[str, ...], notes: Counter[str]) -> Iterable[str]:
    """Yield patterns as lines of a list."""
    for pattern in patterns:
        if "\0" in pattern:
            notes["patterns with a null character were left out"] += 1
            continue
        text = _LINE_ENDS.sub(" ", pattern).strip()
        notes["patterns are one line without blanks around it"] += text != pattern
        yield "- " + _SYNTAX.sub(lambda sign: "\\" + sign[0], text)
