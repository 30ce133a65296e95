"""Entities marked up in an example, as Rasa and Botpress write them: turned into plain text."""

from __future__ import annotations

import re

from chatbot.formats.gathering import Gathering

_ANNOTATION = re.compile(
    r"\[([^\[\]\n]{1,500})\](?:\([^:()\n]{1,200}(?::[^()\n]{1,200})?\)|\{[^{}\n]{1,500}\})"
)
"""`[Paris](city)`, `[Paris](city:value)` or `[Paris]{"entity": "city"}`. The lengths are bounded so
that no text, however hostile, takes longer than in proportion to its size."""


def is_annotated(text: str) -> bool:
    """Tell whether a part of this text would be read as an entity."""
    return _ANNOTATION.search(text) is not None


def plain(text: str, into: Gathering) -> str:
    """Return an example as people would type it; removed markup is noted."""
    text, found = _ANNOTATION.subn(lambda match: match[1], text)
    into.note("entity annotations became plain text", found, [text])
    return text
