"""What is left of an answer and of a state when words are taken away, and how well a ranking knew.

The arithmetic of `benchmarks/faithfulness.py`. Subset m of a message's T words keeps the words
whose bit is set in m, as in `chatbot.insight.shares.SubsetTable`, so that the value of every subset
is one array of 2 ** T numbers and any order of deletion is a path through it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chatbot.classifier import IntentClassifier
from chatbot.insight.shares import SubsetTable, centred_logits, subset_table
from chatbot.recurrent import Recurrent, Step
from chatbot.weights import Floats

UNKNOWN = "\ue000"
"""Of the private use area: no training text has it, so every model reads it as the unknown word."""

BINS = (0.1, 0.2, 0.5)
"""Shares of the words that comprehensiveness and sufficiency take: ERASER's bins (DeYoung et al.
2020) less 1 and 5 %, which in messages this short would be the same word as 10 %."""

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Game:
    """A message and one way of taking words from it."""

    probability: Values
    """(subsets,) of the intent that the whole message is answered with"""
    distance: Values
    """(subsets,) ‖h_T − h(S)‖ / ‖h_T‖ of the state after each subset from that of the message"""

    @property
    def words(self) -> int:
        """Words of the message."""
        return len(self.probability).bit_length() - 1


@dataclass(frozen=True)
class Score:
    """How a ranking did in a game. Of AOPC and distance: the mean over deletions."""

    comprehensiveness: float
    sufficiency: float
    aopc: float
    naopc: float
    state_aopc: float
    state_naopc: float
    rho: float
    """Spearman's, of the scores with how far the state goes when each word alone is taken."""


def deleted_states(recurrent: Recurrent, words: Sequence[str]) -> Floats:
    """Return the state after every subset of the words, (subsets, hidden)."""
    return subset_table(recurrent, words).states


def replaced_states(recurrent: Recurrent, words: Sequence[str]) -> Floats:
    """Return the state after the message in which the words outside each subset are unknown.

    Shape (subsets, hidden). As in the table of deletions a word doubles the table, but here the
    unread half takes a step too, that of the unknown word.
    """
    assert recurrent.known(UNKNOWN) == 0
    step = SubsetTable.empty(recurrent).step
    for word in words:
        without, read = recurrent.step_columns(UNKNOWN, step), recurrent.step_columns(word, step)
        hidden = np.concatenate([without.hidden, read.hidden], axis=1)
        cell = None
        if without.cell is not None and read.cell is not None:
            cell = np.concatenate([without.cell, read.cell], axis=1)
        step = Step(hidden, hidden, cell=cell)
    return step.hidden.T


REMOVALS: dict[str, Callable[[Recurrent, Sequence[str]], Floats]] = {
    "deleted": deleted_states,
    "replaced by the unknown word": replaced_states,
}


def game(states: Floats, classifier: IntentClassifier, *, empty_is_silent: bool) -> Game:
    """Return the game of the states (subsets, hidden) of a message.

    With `empty_is_silent` subset 0 is no message at all, and as likely to mean one intent as
    another (as in `exact_shares`).
    """
    logits = centred_logits(classifier, states).astype(np.float64)
    if empty_is_silent:
        logits[0] = 0
    logits /= classifier.calibration.temperature
    answer = int(logits[-1].argmax())
    probability = np.exp(logits[:, answer] - np.logaddexp.reduce(logits, axis=1))
    away = np.linalg.norm(states[-1] - states, axis=1) / np.linalg.norm(states[-1])
    return Game(probability, away.astype(np.float64))


def kept_after(ranking: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return the subset that is left after each deletion, highest ranked word first, (words,)."""
    everything = (1 << len(ranking)) - 1
    left: NDArray[np.intp] = everything - np.cumsum(1 << ranking)
    return left


def limits(gain: Values, deletions: int) -> tuple[float, float]:
    """Return the least and the greatest mean gain over so many deletions, of all orders there are.

    `gain` (subsets,) is what a subset counts when it is left. Exact, by dynamic programming: the
    best way on from a subset does not depend on the way to it, so T · 2ᵀ steps do for T! orders.
    """
    words = len(gain).bit_length() - 1
    sizes = (np.arange(len(gain))[:, None] >> np.arange(words) & 1).sum(axis=1)
    low, high = np.zeros(len(gain)), np.zeros(len(gain))
    for size in range(words - deletions + 1, words + 1):
        kept = np.flatnonzero(sizes == size)
        after = kept & ~(1 << np.arange(words))[:, None]  # (words, subsets of this size)
        has_word = after != kept
        low[kept] = np.where(has_word, gain[after] + low[after], np.inf).min(axis=0)
        high[kept] = np.where(has_word, gain[after] + high[after], -np.inf).max(axis=0)
    return float(low[-1]) / deletions, float(high[-1]) / deletions


@dataclass(frozen=True)
class Bounds:
    """The exact limits of a game: (least, greatest) AOPC that any order of the words can have."""

    answer: tuple[float, float]
    """Over all deletions, 1 … T."""
    state: tuple[float, float]
    """Over the first half of them."""


def bounds_of(played: Game) -> Bounds:
    """Return the limits of a game."""
    return Bounds(
        limits(played.probability[-1] - played.probability, played.words),
        limits(played.distance, played.words // 2),
    )


def score(answer: Values, state: Values, played: Game, bounds: Bounds) -> Score:
    """Return how the scores of the words (words,) for the answer and for the state do in a game."""
    count, everything = played.words, len(played.probability) - 1
    left = kept_after(np.argsort(-answer, kind="stable"))
    whole = played.probability[-1]
    taken = [max(1, math.ceil(share * count)) for share in BINS]
    aopc = float((whole - played.probability[left]).mean())
    by_state = kept_after(np.argsort(-state, kind="stable"))[: count // 2]
    state_aopc = float(played.distance[by_state].mean())
    alone = played.distance[everything - (1 << np.arange(count))]
    return Score(
        comprehensiveness=float(np.mean([whole - played.probability[left[k - 1]] for k in taken])),
        sufficiency=float(
            np.mean([whole - played.probability[everything - left[k - 1]] for k in taken])
        ),
        aopc=aopc,
        naopc=_between(aopc, bounds.answer),
        state_aopc=state_aopc,
        state_naopc=_between(state_aopc, bounds.state),
        rho=spearman(state, alone),
    )


def _between(value: float, limits: tuple[float, float]) -> float:
    """Return where a value lies between its limits, 0 … 1; NaN where they are one."""
    low, high = limits
    return (value - low) / (high - low) if high > low else math.nan


def spearman(a: Values, b: Values) -> float:
    """Return the rank correlation of two rows of numbers; equal numbers share their mean rank."""
    return float(np.corrcoef(_ranks(a), _ranks(b))[0, 1])


def _ranks(values: Values) -> Values:
    _, index, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks: Values = (np.cumsum(counts) - (counts - 1) / 2)[index]
    return ranks


def bootstrap(values: Values, seed: int = 0, resamples: int = 1_000) -> tuple[float, float]:
    """Return the 95 % interval of the mean of values (messages,): percentiles of resamples.

    The same seed draws the same messages, so differences of two methods are paired.
    """
    rng = np.random.default_rng(seed)
    drawn = rng.integers(0, len(values), (resamples, len(values)))
    low, high = np.percentile(values[drawn].mean(axis=1), [2.5, 97.5])
    return float(low), float(high)
