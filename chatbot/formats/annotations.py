"""Entities marked up in an example, as Rasa and Botpress write them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from chatbot.formats.gathering import Gathering

_ANNOTATION = re.compile(
    r"\[([^\[\]\n]{1,500})\](?:\(([^:()\n]{1,200})(?::([^()\n]{1,200}))?\)|(\{[^{}\n]{1,500}\}))"
)
"""`[Paris](city)`, `[Paris](city:value)` or `[Paris]{"entity": "city"}`. The lengths are bounded so
that no text, however hostile, takes longer than in proportion to its size."""


def is_annotated(text: str) -> bool:
    """Tell whether a part of this text would be read as an entity."""
    return _ANNOTATION.search(text) is not None


def marked(text: str, into: Gathering, synonyms: Mapping[str, str] | None = None) -> str:
    """Return an example with its values marked as ours are; what cannot be carried is noted.

    `synonyms` say what a value means, by the value in lower case.
    """

    def mark(found: re.Match[str]) -> str:
        said, entity, means = found[1], found[2] or "", found[3] or ""
        if found[4] is not None:
            try:
                described = json.loads(found[4])
            except ValueError:
                described = {}
            entity, means = (str(described.get(key) or "") for key in ("entity", "value"))
            others = described.keys() - {"entity", "value"}
            into.note("roles and groups of entities were left out", len(others), [text])
        means = means or (synonyms or {}).get(said.casefold(), "")
        written = into.entities.mark(said, entity, means)
        into.note("entity annotations became plain text", written == said, [text])
        return written

    return _ANNOTATION.sub(mark, text)
