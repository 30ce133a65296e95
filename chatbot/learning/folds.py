"""Which patterns are asked of a model that has not learned them: folds, or a part held out.

Training and cross-validation deal in this one way, so the same file gives the same figure in both.
Twins (`data.twins_of`) stay together: one that was learned would flatter the answer to the other.
The order is that of a hash of the words. So it depends on neither a seed nor the order of the file,
where neighbours are often alike.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from chatbot.learning.data import Indices

FOLDS = 5
"""Folds, unless others are asked for."""

FEWEST = 4
"""Different patterns of an intent from which on some may be held out."""


class Fold(NamedTuple):
    """One division of the patterns."""

    learned: Indices
    asked: Indices


def dealt(labels: Indices, twins: Indices, folds: int = FOLDS, seed: int = 0) -> list[Fold]:
    """Deal patterns into at most `folds` folds, those of each intent in turn.

    `labels` (patterns,) holds indices of intents, `twins` (patterns,) the numbers of `twins_of`.
    There are as many folds as the largest intent has different patterns, if those are fewer. An
    intent with a single one is learned in every fold and never asked; where all are such, there is
    no fold. Twins of several intents are dealt with the first of these. Another `seed` than 0 deals
    in another order.
    """
    group, members = _groups(twins, seed)
    asked = np.flatnonzero(~np.isin(labels, singles(labels, twins)))
    groups, first = np.unique(group[asked], return_index=True)
    intent = labels[asked][first]
    folds = min(folds, int(np.bincount(intent).max(initial=0)))
    if folds < 2:
        return []
    fold_of = np.full(members, -1, dtype=np.int64)
    # One intent after the other, each going on where the one before ended: the folds are as large.
    fold_of[groups[np.argsort(intent, kind="stable")]] = np.arange(len(groups)) % folds
    fold = fold_of[group]
    is_asked = np.zeros(len(labels), dtype=bool)
    is_asked[asked] = True
    return [
        Fold(np.flatnonzero(fold != number), np.flatnonzero((fold == number) & is_asked))
        for number in range(folds)
    ]


def singles(labels: Indices, twins: Indices) -> Indices:
    """Return the intents that have a single pattern, however often it is written."""
    pairs = np.unique(np.stack([labels, twins]), axis=1)[0]
    intents, counts = np.unique(pairs, return_counts=True)
    found: Indices = intents[counts == 1]
    return found


def held_out(labels: Indices, twins: Indices, share: float) -> Fold:
    """Hold out a share of the patterns of every intent, at least one, with their twins.

    Of an intent with fewer than 4 different patterns none is held out.
    """
    group, members = _groups(twins)
    out = np.zeros(members, dtype=bool)
    stays = np.zeros(members, dtype=bool)
    of_intent = [np.unique(group[labels == label]) for label in np.unique(labels)]
    for groups in of_intent:
        stays[groups] |= len(groups) < FEWEST
    for groups in of_intent:
        free = groups[~stays[groups]]
        wanted = max(1, round(len(groups) * share)) - int(out[groups].sum())
        if len(groups) >= FEWEST and wanted > 0:
            out[free[~out[free]][:wanted]] = True
    is_out = out[group]
    return Fold(np.flatnonzero(~is_out), np.flatnonzero(is_out))


def _groups(twins: Indices, seed: int = 0) -> tuple[Indices, int]:
    """Return the group (patterns,) of each pattern, numbered in the order of dealing; how many."""
    numbers, group = np.unique(twins, return_inverse=True)
    if seed:
        group = np.random.default_rng(seed).permutation(len(numbers))[group]
    return group.reshape(-1).astype(np.int64), len(numbers)
