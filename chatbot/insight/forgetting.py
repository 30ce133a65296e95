"""Forgetting: what a network remembers of a message after more words, and what gradient reaches it.

The same figures for every kind of cell, before and after training: the shares of a
message's words in the memory, the gradient through time, and the chatter test.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from chatbot.insight.gradients import gradient_norms, logit_gradient
from chatbot.insight.shares import EXACT_WORDS, shares_of
from chatbot.model import Calibration, IntentClassifier
from chatbot.network import Floats, Recurrent, Weights, intent_logits

FILLER_TEXT = (
    "well you see i was only wondering about that and so on and so forth "
    "as it were if you know what i mean"
)
FILLER = tuple(FILLER_TEXT.split())
"""Words without meaning. The chatter test appends the first N of them to a message."""

CHATTER = (0, 2, 4, 8, 16, 24)
"""Numbers of filler words after a message in the chatter test."""

LAGS = 10
"""Words back to which the gradient through time is followed."""

MESSAGE_WORDS = EXACT_WORDS
"""Words of a person's own sentence that are read: the shares of more would have to be sampled."""

PLAIN = Calibration(temperature=1.0, scope_energy=0.0, scope_slope=1.0, threshold=0.0)
"""For networks that are only compared: shares do not depend on the calibration."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A pattern that the networks are tested on."""

    words: tuple[str, ...]
    intent: int
    """Index of the right intent."""
    held_out: bool
    """Whether the networks have not learned it."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What one network does with the tested patterns."""

    learned_right: tuple[int, ...]
    """Patterns that it has learned and still gets right after each number of CHATTER words."""
    held_out_right: tuple[int, ...]
    """The same for patterns that it has not learned."""
    through_time: tuple[float, ...]
    """Mean gradient 0 … LAGS words back, relative to that of the last word."""


@dataclass(frozen=True, slots=True)
class OnMessage:
    """What one network does with one message."""

    shares: tuple[float, ...]
    """Share of each word in the memory; they sum to 1."""
    gradient: tuple[float, ...]
    """Gradient that reaches each word, relative to that of the last word."""
    probabilities: tuple[float, ...]
    """Probability of the intent after each number of CHATTER words, 0 to 1, not calibrated."""


def measure(weights: Weights, asked: Sequence[Asked]) -> Measured:
    """Ask a network the patterns; `through_time` is of the held-out ones, if there are any."""
    recurrent = Recurrent(weights)
    learned = [pattern for pattern in asked if not pattern.held_out]
    held_out = [pattern for pattern in asked if pattern.held_out]
    return Measured(
        _right(recurrent, learned),
        _right(recurrent, held_out),
        through_time(weights, held_out or learned),
    )


def _right(recurrent: Recurrent, asked: Sequence[Asked]) -> tuple[int, ...]:
    """Return how many patterns are answered correctly after each number of filler words."""
    if not asked:
        return (0,) * len(CHATTER)
    states = np.stack([states_after_filler(recurrent, pattern.words) for pattern in asked])
    best = intent_logits(recurrent.weights, states).argmax(axis=-1)  # (patterns, CHATTER)
    right = best == np.array([[pattern.intent] for pattern in asked])
    return tuple(right.sum(axis=0).tolist())


def states_after_filler(recurrent: Recurrent, words: Sequence[str]) -> Floats:
    """Return the hidden states after a message and the filler words, (CHATTER, hidden)."""
    steps = recurrent.read([*words, *FILLER])
    ends = (len(words) + count for count in CHATTER)
    none = recurrent.initial_state
    return np.stack([(steps[end - 1] if end else none).hidden for end in ends])


def through_time(weights: Weights, asked: Sequence[Asked]) -> tuple[float, ...]:
    """Return the mean gradient 0 … LAGS words back, relative to that of the last word.

    LAGS words of filler follow every pattern, so LAGS words back is its own last word. There must
    be at least one pattern.
    """
    recurrent = Recurrent(weights)
    relative = []
    for pattern in asked:
        words = [*pattern.words, *FILLER[:LAGS]]
        relative.append(_relative_gradient(recurrent, words, pattern.intent)[::-1][: LAGS + 1])
    means: list[float] = np.stack(relative).mean(axis=0, dtype=np.float64).tolist()
    return tuple(means)


def _relative_gradient(recurrent: Recurrent, words: Sequence[str], intent: int) -> Floats:
    """Return |∂l/∂state| after each word over that after the last one, (words,)."""
    steps = recurrent.read(words)
    if not steps:
        return np.zeros(0, np.float32)
    gradient = logit_gradient(recurrent.weights, steps[-1].hidden, intent)
    norms = gradient_norms(recurrent, steps, gradient)
    relative: Floats = norms / max(float(norms[-1]), float(np.finfo(np.float32).tiny))
    return relative


def likeliest(networks: Sequence[Weights], words: Sequence[str]) -> int:
    """Return the intent that several networks together think likeliest."""
    total = sum(_probabilities(Recurrent(weights), words)[0] for weights in networks)
    return int(np.argmax(total))


def on_message(
    weights: Weights, tags: Sequence[str], words: Sequence[str], intent: int
) -> OnMessage:
    """Work out what a network does with a message. Up to 0.2 s at 14 words."""
    recurrent = Recurrent(weights)
    shares, _ = shares_of(recurrent, IntentClassifier(weights, tags, PLAIN), words)
    return OnMessage(
        shares.of_memory if shares is not None else (),
        tuple(_relative_gradient(recurrent, words, intent).tolist()),
        tuple(_probabilities(recurrent, words)[:, intent].tolist()),
    )


def _probabilities(recurrent: Recurrent, words: Sequence[str]) -> Floats:
    """Return softmax(l) after each number of filler words, (CHATTER, intents)."""
    logits = intent_logits(recurrent.weights, states_after_filler(recurrent, words))
    shifted = np.exp(logits - logits.max(axis=-1, keepdims=True))
    probabilities: Floats = shifted / shifted.sum(axis=-1, keepdims=True)
    return probabilities


def known_filler(weights: Weights) -> int:
    """Return how many words of FILLER a network knows; it reads the others as unknown."""
    known = Recurrent(weights).known
    return sum(known(word) > 0 for word in FILLER)
