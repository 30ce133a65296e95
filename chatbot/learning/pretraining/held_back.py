"""Lines that stand in an evaluation set, or nearly do, must not be learned."""

from __future__ import annotations

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
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
    keys = {_key(text) for path in evaluations for text in _texts(_read(path))}
    sets = [words for words in (frozenset(key.split()) for key in keys) if len(words) >= LONG]
    counts = Counter(word for words in sets for word in words)
    index: dict[str, list[frozenset[str]]] = defaultdict(list)
    for words in sets:
        for word in _rarest(words, counts):
            index[word].append(words)

    def is_held_back(text: str) -> bool:
        key = _key(text)
        words = frozenset(key.split())
        if key in keys and len(words) > SHORT:
            return True
        return len(words) >= LONG and any(
            len(words & other) >= NEAR * len(words | other)
            for word in _rarest(words, counts)
            for other in index.get(word, ())
        )

    return {text: line for text, line in lines.items() if not is_held_back(text)}


def _key(text: str) -> str:
    return " ".join(re.findall(r"[\w']+", text.lower()))


def _rarest(words: frozenset[str], counts: Mapping[str, int]) -> list[str]:
    """Return so many of the rarest words of a text that another, nearly the same, has one of them.

    It must: nearly the same texts share at least NEAR of the words of either (the prefix filter of
    Chaudhuri et al. 2006 and Bayardo et al. 2007).
    """
    order = sorted(words, key=lambda word: (counts.get(word, 0), word))
    return order[: len(order) - math.ceil(NEAR * len(order)) + 1]


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
