"""Labels that look wrong: patterns that are more like the patterns of another intent.

The model that answers has learned a wrong label like any other, and repeats it. So the pretrained
base, which has seen no label, is asked: is a pattern nearer to the mean of
another intent than to that of the others of its own (leave-one-out nearest class mean)?
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from chatbot.intents import Intents
from chatbot.model import pretrained
from chatbot.network import Floats, ModelError, Recurrent, embeddings, unit_length
from chatbot.words import spoken, words

if TYPE_CHECKING:
    from chatbot.conversation import Reader

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

CACHED = 8_192
"""Patterns whose embedding is kept, 1.5 kB each: the editor asks again at every pause."""

Words = tuple[str, ...]


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


class _Pattern(NamedTuple):
    tag: str
    text: str
    words: Words


def suspicions(intents: Intents, reader: Reader | None = None) -> list[Suspicion]:
    """Return the patterns whose label looks wrong, the most suspicious first.

    The base needs no model. Where it does not know the words, as in a language that it has not
    learned, the network of `reader` is asked, if there is one. The mean of all embeddings is
    subtracted from each: what all patterns have in common distinguishes none of them.
    """
    patterns = _distinct(intents)
    embedded = _embeddings([pattern.words for pattern in patterns], reader)
    if embedded is None:
        return []
    tags = list(dict.fromkeys(pattern.tag for pattern in patterns))
    labels = np.array([tags.index(pattern.tag) for pattern in patterns])
    own, others = _cosines(embedded, labels, [_key(pattern.words) for pattern in patterns])
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


def _distinct(intents: Intents) -> list[_Pattern]:
    """Return the patterns that hold a word, of twins in an intent the first."""
    distinct: dict[tuple[str, Words], _Pattern] = {}
    for intent in intents.trainable:
        for text in intent.patterns:
            if read := tuple(words(text)):
                pattern = _Pattern(intent.tag, intent.line_of(text), read)
                distinct.setdefault((intent.tag, _key(read)), pattern)
    return list(distinct.values())


def _key(read: Words) -> Words:
    """Return what twins have in common: they differ only in punctuation."""
    return spoken(read) or read


def _embeddings(read: Sequence[Words], reader: Reader | None) -> Floats | None:
    """Return the embeddings (patterns, embedding) of the base or the model, None if of neither."""
    if not read:
        return None
    own = reader is not None and not reader.weights.has_base
    try:
        if not own and _known_share(read) >= pretrained.FAMILIAR_WORDS:
            return _embedded_by_base(read)
    except ModelError:
        pass  # training reports that the base is damaged
    if reader is None:
        return None
    return embeddings(reader.weights, reader.recurrent.final_states(read))


def _known_share(read: Sequence[Words]) -> float:
    """Return the share of the words whose features the base mostly knows."""
    return float(np.mean([_reader().known(word) > 0.5 for each in read for word in each]))


@lru_cache(maxsize=1)
def _reader() -> Recurrent:
    return Recurrent(pretrained.load().weights)


_kept: dict[Words, Floats] = {}
"""Embeddings of the patterns that were asked for last. Replaced as a whole: threads share it."""


def _embedded_by_base(read: Sequence[Words]) -> Floats:
    """Return the base's embeddings (patterns, embedding); new ones are read side by side."""
    global _kept
    kept, reader = _kept, _reader()
    new = [each for each in dict.fromkeys(read) if each not in kept]
    found = dict(kept)
    if new:
        found.update(zip(new, embeddings(reader.weights, reader.final_states(new)), strict=True))
    _kept = {each: found[each] for each in read[:CACHED]}
    return np.stack([found[each] for each in read])


def _cosines(
    embedded: Floats, labels: NDArray[np.int64], keys: Sequence[Words]
) -> tuple[Floats, Floats]:
    """Return the cosine of each pattern to its own intent's mean without it, and to the others'.

    Shapes (patterns,) and (patterns, intents). Patterns of one key are twins, which say nothing of
    each other. Where too few patterns are left nothing can be said: 1 to the own intent, −1 to
    another.
    """
    unit = unit_length(embedded - embedded.mean(axis=0))
    counts = np.bincount(labels)
    sums = np.zeros((len(counts), unit.shape[1]), np.float32)
    np.add.at(sums, labels, unit)
    cosines: Floats = unit @ unit_length(sums).T
    cosines[:, counts < LEAST - 1] = -1
    twins: dict[Words, list[int]] = {}
    for row, key in enumerate(keys):
        twins.setdefault(key, []).append(row)
    for group in twins.values():
        for row in group:
            for twin in group:  # including itself
                label = labels[twin]
                without = unit_length(sums[label] - unit[twin])
                cosines[row, label] = unit[row] @ without if counts[label] >= LEAST else -1
    rows = np.arange(len(labels))
    own = np.where(counts[labels] >= LEAST, cosines[rows, labels], 1)
    cosines[rows, labels] = -1
    return own, cosines
