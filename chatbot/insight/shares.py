"""Shares: how much of the final state, and of each intent's logit, comes from each word.

Exact Shapley values (Shapley 1953; Štrumbelj and Kononenko 2014 for classifiers) of the game in
which words are left out of the message. The state after *every* subset of the words is needed, and
subsets share their beginnings, so each word only doubles a table: 2ᵀ − 1 cell steps for T words.
From one table come the shares in every unit, in every intent, and the answer without any words.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from chatbot.model import IntentClassifier
from chatbot.network import Floats, Recurrent, Step
from chatbot.words import shared_beginning

EXACT_WORDS = 14
"""Words of the longest message with exact shares: 16,384 states. Beyond, shares are sampled."""

SAMPLED_ORDERS = 64
"""Orders of the words that are sampled, and as many reversed (antithetic). Rank correlation with
the exact shares .99 (measured on 225 messages of 13 words and more)."""

FULLY_SAMPLED = 30
"""Words up to which so many orders are sampled. An order costs a step for each word of each of its
prefixes; from here on fewer orders are taken, so that the time stays at about a second."""

LONGEST_SHARED = 100
"""Words of the longest message that is divided among its words."""


class AbandonedError(Exception):
    """The shares are no longer needed."""


@dataclass(frozen=True)
class Game:
    """What is divided among a message's words: the value of every subset of them, in their order.

    Subset m holds the words whose bit is set in m; bit t is word t. Subset 0 is the empty message.
    """

    words: tuple[str, ...]
    step: Step
    """What the cell passes on after each subset; arrays are (hidden, 2 ** words)."""
    logits: Floats
    """(2 ** words, intents), centred; the empty message has 0"""

    @classmethod
    def empty(cls, recurrent: Recurrent, classifier: IntentClassifier) -> Game:
        """Return the game of the empty message."""
        logits = np.zeros((1, len(classifier.intents)), np.float32)
        return cls((), _columns(recurrent.initial_state, 1), logits)

    @property
    def states(self) -> Floats:
        """The states, (2 ** words, hidden)."""
        return self.step.hidden.T

    def shares(self) -> Shares:
        """Return the exact shares."""
        weights = shapley_weights(len(self.words))
        return Shares(self.words, weights @ self.states, weights @ self.logits, is_exact=True)

    def with_word(self, recurrent: Recurrent, classifier: IntentClassifier, word: str) -> Game:
        """Return the game with one more word: twice as many subsets, half of them new."""
        new = recurrent.step_columns(word, self.step)
        hidden = np.concatenate([self.step.hidden, new.hidden], axis=1)
        cell = None
        if self.step.cell is not None and new.cell is not None:
            cell = np.concatenate([self.step.cell, new.cell], axis=1)
        logits = np.concatenate([self.logits, centred_logits(classifier, new.hidden.T)])
        return Game((*self.words, word), Step(hidden, hidden, cell=cell), logits)

    def beginning(self, count: int) -> Game:
        """Return the game of the first words, the first part of this one's values."""
        return self._part(self.words[:count], slice(1 << count))

    def without(self, off: Collection[int]) -> Game:
        """Return the game of the message without some words: a part of this one's values."""
        kept = [t for t in range(len(self.words)) if t not in off]
        subsets = np.zeros(1, np.intp)
        for t in kept:
            subsets = np.concatenate([subsets, subsets + (1 << t)])
        return self._part(tuple(self.words[t] for t in kept), subsets)

    def _part(self, words: tuple[str, ...], subsets: slice | NDArray[np.intp]) -> Game:
        hidden, cell = self.step.hidden[:, subsets], self.step.cell
        step = Step(hidden, hidden, cell=None if cell is None else cell[:, subsets])
        return Game(words, step, self.logits[subsets])


@dataclass(frozen=True)
class Shares:
    """What comes from each word of a message: of the state, and of the logits."""

    words: tuple[str, ...]
    units: Floats
    """(words, hidden) Shapley value of every word in every unit; the rows sum to the last state."""
    intents: Floats
    """(words, intents) Shapley value of every word for every intent's centred logit (the logit less
    the mean over the intents); the rows sum to those of the message."""
    is_exact: bool
    """False where orders of the words were sampled."""

    @property
    def of_memory(self) -> tuple[float, ...]:
        """Share of each word in the state: L1 norm of its values over that of all; sums to 1."""
        size = np.abs(self.units).sum(axis=1, dtype=np.float64)
        total = size.sum()
        return tuple((size / total).tolist()) if total else (0.0,) * len(size)

    @property
    def owners(self) -> NDArray[np.intp]:
        """(hidden,) index of the word with the largest share, for or against, in each unit."""
        owners: NDArray[np.intp] = np.abs(self.units).argmax(axis=0)
        return owners


def game_of(
    recurrent: Recurrent,
    classifier: IntentClassifier,
    words: Sequence[str],
    before: Game | None = None,
    abandoned: Callable[[], bool] = lambda: False,
) -> Game:
    """Return the game of a message of at most EXACT_WORDS words.

    It goes on from `before`, a game of the same network, where that begins with the same words:
    while somebody types, half of the work is already done. Raises AbandonedError when `abandoned`
    says so.
    """
    game = before or Game.empty(recurrent, classifier)
    same = shared_beginning(words, game.words)
    game = game.beginning(same)
    for word in words[same:]:
        if abandoned():
            raise AbandonedError
        game = game.with_word(recurrent, classifier, word)
    return game


