"""What a tag says of its intent: where tags are speaking, each is worth half a pattern.

With five patterns for an intent `opening_hours`, the two words of the tag are one more way to ask,
and one that its author took care with. A tag such as `faq_12` says nothing, and a file of such tags
is told by this: its tags are not nearer to the patterns of their own intents than to others.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from chatbot.learning.data import Indices
from chatbot.learning.judging import directions_of
from chatbot.network import Floats
from chatbot.words import words

WEIGHT = 0.5
"""What a tag counts beside a pattern. CLINC150, validation, 5 patterns an intent: 0 87.0 % right,
.2 88.5, .5 89.0, 1 88.9, 2 89.1; 10 patterns: 91.2 and 91.7; other languages' small bots 67.7 and
69.8, public ones 79.5 and 80.3. Beyond .5 English small bots get worse (73.0, at 1 72.0)."""

SPEAKING = 0.3
"""Share of the tags that must be nearest to their own intent. In the files above at least .38
are. Of made-up tags in their place, or other intents' tags, less than .26 were, but in a file of
two intents, where chance alone is .5."""

COMMON = 0.3
"""Share of the tags from which on a word of theirs says nothing, as "ask" in `ask_price`."""

_SEAM = re.compile(r"(?<=[a-z])(?=[A-Z])|[\W\d_]+")


class TagNames(NamedTuple):
    """The tags that count."""

    embedded: Floats
    """(names, embedding), of length 1"""
    labels: Indices
    """(names,) the intent of each"""

    def beside(
        self, embedded: Floats, labels: Indices
    ) -> tuple[Floats, Indices, NDArray[np.float32]]:
        """Return patterns and tags as examples, and what each counts.

        `embedded` (patterns, embedding) and `labels` (patterns,) are of the patterns.
        """
        weights = np.ones(len(labels) + len(self.labels), np.float32)
        weights[len(labels) :] = WEIGHT
        return (
            np.concatenate([embedded, self.embedded]),
            np.concatenate([labels, self.labels]),
            weights,
        )


def spoken(tags: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the words of every tag, without those that many tags have; often none.

    A tag is divided at everything that is no letter, and before a capital: `bookTable`,
    `ask/book-table_2` and "book table" are the same two words.
    """
    parts = [[part for part in _SEAM.split(tag) if part] for tag in tags]
    frequency = Counter(part for tag in parts for part in set(tag))
    most = max(2, COMMON * len(tags))
    telling = (" ".join(part for part in tag if frequency[part] <= most) for tag in parts)
    return [tuple(words(tag)) for tag in telling]


def tag_names(
    tags: Sequence[str],
    embed: Callable[[tuple[tuple[str, ...], ...]], Floats],
    embedded: Floats,
    labels: Indices,
) -> TagNames:
    """Return the tags that count, none where they do not tell the intents apart.

    `embed` returns the embeddings of messages that are split into words. `embedded` (patterns,
    embedding) and `labels` (patterns,) are of the patterns.
    """
    read = spoken(tags)
    own = np.array([label for label, tag in enumerate(read) if tag], dtype=np.int64)
    if not len(own):
        return TagNames(embedded[:0], own)
    names = embed(tuple(read[label] for label in own.tolist()))
    nearest = (names @ directions_of(embedded, labels, len(tags)).T).argmax(axis=1)
    if (nearest == own).mean() >= SPEAKING:
        return TagNames(names, own)
    return TagNames(embedded[:0], own[:0])
