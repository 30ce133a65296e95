"""Finds values of entities in texts that do not mark them, as some programs do by themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping

from chatbot.formats.entities import Marked

_WORD = re.compile(r"\w+")
_MOST_WORDS = 6
"""Of a value that is looked for."""


class Finder:
    """Finds listed values as whole words, the longest first."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        """`texts` are the names of entities by their values in lower case."""
        self._texts = texts
        self._most = max((len(_WORD.findall(text)) for text in texts), default=0)

    def marks(self, text: str) -> list[Marked]:
        """Return the values in a text; none overlaps another."""
        words = [(found.start(), found.end()) for found in _WORD.finditer(text)]
        found: list[Marked] = []
        place = 0
        while place < len(words):
            for count in range(min(self._most, _MOST_WORDS, len(words) - place), 0, -1):
                start, end = words[place][0], words[place + count - 1][1]
                entity = self._texts.get(text[start:end].casefold())
                if entity is not None:
                    found.append(Marked(start, end, entity))
                    place += count
                    break
            else:
                place += 1
        return found