def sampled_shares(
    recurrent: Recurrent,
    classifier: IntentClassifier,
    words: Sequence[str],
    abandoned: Callable[[], bool] = lambda: False,
) -> Shares:
    """Return shares averaged over random orders in which the words join, each with its reverse.

    The rows still sum exactly to state and logits, since the gains of every order do.
    Raises AbandonedError as soon as `abandoned` says so.
    """
    count = len(words)
    rng = np.random.default_rng(0)
    sampled = min(SAMPLED_ORDERS, math.ceil(SAMPLED_ORDERS * (FULLY_SAMPLED / count) ** 2))
    orders = np.stack([rng.permutation(count) for _ in range(sampled)])
    orders = np.concatenate([orders, orders[:, ::-1]])
    # joined[o, t]: when word t joins in order o. A subset is the words that joined before a moment.
    joined = np.argsort(orders, axis=1)
    units: Floats = np.zeros((count, recurrent.weights.hidden_size), np.float32)
    intents: Floats = np.zeros((count, len(classifier.intents)), np.float32)
    before_state = np.zeros((len(orders), units.shape[1]), np.float32)
    before_logits = np.zeros((len(orders), intents.shape[1]), np.float32)
    for moment in range(1, count + 1):
        if abandoned():
            raise AbandonedError
        states = _states_of(recurrent, words, joined < moment)
        logits = centred_logits(classifier, states)
        newest = orders[:, moment - 1]
        np.add.at(units, newest, states - before_state)
        np.add.at(intents, newest, logits - before_logits)
        before_state, before_logits = states, logits
    units /= len(orders)
    intents /= len(orders)
    return Shares(tuple(words), units, intents, is_exact=False)


def shares_of(
    recurrent: Recurrent,
    classifier: IntentClassifier,
    words: Sequence[str],
    before: Game | None = None,
    abandoned: Callable[[], bool] = lambda: False,
) -> tuple[Shares | None, Game | None]:
    """Return the shares of a message; exact, and with their game, up to EXACT_WORDS words.

    None for a message of more than LONGEST_SHARED words. `before` is as in `game_of`. Raises
    AbandonedError.
    """
    if len(words) > LONGEST_SHARED:
        return None, None
    if len(words) > EXACT_WORDS:
        return sampled_shares(recurrent, classifier, words, abandoned), None
    game = game_of(recurrent, classifier, words, before, abandoned)
    return game.shares(), game


def centred_logits(classifier: IntentClassifier, states: Floats) -> Floats:
    """Return the logits (…, intents) of states (…, hidden), less their mean over the intents."""
    logits = classifier.logits(states)
    centred: Floats = logits - logits.mean(axis=-1, keepdims=True)
    return centred


@lru_cache(maxsize=EXACT_WORDS + 1)
def shapley_weights(words: int) -> Floats:
    """Return the weight of each subset in each word's value, (words, 2 ** words).

    φ_t = Σ over subsets S without t of |S|! (T − |S| − 1)! / T! · (v(S ∪ t) − v(S)): a subset with
    the word counts with a plus, the same one without it with a minus.
    """
    subsets = np.arange(2**words)
    sizes = np.array([int(subset).bit_count() for subset in subsets])
    rows = np.empty((words, len(subsets)), np.float32)
    by_size = [
        math.factorial(size) * math.factorial(words - size - 1) / math.factorial(words)
        for size in range(words)
    ]
    plus, minus = np.array([0.0, *by_size]), np.array([*by_size, 0.0])
    for word in range(words):
        has = (subsets >> word) & 1 == 1
        rows[word] = np.where(has, plus[sizes], -minus[sizes])
    return rows


def _columns(step: Step, count: int) -> Step:
    """Return what a cell passes on, the state and an LSTM's memory, as so many columns."""
    hidden = np.repeat(step.hidden[:, None], count, axis=1)
    cell = None if step.cell is None else np.repeat(step.cell[:, None], count, axis=1)
    return Step(hidden, hidden, cell=cell)


def _states_of(recurrent: Recurrent, words: Sequence[str], masks: NDArray[np.bool_]) -> Floats:
    """Return the state (masks, hidden) after the words that each mask (masks, words) keeps."""
    step = _columns(recurrent.initial_state, len(masks))
    for word, reads in zip(words, masks.T, strict=True):
        chosen = np.flatnonzero(reads)
        if not len(chosen):
            continue
        cell = None if step.cell is None else step.cell[:, chosen]
        hidden = step.hidden[:, chosen]
        after = recurrent.step_columns(word, Step(hidden, hidden, cell=cell))
        step.hidden[:, chosen] = after.hidden
        if step.cell is not None and after.cell is not None:
            step.cell[:, chosen] = after.cell
    states: Floats = np.ascontiguousarray(step.hidden.T)
    return states
