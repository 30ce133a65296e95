"""Where a training starts: from the pretrained base, or from nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
import torch
from torch import Tensor, nn

from chatbot.learning.data import (
    NO_NOISE,
    FeatureTable,
    Indices,
    Messages,
    Noise,
    Patterns,
    hashes_of,
)
from chatbot.learning.network import Network, Shape
from chatbot.model import Base, pretrained
from chatbot.network import UNKNOWN_ROW, FeatureRows, Floats, Hashes, Rows, find_rows
from chatbot.words import features

LOGIT_SCALE = 12.0
"""Length of an intent's row in the feed-forward layer at the start: the logits of unit embeddings
then lie within ±12, soft enough to learn from and hard enough to be sure. Measured: 12 and 16 are
the same in accuracy, and out-of-scope messages stand out better at 12."""

NEW_ROWS = 0.3
"""Standard deviation of the rows of features that the base lacks, relative to the base's rows."""

NO_BASE_HIDDEN = 128
"""Units of a network that starts from nothing, unless another size is asked for."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How fast and how long to learn."""

    cell_rate: float
    """Learning rate of layer norm, recurrent cell and projection (AdamW, constant; averaging the
    weights does what a falling rate would)."""
    feature_rate: float
    """Learning rate of the rows of the features."""
    head_rate: float
    """Learning rate of the feed-forward layer."""
    steps: int
    """Gradient steps at least; they decide for a small file."""
    epochs: int
    """Epochs at least; they decide for a large file."""
    noise: Noise
    state_dropout: float = 0.0
    """Share of the units of the last state that are dropped (Srivastava et al. 2014)."""


class Beginning(NamedTuple):
    """A network before its first gradient step."""

    table: FeatureTable
    """The features that the words of the patterns may have. Held-out words must meet exactly what
    unseen words meet."""
    network: Network


class Start(Protocol):
    """What a training begins with."""

    recipe: Recipe
    rows: Rows
    """Features of the base; none where there is no base."""
    checksum: str | None
    """Of the base."""

    def begin(self, patterns: Patterns, learned: Indices) -> Beginning:
        """Return the network that is going to learn the patterns `learned`."""


class FromNothing:
    """Random weights: for cells without a base, and languages that the base does not know."""

    recipe = Recipe(
        cell_rate=4e-3, feature_rate=4e-3, head_rate=4e-2, steps=900, epochs=14, noise=Noise()
    )

    def __init__(
        self, cell: str, hidden_size: int, word_size: int = 96, input_size: int = 0
    ) -> None:
        self.cell, self.hidden_size = cell, hidden_size
        self.word_size, self.input_size = word_size, input_size
        self.rows: Rows = FeatureRows.none(word_size)
        self.checksum: str | None = None

    def begin(self, patterns: Patterns, learned: Indices) -> Beginning:
        """Return a random network that knows the features of the learned words."""
        messages = patterns.messages
        table = FeatureTable(messages.vocabulary, hashes_of(messages.distinct_words(learned)))
        return Beginning(table, self.network(table.size, len(patterns.tags)))

    def network(self, features: int, intents: int) -> Network:
        """Return a network of random weights; its embedding is as large as its state."""
        size = self.hidden_size
        shape = Shape(self.word_size, size, (size,), self.input_size, self.cell)
        network = Network(features, shape, intents)
        directions = nn.functional.normalize(torch.randn(intents, size), dim=1)
        network.set_feed_forward(LOGIT_SCALE * directions, torch.zeros(intents))
        return network


