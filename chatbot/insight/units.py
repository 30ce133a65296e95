"""Units: what each contributes to an answer, and what drives a unit or an intent's direction.

A unit is read along its own axis of the state. An intent has a direction there too, the one in
which its logit rises: its words and patterns are read in the same way, and more easily, since the
units of a recurrent network mostly serve several purposes at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from chatbot.insight.neighbours import PatternStates
from chatbot.network import SHORTEST, Floats, Weights, lengths, projected

SHOWN = 5

LEAST_OFTEN = 3
"""Occurrences in the patterns from which a word is listed: a single one may be an accident."""


class WordEffect(NamedTuple):
    """How a word moves a value, averaged over its occurrences in the patterns."""

    word: str
    change: float
    """Mean of the value after the word less that before it."""
    times: int


class Driven(NamedTuple):
    """A pattern and the word of it after which a value is highest or lowest."""

    pattern: str
    intent: str
    word: str
    value: float


@dataclass(frozen=True, slots=True)
class Portrait:
    """What drives one unit, or one direction of the state, over all patterns of the bot."""

    raised_by: tuple[WordEffect, ...]
    """Words that move the value up most, the strongest first."""
    lowered_by: tuple[WordEffect, ...]
    highest: tuple[Driven, ...]
    """Patterns that drive the value highest, each at its highest word."""
    lowest: tuple[Driven, ...]
    speaks_for: tuple[tuple[str, float], ...]
    """Intents, the most favoured first, with how much their centred logit rises when the value
    rises by 1 and the embedding keeps the mean length that it has after the patterns."""
    mean: float
    """Mean of the value after the patterns' last words."""
    deviation: float
    """Standard deviation of the same."""


def contributions(weights: Weights, state: Floats, intent: int, rival: int | None = None) -> Floats:
    """Return what each unit (hidden,) adds to an intent's centred logit, or to its lead on a rival.

    With e = P h + p, whose parts are divided by their lengths d (see `network.lengths`), and w the
    intent's row less the mean row (or the rival's), the logit is w·(e / d) + b. Unit i adds
    h_i (Pᵀ (w / d))_i; the rest of the logit belongs to no unit: the biases, w·(p / d) + b.
    """
    divisors = lengths(weights, projected(weights, state))
    direction: Floats = weights.projection_weight.T @ (_row(weights, intent, rival) / divisors)
    return state * direction


def decisive(weights: Weights, state: Floats, logits: Floats) -> Floats:
    """Return how much each unit (hidden,) decides between the two best of the logits (intents,)."""
    if len(logits) < 2:
        return np.abs(state)
    second, best = np.argsort(logits, kind="stable")[-2:].tolist()
    return np.abs(contributions(weights, state, best, second))


def direction_of_unit(weights: Weights, unit: int) -> Floats:
    """Return the axis of a unit, (hidden,)."""
    axis = np.zeros(weights.hidden_size, np.float32)
    axis[unit] = 1
    return axis


def direction_of_intent(weights: Weights, intent: int) -> Floats:
    """Return the direction (hidden,), of length 1, in which an intent's centred logit rises."""
    direction = weights.projection_weight.T @ _row(weights, intent, None)
    return direction / max(float(np.linalg.norm(direction)), SHORTEST)


def portrait(patterns: PatternStates, direction: Floats) -> Portrait:
    """Work out what drives the value along a direction (hidden,). 5 ms for 800 patterns."""
    changes: dict[str, list[float]] = {}
    ends: list[tuple[Driven, Driven]] = []
    for reading in patterns.readings:
        values = reading.states @ direction
        before = np.concatenate(([np.float32(0)], values[:-1]))
        for word, change in zip(reading.words, (values - before).tolist(), strict=True):
            changes.setdefault(word, []).append(change)
        high, low = int(values.argmax()), int(values.argmin())
        ends.append(
            (
                Driven(reading.pattern, reading.intent, reading.words[high], float(values[high])),
                Driven(reading.pattern, reading.intent, reading.words[low], float(values[low])),
            )
        )
    effects = [WordEffect(word, sum(seen) / len(seen), len(seen)) for word, seen in changes.items()]
    often = [effect for effect in effects if effect.times >= LEAST_OFTEN] or effects
    often.sort(key=lambda effect: -effect.change)
    finals = patterns.finals @ direction
    return Portrait(
        raised_by=tuple(effect for effect in often[:SHOWN] if effect.change > 0),
        lowered_by=tuple(effect for effect in often[: -SHOWN - 1 : -1] if effect.change < 0),
        highest=tuple(sorted((high for high, _ in ends), key=lambda d: -d.value)[:SHOWN]),
        lowest=tuple(sorted((low for _, low in ends), key=lambda d: d.value)[:SHOWN]),
        speaks_for=_speaks_for(patterns, direction),
        mean=float(finals.mean()) if len(finals) else 0.0,
        deviation=float(finals.std()) if len(finals) else 0.0,
    )


def _speaks_for(patterns: PatternStates, direction: Floats) -> tuple[tuple[str, float], ...]:
    weights = patterns.reader.weights
    divisors = np.ones(weights.embedding_size, np.float32)
    if len(patterns.finals):
        divisors = lengths(weights, projected(weights, patterns.finals)).mean(axis=0)
    rows = weights.output_weight - weights.output_weight.mean(axis=0)
    rises = rows @ ((weights.projection_weight @ direction) / divisors)
    intents = patterns.reader.classifier.intents
    return tuple((intents[k], float(rises[k])) for k in np.argsort(-rises, kind="stable"))


def _row(weights: Weights, intent: int, rival: int | None) -> Floats:
    other = weights.output_weight.mean(axis=0) if rival is None else weights.output_weight[rival]
    row: Floats = weights.output_weight[intent] - other
    return row
