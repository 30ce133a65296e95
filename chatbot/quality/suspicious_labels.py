"""Labels that look wrong: patterns that are more like the patterns of another intent.

The model that answers has learned a wrong label like any other, and repeats it. So the pretrained
base, which has seen no label, is asked: is a pattern nearer to the mean of
another intent than to that of the others of its own (leave-one-out nearest class mean)?
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from chatbot.intents import Intents
from chatbot.network import SHORTEST, Floats, unit_length
from chatbot.quality.embedded_patterns import EmbeddedPatterns, Words, patterns_of
from chatbot.words import spoken

if TYPE_CHECKING:
    pass

MARGIN = 0.4
"""Cosine by which the other intent must be nearer. Measured with 5 % of the patterns moved to other
intents (benchmarks/suspicious_labels.py): .78 of those reported had been moved in the default
file, .95 in CLINC150 with 10 patterns per intent, .85 with 5; .56, .88 and .87 of those moved are
found."""

LEAST = 3
"""Patterns that an intent needs for one of them to be judged by the others."""

MOST = 0.2
"""Share of suspicious patterns from which the intents are not about what the embeddings tell, and
nothing is said: with 5 % of the labels wrong, 3 % are suspicious."""

AT_ONCE = 2_048
"""Patterns whose distance from the mean is worked out at a time: 8 MB."""


class Suspicion(NamedTuple):
    """A pattern that seems to be in the wrong intent."""

    pattern: str
    intent: str
    other: str
    """The intent that it seems to belong to."""
    cosine: float
    """To the mean of that one."""
    own_cosine: float
    """To the mean of the other patterns of its own."""


def suspicions(intents: Intents) -> list[Suspicion]:
    """Return the patterns whose label looks wrong, the most suspicious first."""
    return suspicions_among(EmbeddedPatterns(patterns_of(intents)))


def suspicions_among(given: EmbeddedPatterns) -> list[Suspicion]:
    """Return those of some patterns whose label looks wrong, the most suspicious first.

    The base needs no model. Where it does not know the words, as in a language that it has not
    learned, the network of the model is asked, if there is one. The mean of all embeddings is
    subtracted from each: what all patterns have in common distinguishes none of them.
    """
    keys = [_key(pattern.words) for pattern in given.patterns]
    distinct: dict[tuple[str, Words], int] = {}  # of twins in an intent the first
    for row, (pattern, key) in enumerate(zip(given.patterns, keys, strict=True)):
        distinct.setdefault((pattern.tag, key), row)
    rows = list(distinct.values())
    embedded = given.by_base_or_model(rows)
    if embedded is None:
        return []
    patterns = [given.patterns[row] for row in rows]
    numbers: dict[str, int] = {}
    labels = np.array([numbers.setdefault(p.tag, len(numbers)) for p in patterns])
    tags = list(numbers)
    own, others = _cosines(embedded, labels, [keys[row] for row in rows])
    margins = others.max(axis=1) - own
    found = np.flatnonzero(margins >= MARGIN)
    if len(found) > MOST * len(patterns):
        return []
    return [
        Suspicion(
            patterns[i].text,
            patterns[i].tag,
            tags[others[i].argmax()],
            float(others[i].max()),
            float(own[i]),
        )
        for i in found[np.argsort(-margins[found], kind="stable")].tolist()
    ]


def _key(read: Words) -> Words:
    """Return what twins have in common: they differ only in punctuation."""
    return spoken(read) or read


def _cosines(
    embedded: Floats, labels: NDArray[np.int64], keys: Sequence[Words]
) -> tuple[Floats, Floats]:
    """Return the cosine of each pattern to its own intent's mean without it, and to the others'.

    Shapes (patterns,) and (patterns, intents). Patterns of one key are twins, which say nothing of
    each other. Where too few patterns are left nothing can be said: 1 to the own intent, −1 to
    another.
    """
    mean = embedded.mean(axis=0)
    lengths = _lengths_from(embedded, mean)

    def units(rows: NDArray[np.int64]) -> Floats:
        """Return patterns less the mean, at length 1; of all it would be a second copy."""
        found: Floats = (embedded[rows] - mean) / lengths[rows, None]
        return found

    counts = np.bincount(labels)
    sums = np.zeros((len(counts), embedded.shape[1]), np.float32)
    order = labels.argsort(kind="stable")
    ends = counts.cumsum()
    for label, (start, end) in enumerate(zip(ends - counts, ends, strict=True)):
        sums[label] = units(order[start:end]).sum(axis=0)
    means = unit_length(sums)
    cosines: Floats = embedded @ means.T
    cosines -= means @ mean
    cosines /= lengths[:, None]
    rows = np.arange(len(labels))
    without = _without_itself(cosines[rows, labels], np.square(sums).sum(axis=1)[labels])
    without[lengths == SHORTEST] = 0  # the mean itself has no direction
    cosines[:, counts < LEAST - 1] = -1
    twins: dict[Words, list[int]] = {}
    for row, key in enumerate(keys):
        twins.setdefault(key, []).append(row)
    cosines[rows, labels] = np.where(counts[labels] >= LEAST, without, -1)
    pairs = np.array(
        [(a, b) for group in twins.values() for a in group for b in group if a != b],
        dtype=np.int64,
    ).reshape(-1, 2)
    for start in range(0, len(pairs), AT_ONCE):
        row, twin = pairs[start : start + AT_ONCE].T
        label = labels[twin]
        others = unit_length(sums[label] - units(twin))
        found = np.einsum("pe,pe->p", units(row), others)
        cosines[row, label] = np.where(counts[label] >= LEAST, found, -1)
    own = np.where(counts[labels] >= LEAST, cosines[rows, labels], 1)
    cosines[rows, labels] = -1
    return own, cosines


def _lengths_from(embedded: Floats, mean: Floats) -> Floats:
    """Return the distance of each pattern from the mean, as a divisor."""
    found = np.empty(len(embedded), np.float32)
    for start in range(0, len(embedded), AT_ONCE):
        squares = np.square(embedded[start : start + AT_ONCE] - mean).sum(axis=1)
        found[start : start + AT_ONCE] = np.sqrt(squares)
    return np.maximum(found, SHORTEST)


def _without_itself(cosine: Floats, squared: Floats) -> Floats:
    """Return the cosines of units u to the sums s of their intents without them.

    `cosine` is that to the whole sum, `squared` is |s|²: (s − u) · u = s · u − 1, and
    |s − u|² = |s|² − 2 s · u + 1.
    """
    product = cosine * np.sqrt(squared)
    found: Floats = (product - 1) / np.sqrt(np.maximum(squared - 2 * product + 1, SHORTEST))
    return found
