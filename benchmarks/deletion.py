"""What remains of an answer and a state without some words, and how well a ranking predicts it.

The arithmetic of `benchmarks/faithfulness.py`. Subset m of a message's T words keeps the words
whose bit is set in m, as in `chatbot.insight.shares.Game`, so that the value of every subset
is one array of 2 ** T numbers and any order of deletion is a path through it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chatbot.insight import Game, centred_logits, game_of
from chatbot.model import Calibration, IntentClassifier
from chatbot.network import Floats, Recurrent, Step

UNKNOWN = "\ue000"
"""Of the private use area: no training text has it, so every model reads it as the unknown word."""

BINS = (0.1, 0.2, 0.5)
"""Shares of the words that comprehensiveness and sufficiency take: ERASER's bins (DeYoung et al.
2020) less 1 and 5 %, which in messages this short would be the same word as 10 %."""

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Remains:
    """What remains of a message's answer and state when only some of its words are left."""

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
    """How well a ranking did."""

    comprehensiveness: float
    sufficiency: float
    aopc: float
    naopc: float
    state_aopc: float
    state_naopc: float
    rho: float
    """Spearman's, of the scores with how far the state goes when each word alone is taken."""


def deleted(
    recurrent: Recurrent, classifier: IntentClassifier, words: Sequence[str]
) -> tuple[Floats, Floats]:
    """Return state (subsets, hidden) and centred logits (subsets, intents) of every subset.

    Without any word there is no message: every intent is as likely as another.
    """
    game = game_of(recurrent, classifier, words)
    return game.states, game.logits


def replaced(
    recurrent: Recurrent, classifier: IntentClassifier, words: Sequence[str]
) -> tuple[Floats, Floats]:
    """Return the same of the messages in which the words outside each subset are unknown.

    As in the table of deletions a word doubles the table, but here the half that does not read it
    takes a step too, that of the unknown word.
    """
    assert recurrent.known(UNKNOWN) == 0
    step = Game.empty(recurrent, classifier).step
    for word in words:
        without, read = recurrent.step_columns(UNKNOWN, step), recurrent.step_columns(word, step)
        hidden = np.concatenate([without.hidden, read.hidden], axis=1)
        cell = None
        if without.cell is not None and read.cell is not None:
            cell = np.concatenate([without.cell, read.cell], axis=1)
        step = Step(hidden, hidden, cell=cell)
    return step.hidden.T, centred_logits(classifier, step.hidden.T)


REMOVALS = {"deleted": deleted, "replaced by the unknown word": replaced}


def remains_of(states: Floats, logits: Floats, temperature: float) -> Remains:
    """Return what remains, from the states and logits of all subsets (see `deleted`)."""
    intent = int(logits[-1].argmax())
    away = np.linalg.norm(states[-1] - states, axis=1) / np.linalg.norm(states[-1])
    return Remains(np.exp(log_probability(logits, temperature)[:, intent]), away.astype(np.float64))


def log_probability(logits: Floats, temperature: float) -> Values:
    """Return the log-probability (…, intents), in nats, of logits of that shape."""
    scaled = logits.astype(np.float64) / temperature
    found: Values = scaled - np.logaddexp.reduce(scaled, axis=-1, keepdims=True)
    return found


def temperature_of(classifier: IntentClassifier) -> float:
    """Return what the logits are divided by in the probabilities that the bot computes.

    Sureness divides them by nothing. It replaces the probability of the answer by how likely such
    an answer is right, which also depends on what the network remembers; what is explained is the
    network's own probability, and that is the softmax of the logits as they are.
    """
    calibration = classifier.calibration
    return calibration.temperature if isinstance(calibration, Calibration) else 1.0


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
    """The (least, greatest) AOPC that any order of the words can have, exactly."""

    answer: tuple[float, float]
    """Over all deletions, 1 … T."""
    state: tuple[float, float]
    """Over the first half of them."""


def bounds_of(remains: Remains) -> Bounds:
    """Return the exact limits."""
    return Bounds(
        limits(remains.probability[-1] - remains.probability, remains.words),
        limits(remains.distance, remains.words // 2),
    )


def score(answer: Values, state: Values, remains: Remains, bounds: Bounds) -> Score:
    """Return how well the scores of the words (words,) for the answer and for the state did."""
    count, everything = remains.words, len(remains.probability) - 1
    left = kept_after(np.argsort(-answer, kind="stable"))
    whole = remains.probability[-1]
    taken = [max(1, math.ceil(share * count)) for share in BINS]
    aopc = float((whole - remains.probability[left]).mean())
    by_state = kept_after(np.argsort(-state, kind="stable"))[: count // 2]
    state_aopc = float(remains.distance[by_state].mean())
    alone = remains.distance[everything - (1 << np.arange(count))]
    return Score(
        comprehensiveness=float(np.mean([whole - remains.probability[left[k - 1]] for k in taken])),
        sufficiency=float(
            np.mean([whole - remains.probability[everything - left[k - 1]] for k in taken])
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
