"""Marks at the end of texts in files for fine-tuning: they tell a model where a text ends."""

from __future__ import annotations

import re

from chatbot.formats.gathering import Gathering
from chatbot.formats.rows import Row

_PROMPT_END = re.compile(r"[ \t\n](?:[-=]{1,3}>|#{2,9}|={2,9}|-{2,9}|<[|/]\w{1,30}[|]?>)$")
_ANSWER_END = re.compile(r"(?:[ \t\n](?:END|STOP|###|\[DONE\])|<[|/]\w{1,30}[|]?>)$")
"""` ->` and `###` after a prompt, ` END` and `<|endoftext|>` after an answer."""
FEWEST = 2
"""Texts that must all have one: a single text may end with anything."""


def without_marks(found: list[Row], into: Gathering) -> list[Row]:
    """Return rows without what marks the end of each question or answer for fine-tuning."""
    for ends in (_PROMPT_END, _ANSWER_END):
        texts = [text for row in found for text in (row.patterns, row.replies)[ends is _ANSWER_END]]
        if len(texts) < FEWEST or not all(map(ends.search, texts)):
            continue
        into.note("marks at the end of each text were left out", len(texts), texts)
        found = [
            Row(_cut(row.patterns, ends), row.replies, row.tag)
            if ends is _PROMPT_END
            else Row(row.patterns, _cut(row.replies, ends), row.tag)
            for row in found
        ]
    return found


def _cut(texts: tuple[str, ...], ends: re.Pattern[str]) -> tuple[str, ...]:
    return tuple(said for text in texts if (said := ends.sub("", text).strip()))
