"""Training data: patterns as arrays of word numbers, which of them are twins, noisy batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b

import numpy as np
import torch
from numpy.typing import NDArray

from chatbot.common import _
from chatbot.intents import Intents
from chatbot.learning.network import Batch
from chatbot.network import UNKNOWN_ROW, Hashes, find_rows, is_unknown
from chatbot.words import bare, features, is_punctuation, spoken, words

Indices = NDArray[np.int64]

_UNKNOWN_WORD = np.array([UNKNOWN_ROW])
"""Rows of the unknown word: only that of the unknown feature."""


@dataclass(frozen=True, slots=True)
class Noise:
    """What a training batch leaves out of its messages, so that the network cannot rely on it."""

    word_dropout: float = 0.2
    """Share of words that become the unknown word: unseen words must not decide the answer."""
    feature_dropout: float = 0.3
    """Share of a word's features that become the unknown feature, as a typo makes them."""
    bare_end: float = 0.3
    """Share of the messages ending in a punctuation mark that lose it: not everybody types it."""
    cut_off: float = 0.35
    """Share of messages cut off at a random word, so that the answer so far is calibrated.

    Calibration error after half the words .17 without and .06 with it (a GRU on CLINC150)."""


NO_NOISE = Noise(0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Messages:
    """Messages as arrays of word numbers."""

    words: Indices
    """(messages, longest) index of each word in the vocabulary, padded with 0 = unknown"""
    lengths: Indices
    """(messages,) words in each message, at least 1"""
    marked: NDArray[np.bool_]
    """(messages,) whether the last of several words is a punctuation mark"""
    vocabulary: tuple[str, ...]
    """Distinct words; [0] stands for the unknown word."""

    def __len__(self) -> int:
        return len(self.lengths)

    def words_of(self, message: int) -> tuple[str, ...]:
        """Return the words of one message, by its index."""
        numbers = self.words[message, : self.lengths[message]]
        return tuple(self.vocabulary[number] for number in numbers.tolist())

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        """Yield the words of every message."""
        return (self.words_of(message) for message in range(len(self)))

    def distinct_words(self, chosen: Indices) -> list[str]:
        """Return the distinct words of the chosen messages; "" may be among them."""
        return [self.vocabulary[number] for number in np.unique(self.words[chosen])]

    def only(self, chosen: Indices) -> Messages:
        """Return the chosen messages, with the same vocabulary."""
        return Messages(
            self.words[chosen], self.lengths[chosen], self.marked[chosen], self.vocabulary
        )


@dataclass(frozen=True)
class Patterns:
    """The distinct patterns of an intents file, as the network takes them."""

    tags: tuple[str, ...]
    """The intents that have patterns, in the order of the file."""
    labels: Indices
    """(patterns,) index into `tags`"""
    messages: Messages
    texts: tuple[str, ...]
    """(patterns,) as written in the file"""
    out_of_scope: tuple[tuple[str, ...], ...] = ()
    """The words of every out-of-scope example."""

    def __len__(self) -> int:
        return len(self.labels)

    @cached_property
    def twins(self) -> Indices:
        """The same number for twins, (patterns,); see `twins_of`."""
        return twins_of(self.messages)


def twins_of(messages: Iterable[Sequence[str]]) -> Indices:
    """Return a number (messages,) for the words of each message: twins have the same.

    Twins differ in punctuation and diacritics only, so the bot looks one up by the other. The
    number is a hash, the same everywhere and always. 3 µs for a message.
    """
    found = (
        blake2b(" ".join(map(bare, spoken(read) or read)).encode(), digest_size=8).digest()
        for read in messages
    )
    return np.frombuffer(b"".join(found), "<i8").astype(np.int64)


def encode(messages: Iterable[Sequence[str]]) -> Messages:
    """Number the words of messages, each of at least one word."""
    vocabulary: dict[str, int] = {"": 0}
    rows: list[list[int]] = []
    marked: list[bool] = []
    for message in messages:
        marked.append(len(message) > 1 and is_punctuation(message[-1]))
        rows.append([vocabulary.setdefault(word, len(vocabulary)) for word in message])
    lengths = np.array([len(row) for row in rows], dtype=np.int64)
    padded = np.zeros((len(rows), lengths.max(initial=1)), dtype=np.int32)
    for i, row in enumerate(rows):
        padded[i, : len(row)] = row
    return Messages(padded, lengths, np.array(marked, dtype=bool), tuple(vocabulary))


def patterns_of(intents: Intents) -> Patterns:
    """Split every pattern into words; drop duplicates within an intent, and patterns without words.

    A duplicate would count twice.
    """
    tags: list[str] = []
    labels: list[int] = []
    messages: list[tuple[str, ...]] = []
    texts: list[str] = []
    for intent in intents.trainable:
        distinct: dict[tuple[str, ...], str] = {}
        for pattern in intent.patterns:
            distinct.setdefault(tuple(words(pattern)), pattern)
        distinct.pop((), None)
        if distinct:
            labels += [len(tags)] * len(distinct)
            messages += distinct
            texts += distinct.values()
            tags.append(intent.tag)
    out_of_scope = dict.fromkeys(tuple(words(text)) for text in intents.out_of_scope)
    out_of_scope.pop((), None)
    return Patterns(
        tuple(tags),
        np.array(labels, dtype=np.int64),
        encode(messages),
        tuple(texts),
        tuple(out_of_scope),
    )


def why_not_learnable(patterns: Patterns) -> str | None:
    """Return why a classifier cannot learn from these patterns, and what to do; None if it can."""
    if len(patterns.tags) >= 2:
        return None
    if patterns.tags:
        return _(
            "A classifier needs at least two intents with patterns to choose between, and "
            "there is one. Add patterns to another intent"
        )
    return _(
        "A classifier needs at least two intents with patterns to choose between, and "
        "there are none. Add patterns to another intent"
    )


class FeatureTable:
    """Feature rows of the words of a vocabulary; features outside `hashes` are the unknown row."""

    def __init__(self, vocabulary: Sequence[str], hashes: Hashes) -> None:
        self.hashes = hashes
        """(features,) hashes of features, rising; feature i has row i + 1"""
        rows_of_word = [self._rows_of(word) for word in vocabulary]
        self._counts = np.array([len(rows) for rows in rows_of_word], dtype=np.int64)
        self._starts = np.concatenate(([0], np.cumsum(self._counts)[:-1]))
        self._rows = np.concatenate(rows_of_word).astype(np.int64)

    def _rows_of(self, word: str) -> NDArray[np.intp]:
        rows = find_rows(self.hashes, np.array(features(word) if word else (), dtype=np.uint32))
        return _UNKNOWN_WORD if is_unknown(rows != UNKNOWN_ROW) or not word else rows

    @property
    def size(self) -> int:
        """Rows of the embedding: one per feature, and the unknown feature's."""
        return len(self.hashes) + 1

    def batch(
        self, messages: Messages, chosen: Indices, noise: Noise, rng: np.random.Generator
    ) -> Batch:
        """Return the chosen messages as a batch, with fresh noise."""
        lengths = messages.lengths[chosen]
        message = messages.words[chosen, : lengths.max()]
        message = np.where(rng.random(message.shape) < noise.word_dropout, 0, message)
        distinct, index = np.unique(message, return_inverse=True)
        counts = self._counts[distinct]
        offsets = np.cumsum(counts) - counts
        # Row numbers of all features of all distinct words: each word's start, then 0, 1, 2, …
        within = np.arange(counts.sum()) - np.repeat(offsets, counts)
        rows = self._rows[np.repeat(self._starts[distinct], counts) + within]
        rows = np.where(rng.random(rows.shape) < noise.feature_dropout, UNKNOWN_ROW, rows)
        bare = messages.marked[chosen] & (rng.random(lengths.shape) < noise.bare_end)
        lengths = lengths - bare
        cut = rng.random(lengths.shape) < noise.cut_off
        lengths = np.where(cut, rng.integers(1, lengths + 1), lengths)
        return Batch(
            torch.from_numpy(rows),
            torch.from_numpy(offsets),
            torch.from_numpy(index.reshape(message.shape)),
            torch.from_numpy(lengths),
        )


def hashes_of(vocabulary: Iterable[str]) -> Hashes:
    """Return the sorted hashes of all features of some words; "" has none."""
    return np.array(sorted({h for word in vocabulary if word for h in features(word)}), np.uint32)


def shuffled(chosen: Indices, size: int, rng: np.random.Generator) -> Iterator[Indices]:
    """Yield the chosen indices once each, in random batches of at most `size`."""
    order = rng.permutation(chosen)
    for start in range(0, len(order), size):
        yield order[start : start + size]
