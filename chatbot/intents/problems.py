"""Problems of an intents file, each with a JSON path that still has to become a line."""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

from chatbot.intents.findings import Fix, Severity
from chatbot.intents.json_positions import JsonPath


class Problem(NamedTuple):
    """A finding whose place is still a JSON path."""

    severity: Severity
    path: JsonPath
    message: str
    remedy: str
    tag: str | None = None
    first: JsonPath | None = None
    """Where the first of two occurrences is."""
    fix: Fix | None = None


error = partial(Problem, Severity.ERROR)
warning = partial(Problem, Severity.WARNING)


def type_of(value: Any) -> str:
    """Name a JSON type with its article."""
    names = {dict: "an object", list: "a list", str: "a text", bool: "true or false",
             int: "a number", float: "a number", type(None): "null"}  # fmt: skip
    return next(name for type_, name in names.items() if isinstance(value, type_))


def half_character(path: JsonPath, what: str, tag: str | None) -> Problem:
    """Return the error of a text that holds half of a surrogate pair."""
    remedy = "Write both halves (\\ud83d\\ude00) or the character itself"
    return error(path, f"{what} holds half of a character", remedy, tag)