class FromBase:
    """The base's weights, and a feed-forward layer made of the intents' mean embeddings.

    Before the first gradient step that is nearest-class-mean classification (Snell et al. 2017,
    "Prototypical networks"), so even two examples per intent give a usable start.
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
        self.weights = base.weights
        self.rows = base.rows
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

    def begin(self, patterns: Patterns, learned: Indices) -> Beginning:
        """Return the base with rows for new features and with a feed-forward layer."""
        intents = len(patterns.tags)
        table = table_beside(self.rows, patterns, learned)
        network = Network.from_weights(self.weights, table.size, intents)
        network.set_features(grown(self.rows, table.hashes))
        directions = class_means(network, table, patterns, learned)
        network.set_feed_forward(LOGIT_SCALE * directions, torch.zeros(intents))
        return Beginning(table, network)


def starts_for(
    patterns: Patterns, chosen: Indices, cell: str, hidden_size: int | None, *, use_base: bool
) -> tuple[list[Start], float | None]:
    """Return the starts to try, the most promising first, and the share of words the base knows.

    Where the base knows most words it is always better; where it knows fewer, both are trained and
    the held-out patterns decide. The share is None where the base cannot be used.
    """
    nothing = FromNothing(cell, hidden_size or NO_BASE_HIDDEN)
    if not use_base:
        return [nothing], None
    base = pretrained.load()
    if cell != base.card.cell or hidden_size not in (None, base.card.hidden_size):
        return [nothing], None
    from_base = FromBase(base)
    known = from_base.known_words(patterns, chosen)
    return [from_base] if known >= pretrained.FAMILIAR_WORDS else [from_base, nothing], known


def table_beside(base: Rows, patterns: Patterns, learned: Indices) -> FeatureTable:
    """Return a table of the features of the learned words, and of the base's in the others."""
    messages = patterns.messages
    everything = hashes_of(messages.vocabulary)
    known = everything[find_rows(base.hashes, everything) != UNKNOWN_ROW]
    hashes = np.union1d(hashes_of(messages.distinct_words(learned)), known)
    return FeatureTable(messages.vocabulary, hashes)


def grown(base: Rows, hashes: Hashes) -> Tensor:
    """Return the base's rows, random ones where it has none, (features + 1, word_size)."""
    found = find_rows(base.hashes, hashes)
    is_new = np.concatenate(([False], found == UNKNOWN_ROW))
    rows = torch.from_numpy(base.at(np.concatenate(([UNKNOWN_ROW], found))))
    # Without a base, with the deviation that torch gives an embedding.
    spread = (
        NEW_ROWS * float(np.std(base.at(np.arange(1, min(2_000, len(base))))))
        if len(base.hashes)
        else 1.0
    )
    new = torch.from_numpy(is_new)
    rows[new] = spread * torch.randn(int(is_new.sum()), base.word_size)
    return rows


@torch.no_grad()
def embeddings_of(
    network: Network, table: FeatureTable, messages: Messages, chosen: Indices
) -> Tensor:
    """Return the embeddings of the chosen messages, (chosen, embedding), of length 1."""
    rng = np.random.default_rng(0)
    return torch.cat(
        [
            network.embeddings(table.batch(messages, part, NO_NOISE, rng))
            for part in np.array_split(chosen, max(1, len(chosen) // 512))
        ]
    )


def embedded_by(start: FromBase, messages: Messages, chosen: Indices) -> Floats:
    """Return the embeddings of the chosen messages by the base as it is.

    A feature that the base lacks is the unknown one, as when chatting.
    """
    everything = hashes_of(messages.distinct_words(chosen))
    known = everything[find_rows(start.rows.hashes, everything) != UNKNOWN_ROW]
    table = FeatureTable(messages.vocabulary, known)
    # The caller's random state is put back: a network is drawn before it gets the base's weights.
    with torch.random.fork_rng(devices=[]):
        network = Network.from_weights(start.weights, table.size, 0)
        network.set_features(grown(start.rows, known))
    found: Floats = embeddings_of(network, table, messages, chosen).numpy()
    return found


@torch.no_grad()
def class_means(
    network: Network, table: FeatureTable, patterns: Patterns, learned: Indices
) -> Tensor:
    """Return the direction of every intent's mean embedding, (intents, embedding), of length 1."""
    sums = torch.zeros(len(patterns.tags), network.projection.out_features)
    embedded = embeddings_of(network, table, patterns.messages, learned)
    sums.index_add_(0, torch.from_numpy(patterns.labels[learned]), embedded)
    return nn.functional.normalize(sums, dim=1)
