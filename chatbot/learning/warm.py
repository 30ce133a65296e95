"""Warm retraining: after a small edit of the intents file the current model goes on learning.

It keeps what it knows, gets a row of the feed-forward layer for each new intent, and sees all
patterns again for a few epochs, the new ones more often. Without the old ones it would forget them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor

from chatbot.intents import Intents, renamed
from chatbot.learning.data import Indices, Patterns, patterns_of
from chatbot.learning.network import Network
from chatbot.learning.starts import (
    Beginning,
    FromBase,
    FromNothing,
    class_means,
    grown,
    table_beside,
)
from chatbot.model import Model
from chatbot.network import UNKNOWN_ROW, Hashes, find_rows

SMALL_EDIT = 0.1
"""Added and removed patterns, as a share of the present ones, up to which an edit is small."""

IN_A_ROW = 5
"""Warm retrains after which the next one is full: the held-out figures and the calibration are
those of the last full one, and must not become outdated."""

STEPS = 30
"""Gradient steps, and one epoch at least: as good as 50 and 75, and the fastest (accuracy minus
that of a full training: +.019, +.009, and +.008 on one seed; benchmarks/retrain.py)."""

REPEATS = 4
"""Times that an epoch contains a pattern that is new to the model: the others had a dozen
epochs."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """The present model, and the intents that it was trained on."""

    model: Model
    intents: Intents


@dataclass(frozen=True, slots=True)
class Edit:
    """What has changed in the patterns since a model learned them."""

    rows: tuple[int | None, ...]
    """For each present intent the index of the same one in the model; None for a new one. An intent
    that has most of the patterns of one that is gone counts as that one, renamed."""
    new: Indices
    """Present patterns that the model has not learned for that intent."""
    share: float
    """Added and removed patterns, as a share of the present ones."""


def is_frozen(model: Model) -> bool:
    """Return whether the base stayed as it is: fitting the layer anew takes no longer."""
    return model.card.base is not None and not len(model.weights.own.hashes)


def edit_between(before: Patterns, now: Patterns) -> Edit:
    """Return what changed from `before`, whose tags are the model's, to `now`."""
    old, new = list(before.messages), list(now.messages)
    origin = renamed(_by_tag(before, old), _by_tag(now, new))
    place = {tag: row for row, tag in enumerate(before.tags)}
    rows = tuple(place.get(origin.get(tag, tag)) for tag in now.tags)
    learned = set(zip(old, before.labels.tolist(), strict=True))
    present = [(words, rows[label]) for words, label in zip(new, now.labels.tolist(), strict=True)]
    unknown = [i for i, pattern in enumerate(present) if pattern not in learned]
    gone = len(learned.difference(present))
    return Edit(rows, np.array(unknown, dtype=np.int64), (len(unknown) + gone) / len(now))


def _by_tag(
    patterns: Patterns, messages: Sequence[tuple[str, ...]]
) -> dict[str, list[tuple[str, ...]]]:
    """Return the words of every pattern by its intent's tag."""
    found: dict[str, list[tuple[str, ...]]] = {tag: [] for tag in patterns.tags}
    for words, label in zip(messages, patterns.labels.tolist(), strict=True):
        found[patterns.tags[label]].append(words)
    return found


class FromModel:
    """A trained model that goes on learning; sizes and numbering of its units stay the same."""

    def __init__(self, model: Model, edit: Edit) -> None:
        weights = model.weights
        self._weights, self._rows = weights, edit.rows
        recipe = FromNothing.recipe if model.card.base is None else FromBase.recipe
        self.recipe = replace(recipe, steps=STEPS, epochs=1)
        self.rows = weights.base
        self.checksum = model.card.base

    def begin(self, patterns: Patterns, learned: Indices) -> Beginning:
        """Return the model with rows for features and intents that are new to it."""
        table = table_beside(self.rows, patterns, learned)
        network = Network.from_weights(self._weights, table.size, len(patterns.tags))
        network.set_features(self._features(table.hashes))
        directions = class_means(network, table, patterns, learned)
        network.set_feed_forward(*self._feed_forward(directions))
        return Beginning(table, network)

    def _features(self, hashes: Hashes) -> Tensor:
        """Return the model's rows, the base's where it has none, else random ones."""
        own = self._weights.own
        rows = grown(self.rows, hashes)
        found = np.concatenate(([UNKNOWN_ROW], find_rows(own.hashes, hashes)))
        has_own = found != UNKNOWN_ROW
        has_own[UNKNOWN_ROW] = True
        rows[torch.from_numpy(has_own)] = torch.from_numpy(own.at(found[has_own]))
        return rows

    def _feed_forward(self, directions: Tensor) -> tuple[Tensor, Tensor]:
        """Return the known intents' rows, and for a new one its mean embedding at their length."""
        old = torch.from_numpy(np.array(self._weights.output_weight))
        old_bias = torch.from_numpy(np.array(self._weights.output_bias))
        weight = old.norm(dim=1).mean() * directions
        bias = old_bias.mean().repeat(len(directions))
        for intent, row in enumerate(self._rows):
            if row is not None:
                weight[intent], bias[intent] = old[row], old_bias[row]
        return weight, bias


def warm_start(
    now: Patterns, earlier: Earlier | None, cell: str, hidden_size: int | None
) -> tuple[FromModel, Edit] | None:
    """Return how to go on from a model; None where a full training is needed."""
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
        or is_frozen(earlier.model)
    ):
        return None
    edit = edit_between(before, now)
    if now.tags == before.tags and edit.share == 0:
        return None  # nothing to learn: training an unchanged file means a full training
    return (FromModel(earlier.model, edit), edit) if edit.share <= SMALL_EDIT else None
