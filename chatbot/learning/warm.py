"""Warm retraining: after a small edit of the intents file the current model goes on learning.

It keeps what it knows, gets a row of the feed-forward layer for each new intent, and sees all
patterns again for a few epochs, the new ones more often: otherwise it would forget the old.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor, nn

from chatbot.intents import Intents, renamed
from chatbot.learning.data import FeatureTable, Indices, Patterns, patterns_of
from chatbot.learning.network import Network
from chatbot.learning.starts import FromBase, FromNothing, class_means, grown, hashes_to_learn
from chatbot.model import Model
from chatbot.network import PARAMETERS, UNKNOWN_ROW, CellKind, Hashes, find_rows

SMALL_EDIT = 0.1
"""Share of patterns, new and gone together, up to which an edit is small."""

IN_A_ROW = 5
"""Warm retrains after which one is done in full: the held-out figures and the calibration are
those of the last full one, and must not grow old."""

STEPS = 30
"""Gradient steps, at least an epoch: as good as 50 and 75, and the fastest (benchmarks/retrain.py:
accuracy less that of a full training +.019, +.009, and +.008 on one seed)."""

REPEATS = 4
"""How often an epoch has a pattern that is new to the model: the others had a dozen epochs."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """The model that answers now, and the intents that it was trained on."""

    model: Model
    intents: Intents


@dataclass(frozen=True, slots=True)
class Edit:
    """What happened to the patterns since a model learned them."""

    rows: tuple[int | None, ...]
    """For each intent of today the index of the same one in the model; None for a new one. An
    intent whose patterns were mostly those of one that is gone is that one, renamed."""
    new: Indices
    """Today's patterns that the model has not learned for that intent."""
    share: float
    """Patterns new and gone, in those of today."""


def edit_between(before: Patterns, now: Patterns) -> Edit:
    """Return what changed from `before`, whose tags are the model's, to `now`."""
    old, new = _spoken(before), _spoken(now)
    origin = renamed(_by_tag(before, old), _by_tag(now, new))
    place = {tag: row for row, tag in enumerate(before.tags)}
    rows = tuple(place.get(origin.get(tag, tag)) for tag in now.tags)
    learned = set(zip(old, before.labels.tolist(), strict=True))
    today = [(words, rows[label]) for words, label in zip(new, now.labels.tolist(), strict=True)]
    unknown = [i for i, pattern in enumerate(today) if pattern not in learned]
    gone = len(learned.difference(today))
    return Edit(rows, np.array(unknown, dtype=np.int64), (len(unknown) + gone) / len(now))


def _by_tag(
    patterns: Patterns, spoken: Sequence[tuple[str, ...]]
) -> dict[str, list[tuple[str, ...]]]:
    """Return the words of every pattern by its intent's tag."""
    found: dict[str, list[tuple[str, ...]]] = {tag: [] for tag in patterns.tags}
    for words, label in zip(spoken, patterns.labels.tolist(), strict=True):
        found[patterns.tags[label]].append(words)
    return found


def _spoken(patterns: Patterns) -> list[tuple[str, ...]]:
    """Return the words of every pattern."""
    messages = patterns.messages
    return [
        tuple(messages.vocabulary[word] for word in row[:length])
        for row, length in zip(messages.words.tolist(), messages.lengths.tolist(), strict=True)
    ]


class FromModel:
    """A trained model that goes on learning: the same sizes, the same numbering of its units."""

    def __init__(self, model: Model, edit: Edit) -> None:
        weights = model.weights
        self._weights, self._rows = weights, edit.rows
        recipe = FromNothing.recipe if model.card.base is None else FromBase.recipe
        self.recipe = replace(recipe, steps=STEPS, epochs=1)
        self.cell: CellKind = weights.cell
        self.word_size, self.hidden_size = weights.word_size, weights.hidden_size
        self.embedding_size = weights.embedding_size
        self.rows = weights.base
        self.checksum = model.card.base

    def hashes(self, patterns: Patterns, learned: Indices) -> Hashes:
        """Return the features of the learned words, and those of the others that the base has."""
        return hashes_to_learn(self.rows, patterns, learned)

    def network(self, table: FeatureTable, patterns: Patterns, learned: Indices) -> Network:
        """Return the model with rows for features and intents that are new to it."""
        network = Network(
            table.size,
            self.word_size,
            self.hidden_size,
            self.embedding_size,
            len(patterns.tags),
            self.cell,
        )
        state = {
            name: torch.from_numpy(np.array(getattr(self._weights, field)))
            for name, field in PARAMETERS.items()
            if not name.startswith("feed_forward")
        }
        network.load_state_dict({**state, "words.weight": self._words(table.hashes)}, strict=False)
        assert network.feed_forward is not None
        with torch.no_grad():
            self._set_feed_forward(
                network.feed_forward, class_means(network, table, patterns, learned)
            )
        return network

    def _words(self, hashes: Hashes) -> Tensor:
        """Return the model's rows, the base's where it has none, else random ones."""
        own = self._weights.own
        rows = grown(self.rows, hashes)
        found = np.concatenate(([UNKNOWN_ROW], find_rows(own.hashes, hashes)))
        has_own = found != UNKNOWN_ROW
        has_own[UNKNOWN_ROW] = True
        rows[torch.from_numpy(has_own)] = torch.from_numpy(
            own.vectors[found[has_own]].astype(np.float32)
        )
        return rows

    def _set_feed_forward(self, layer: nn.Linear, directions: Tensor) -> None:
        """Take the known intents' rows; a new one speaks for its mean embedding, as loudly."""
        old = torch.from_numpy(np.array(self._weights.output_weight))
        bias = torch.from_numpy(np.array(self._weights.output_bias))
        layer.weight.copy_(old.norm(dim=1).mean() * directions)
        layer.bias.fill_(bias.mean())
        for intent, row in enumerate(self._rows):
            if row is not None:
                layer.weight[intent], layer.bias[intent] = old[row], bias[row]


def warm_start(
    now: Patterns, earlier: Earlier | None, cell: CellKind, hidden_size: int | None
) -> tuple[FromModel, Edit] | None:
    """Return how to go on from a model; None where a training in full is called for."""
    if earlier is None:
        return None
    card = earlier.model.card
    before = patterns_of(earlier.intents)
    if (
        earlier.intents.digest != card.intents_digest
        or before.tags != card.intents
        or card.cell != cell
        or hidden_size not in (None, card.hidden_size)
        or card.warm_retrains >= IN_A_ROW
    ):
        return None
    edit = edit_between(before, now)
    if now.tags == before.tags and edit.share == 0:
        return None  # nothing to learn: whoever asks all the same wants it from the start
    return (FromModel(earlier.model, edit), edit) if edit.share <= SMALL_EDIT else None
