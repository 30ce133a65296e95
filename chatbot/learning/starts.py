"""Where a training starts: from the pretrained base, or from nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import torch
from torch import Tensor, nn

from chatbot.learning.data import NO_NOISE, FeatureTable, Indices, Noise, Patterns, hashes_of
from chatbot.learning.network import Network
from chatbot.model import Base
from chatbot.network import PARAMETERS, UNKNOWN_ROW, CellKind, FeatureRows, Hashes, find_rows
from chatbot.words import features

LOGIT_SCALE = 12.0
"""Length of an intent's row in the feed-forward layer at the start: the logits of unit embeddings
then lie within ±12, soft enough to learn from and hard enough to be sure. Measured: 12 and 16 are
the same in accuracy, and out-of-scope messages stand out better at 12."""

NEW_ROWS = 0.3
"""Standard deviation of the rows of features that the base lacks, in those of the base's rows."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How fast and how long to learn."""

    cell_rate: float
    """Learning rate of the recurrent cell and the layer norm (AdamW, constant; the averaged
    weights do what a falling rate would)."""
    feature_rate: float
    head_rate: float
    """Of the feed-forward layer."""
    steps: int
    """Gradient steps of a small file; a large one takes `epochs`."""
    epochs: int
    noise: Noise
    state_dropout: float = 0.0
    """Share of the units of the last state that a message does without (Srivastava et al. 2014)."""


class Start(Protocol):
    """What a training begins with."""

    recipe: Recipe
    cell: CellKind
    word_size: int
    hidden_size: int
    embedding_size: int
    rows: FeatureRows
    """Features of the base; none where there is no base."""
    checksum: str | None
    """Of the base."""

    def hashes(self, patterns: Patterns, learned: Indices) -> Hashes:
        """Return the features that the words of the patterns may have, sorted.

        Held-out words must meet exactly what unseen words meet.
        """

    def network(self, table: FeatureTable, patterns: Patterns, learned: Indices) -> Network:
        """Return the network before its first gradient step."""


class FromNothing:
    """Random weights: for cells that have no base, and languages that the base has not met."""

    recipe = Recipe(
        cell_rate=4e-3, feature_rate=4e-3, head_rate=4e-2, steps=900, epochs=14, noise=Noise()
    )

    def __init__(self, cell: CellKind, hidden_size: int, word_size: int = 96) -> None:
        self.cell, self.hidden_size, self.word_size = cell, hidden_size, word_size
        self.embedding_size = hidden_size
        self.rows = FeatureRows.none(word_size)
        self.checksum: str | None = None

    def hashes(self, patterns: Patterns, learned: Indices) -> Hashes:
        """Return the features of the learned words."""
        return hashes_of(_words_of(patterns, learned))

    def network(self, table: FeatureTable, patterns: Patterns, learned: Indices) -> Network:
        """Return a network of random weights."""
        network = Network(
            table.size,
            self.word_size,
            self.hidden_size,
            self.embedding_size,
            len(patterns.tags),
            self.cell,
        )
        rows = torch.randn(len(patterns.tags), self.embedding_size)
        _set_feed_forward(network, nn.functional.normalize(rows, dim=1))
        return network


