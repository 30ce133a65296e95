"""Lines that stand in an evaluation set, or nearly do, must not be learned."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from chatbot.learning.pretraining.corpus import Line
from chatbot.learning.pretraining.errors import PretrainingError

NEAR = 0.8
"""Share of the words of two texts that are in both (Jaccard), from which they are nearly the
same."""

LONG = 5
"""Words from which a text can be nearly another; a shorter one must be equal."""

SHORT = 2
"""Words up to which a text is nobody's: "thank you" stands everywhere."""


def without(lines: dict[str, Line], evaluations: Sequence[Path]) -> dict[str, Line]:
    """Return the lines that no evaluation file has, but for case and punctuation, or nearly has.

    A file is JSON: lists of [text, intent], or objects that hold such lists. Raises
    PretrainingError naming a file that cannot be read.
    """
    seen: set[str] = set()
    index: dict[str, list[frozenset[str]]] = defaultdict(list)
    for path in evaluations:
        for text in _texts(_read(path)):
            key = _key(text)
            words = frozenset(key.split())
            if key and key not in seen:
                seen.add(key)
                for word in _longest(words) if len(words) >= LONG else ():
                    index[word].append(words)

    def is_held_back(text: str) -> bool:
        key = _key(text)
        words = frozenset(key.split())
        if key in seen and len(words) > SHORT:
            return True
        return len(words) >= LONG and any(
            len(words & other) >= NEAR * len(words | other)
            for word in _longest(words)
            for other in index.get(word, ())
        )

    return {text: line for text, line in lines.items() if not is_held_back(text)}


def _key(text: str) -> str:
    return " ".join(re.findall(r"[\w']+", text.lower()))


def _longest(words: Iterable[str]) -> list[str]:
    """Return the three words that are last in the alphabet: as good as any to look texts up by."""
    return sorted(words)[-3:]


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise PretrainingError(f"{path}: cannot be read as JSON ({error})") from error


def _texts(values: Any) -> Iterator[str]:
    """Yield the texts of an evaluation file."""
    if isinstance(values, dict):
        values = list(values.values())
    if isinstance(values, list):
        if len(values) == 2 and all(isinstance(value, str) for value in values):
            yield values[0]
        else:
            for value in values:
                yield from _texts(value)
