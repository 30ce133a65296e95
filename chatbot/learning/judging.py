"""What a model remembers, and how sure its answers are: from patterns asked before learned."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from chatbot.learning.background import background_states, states_of_words
from chatbot.learning.data import Indices
from chatbot.learning.head import fitted
from chatbot.learning.own_sureness import adapted
from chatbot.model import OF_BOTS, Judge, Sureness, pretrained
from chatbot.network import Floats, Memory, Weights, embeddings, unit_length

COMPARED = 2_000
"""Patterns, at most, that are compared with each other and that the scope layer of a large file is
fitted to; and out-of-scope examples."""


MOST_INTENTS, MOST_PATTERNS = 40, 10
"""Intents, and patterns per intent, up to which these numbers count. A larger bot counts as one of
these: practice bots have 16 at most, and what was learned on them must not be carried on without
end. (CLINC150 with 10 patterns for each of 150 intents: as 12 intents it answered 60 % rightly and
refused 98 % of what was out of scope, as 40 84 and 87 %, as 60 87 and 81 %.)"""

FEWEST_INTENTS = 3
"""Intents from which on one may be left out: with a single one left every answer is certain."""


class Asked(NamedTuple):
    """Patterns that were asked without having been learned."""

    labels: Indices
    """(asked,)"""
    logits: Floats
    """(asked, intents)"""
    numbers: NDArray[np.float64]
    """(asked, OF_ANSWERS) what describes each answer"""
    out_of_scope: NDArray[np.float64]
    """(others, OF_ANSWERS) what describes answers to messages out of scope: the same patterns asked
    as if there were no such intent"""

    @property
    def is_right(self) -> NDArray[np.bool_]:
        """Whether the first intent is the right one, (asked,)."""
        right: NDArray[np.bool_] = self.logits.argmax(axis=1) == self.labels
        return right

    @classmethod
    def together(cls, several: Sequence[Asked]) -> Asked:
        """Return several as one."""
        return cls(*map(np.concatenate, zip(*several, strict=True)))


def views_of(weights: Weights, embedded: Floats) -> Floats:
    """Return the last parts of embeddings (messages, embedding), at length 1."""
    return unit_length(embedded[:, -weights.parts[-1] :])


class Others(NamedTuple):
    """Messages that are of no intent."""

    background: Floats
    """(messages, view) of what people write to other bots, of length 1"""
    out_of_scope: Floats
    """(examples, embedding) of the out-of-scope examples in the intents file"""

    @classmethod
    def by(cls, weights: Weights, out_of_scope: Iterable[Sequence[str]]) -> Others:
        """Return them by a network; `out_of_scope` holds the words of every example."""
        background = embeddings(weights, background_states(weights))
        examples = embeddings(weights, states_of_words(weights, out_of_scope))
        return cls(views_of(weights, background), examples)

    def scope_layer(self, weights: Weights, embedded: Floats, patterns: int) -> Floats:
        """Return the layer that tells patterns from the examples (`Memory.scope_layer`).

        `embedded` (sample, embedding) stand for so many `patterns`. Examples that are like no
        pattern cost nothing, and one that is nearly a pattern counts for little.
        """
        count, size = len(self.out_of_scope), embedded.shape[1]
        if not count:
            return np.zeros((0, size + 1), np.float32)
        examples = self.out_of_scope[compared(count)]
        rows = np.concatenate([examples, embedded])
        labels = (np.arange(len(rows)) >= len(examples)).astype(np.int64)
        stands_for = np.where(labels == 1, patterns / len(embedded), count / len(examples))
        counts = stands_for.astype(np.float32)
        head = fitted(rows, labels, 2, len(weights.parts), counts)
        lead = np.append(head.weight[1] - head.weight[0], head.bias[1] - head.bias[0])
        return lead[None].astype(np.float32)


def directions_of(rows: Floats, labels: Indices, intents: int) -> Floats:
    """Return the direction of each intent's rows, (intents, size), of length 1.

    `rows` is (patterns, size), `labels` (patterns,) holds indices of intents.
    """
    sums = np.zeros((intents, rows.shape[1]), np.float32)
    np.add.at(sums, labels, rows)
    return unit_length(sums)


def memory_of(
    weights: Weights, embedded: Floats, labels: Indices, intents: int, others: Others
) -> Memory:
    """Return the memory of patterns: embeddings (patterns, embedding), intents (patterns,)."""
    prototypes = directions_of(views_of(weights, embedded), labels, intents)
    return memory_with(weights, prototypes, embedded, len(embedded), others)


def memory_with(
    weights: Weights, prototypes: Floats, sample: Floats, patterns: int, others: Others
) -> Memory:
    """Return a memory with prototypes (intents, view), from a sample of so many patterns.

    `sample` (sample, embedding) are the embeddings of some of them, or of all.
    """
    examples = views_of(weights, others.out_of_scope)
    return Memory(
        prototypes.astype(np.float16),
        others.background.astype(np.float16),
        examples.astype(np.float16),
        others.scope_layer(weights, sample, patterns),
    )


def sureness_of(views: Floats, labels: Indices, asked: Asked | None) -> Sureness:
    """Return how sure the answers of a bot are, from what practice bots taught.

    `views` (patterns, view) and `labels` (patterns,) are of what it has learned; `asked` is None
    where none could be asked. Raises ModelError when the base is damaged.
    """
    some = compared(len(labels))
    return sureness_of_some(views[some], labels[some], len(labels), asked)


def sureness_of_some(
    views: Floats, labels: Indices, patterns: int, asked: Asked | None
) -> Sureness:
    """Return the same from the views and labels of the `compared` ones of so many patterns."""
    numbers = _numbers(views, labels, patterns, asked)
    learned = pretrained.load().card.sureness.of(numbers)
    if asked is None:
        return learned
    return adapted(learned, asked.numbers, asked.is_right, asked.out_of_scope)


def compared(patterns: int) -> Indices:
    """Return the indices of the patterns of which views and labels are needed, of many a part."""
    return np.linspace(0, patterns - 1, min(patterns, COMPARED)).astype(int)


def bot_numbers(views: Floats, labels: Indices, asked: Asked | None) -> NDArray[np.float64]:
    """Return the numbers (OF_BOTS,) that describe a bot, as `sureness_of` takes them."""
    some = compared(len(labels))
    return _numbers(views[some], labels[some], len(labels), asked)


def _numbers(
    views: Floats, labels: Indices, patterns: int, asked: Asked | None
) -> NDArray[np.float64]:
    cosines = views @ views.T
    np.fill_diagonal(cosines, -1)
    same = labels[:, None] == labels[None]
    intents = len(np.unique(labels))
    right, log_odds = np.zeros(0, dtype=bool), np.zeros(1)
    if asked is not None and len(asked.labels):
        right, log_odds = asked.is_right, asked.numbers[:, 0]
    numbers = (
        np.log(min(intents, MOST_INTENTS)),
        np.log(min(patterns / intents, MOST_PATTERNS)),
        np.median(np.where(same, cosines, -1).max(axis=1)),
        np.median(np.where(same, -1, cosines).max(axis=1)),
        (right.sum() + 1) / (len(right) + 2),
        np.median(log_odds),
    )
    assert len(numbers) == len(OF_BOTS)
    return np.array(numbers, dtype=np.float64)


def judged(
    weights: Weights, memory: Memory, embedded: Floats, logits: Floats, labels: Indices
) -> Asked:
    """Return answers to patterns with their numbers, by a network that remembers others."""
    judge = Judge(weights, memory)
    numbers = judge.numbers(embedded, logits)
    if logits.shape[1] < FEWEST_INTENTS:
        return Asked(labels, logits, numbers, numbers[:0])
    return Asked(labels, logits, numbers, judge.numbers_without_intents(embedded, logits, labels))
