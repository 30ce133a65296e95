"""Problems of an intents file, each with a JSON path that still has to become a line."""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

from chatbot.common import _
from chatbot.intents.findings import Fix, Severity
from chatbot.intents.json_intent import tag_of
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
    names = {dict: _("an object"), list: _("a list"), str: _("a text"), bool: _("true or false"),
             int: _("a number"), float: _("a number"), type(None): "null"}  # fmt: skip
    return next(name for type_, name in names.items() if isinstance(value, type_))


def name_of(item: Any, index: int) -> str:
    """Return what to call an intent: its tag, or its number in the file, from 1."""
    return tag_of(item) or _("intent {number}").format(number=index + 1)


def half_character(path: JsonPath, what: str, tag: str | None) -> Problem:
    """Return the error of a text that holds half of a surrogate pair."""
    message = _("{what} holds half of a character").format(what=what)
    remedy = _("Write both halves (\\ud83d\\ude00) or the character itself")
    return error(path, message, remedy, tag)
