"""Names for intents that have none: made from the words of what people say for them."""

from __future__ import annotations

import re
from collections.abc import Container

from chatbot.formats.gathering import OUT_OF_SCOPE

_WORD = re.compile(r"\w+")
_MOST_WORDS = 6
_MOST_CHARACTERS = 40


def tag_from(text: str, taken: Container[str]) -> str:
    """Return the first words of a text as a tag that is not taken; a number makes it unique.

    Nor is it one of those that mean what is out of scope.
    """
    words = _WORD.findall(text.casefold())[:_MOST_WORDS]
    name = "_".join(words)[:_MOST_CHARACTERS].strip("_")
    return unique(name, taken, OUT_OF_SCOPE)


def unique(name: str, taken: Container[str], also_taken: Container[str] = ()) -> str:
    """Return a name, with a number if it is taken; never an empty one."""
    tag, number = name or "intent", 1
    while tag in taken or tag in also_taken:
        number += 1
        tag = f"{name or 'intent'}_{number}"
    return tag
