"""One-key remedies: a finding's fix, made in the text of an intents file, which keeps its looks."""

from __future__ import annotations

from typing import Any

from chatbot.errors import ChatbotError
from chatbot.intents import Fix
from chatbot.intents_edit import with_data
from chatbot.intents_json import BrokenJsonError, load


class FixError(ChatbotError):
    """A fix does not go with the text any more; says why."""


def apply(text: str, fix: Fix) -> str:
    """Return the text of an intents file with a fix made. Raises FixError where it cannot be."""
    try:
        data = load(text)
    except BrokenJsonError as error:
        raise FixError(f"The file is broken: {error.message}. {error.remedy}") from error
    patterns = _patterns(data, fix.tag)
    if fix.pattern not in patterns:
        raise FixError(f"“{fix.pattern}” is no pattern of “{fix.tag}” any more. Check again")
    target = None if fix.target is None else _patterns(data, fix.target)
    # The last one: what is there twice is found where it is there again.
    del patterns[len(patterns) - 1 - patterns[::-1].index(fix.pattern)]
    if target is not None and fix.pattern not in target:
        target.append(fix.pattern)
    return with_data(text, data)


def _patterns(data: Any, tag: str) -> list[Any]:
    """Return the list of an intent's patterns."""
    items = data.get("intents") if isinstance(data, dict) else None
    for item in items if isinstance(items, list) else ():
        if (
            isinstance(item, dict)
            and isinstance(item.get("tag"), str)
            and item["tag"].strip() == tag
            and isinstance(item.get("patterns"), list)
        ):
            patterns: list[Any] = item["patterns"]
            return patterns
    raise FixError(f"There is no intent “{tag}” with patterns any more. Check again")