class FromBase:
    """The base's weights, and a feed-forward layer made of the intents' mean embeddings.

    That is nearest-class-mean classification (Snell et al. 2017, "Prototypical networks") before
    the first gradient step, so even two examples an intent give a usable start.
    """

    recipe = Recipe(
        cell_rate=5e-4,
        feature_rate=5e-4,
        head_rate=1e-2,
        steps=240,
        epochs=6,
        noise=Noise(word_dropout=0.25, feature_dropout=0.25, bare_end=0.3, cut_off=0.1),
        state_dropout=0.3,
    )

    def __init__(self, base: Base) -> None:
        self.base = base
        self.cell = base.card.cell
        self.word_size, self.hidden_size = base.card.word_size, base.card.hidden_size
        self.embedding_size = base.card.embedding_size
        self.rows = base.weights.own
        self.checksum: str | None = base.card.weights_sha256

    def known_words(self, patterns: Patterns, chosen: Indices | None = None) -> float:
        """Return the share of the words of (the chosen) patterns whose features it mostly knows."""
        messages = patterns.messages
        known = [
            bool(word) and np.mean(self.rows.find(features(word)) != UNKNOWN_ROW) > 0.5
            for word in messages.vocabulary
        ]
        numbers = messages.words if chosen is None else messages.words[chosen]
        spoken = numbers[numbers > 0]
        return float(np.array(known)[spoken].mean())

    def hashes(self, patterns: Patterns, learned: Indices) -> Hashes:
        """Return the features of the learned words, and those of the others that the base has."""
        return hashes_to_learn(self.rows, patterns, learned)

    def network(self, table: FeatureTable, patterns: Patterns, learned: Indices) -> Network:
        """Return the base with rows for new features and with a feed-forward layer."""
        weights = self.base.weights
        network = Network(
            table.size,
            self.word_size,
            self.hidden_size,
            self.embedding_size,
            len(patterns.tags),
            self.cell,
        )
        state = {
            name: torch.from_numpy(np.array(getattr(weights, field)))
            for name, field in PARAMETERS.items()
            if not name.startswith("feed_forward")
        }
        rows = grown(self.rows, table.hashes)
        network.load_state_dict({**state, "words.weight": rows}, strict=False)
        with torch.no_grad():
            _set_feed_forward(network, class_means(network, table, patterns, learned))
        return network


def hashes_to_learn(base: FeatureRows, patterns: Patterns, learned: Indices) -> Hashes:
    """Return the features of the learned words, and those of the others that the base has."""
    theirs = hashes_of(patterns.messages.vocabulary)
    known = theirs[find_rows(base.hashes, theirs) != UNKNOWN_ROW]
    return np.union1d(hashes_of(_words_of(patterns, learned)), known)


def grown(base: FeatureRows, hashes: Hashes) -> Tensor:
    """Return the base's rows, random ones where it has none, (features + 1, word_size)."""
    vectors = base.vectors
    found = find_rows(base.hashes, hashes)
    is_new = np.concatenate(([False], found == UNKNOWN_ROW))
    rows = torch.from_numpy(vectors[np.concatenate(([UNKNOWN_ROW], found))].astype(np.float32))
    # Without a base as loud as torch draws an embedding.
    spread = (
        NEW_ROWS * float(np.std(vectors[1:2_000], dtype=np.float32)) if len(base.hashes) else 1.0
    )
    new = torch.from_numpy(is_new)
    rows[new] = spread * torch.randn(int(is_new.sum()), vectors.shape[1])
    return rows


def _words_of(patterns: Patterns, chosen: Indices) -> list[str]:
    messages = patterns.messages
    return [messages.vocabulary[i] for i in np.unique(messages.words[chosen])]


def class_means(
    network: Network, table: FeatureTable, patterns: Patterns, learned: Indices
) -> Tensor:
    """Return the direction of every intent's mean embedding, (intents, embedding)."""
    rng = np.random.default_rng(0)
    sums = torch.zeros(len(patterns.tags), network.projection.out_features)
    for part in np.array_split(learned, max(1, len(learned) // 512)):
        embedded = network.embeddings(table.batch(patterns.messages, part, NO_NOISE, rng))
        sums.index_add_(0, torch.from_numpy(patterns.labels[part]), embedded)
    return nn.functional.normalize(sums, dim=1)


def _set_feed_forward(network: Network, directions: Tensor) -> None:
    """Let every intent speak for its direction; directions (intents, embedding) of length 1."""
    assert network.feed_forward is not None
    with torch.no_grad():
        network.feed_forward.weight.copy_(LOGIT_SCALE * directions)
        network.feed_forward.bias.zero_()
