"""The feed-forward layer on a hidden state: its embedding, and the logit of every intent."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from chatbot.network.arrays import SHORTEST, products
from chatbot.network.rows import Floats
from chatbot.network.weights import Weights

AT_ONCE = 1_024
"""Embeddings that are brought to length 1 at a time."""


def projected(weights: Weights, states: Floats) -> Floats:
    """Return the projections (…, embedding) of hidden states (…, hidden), of any length."""
    found = products(states, weights.projection_weight)
    found += weights.projection_bias
    return found


def lengths(weights: Weights, projections: Floats) -> Floats:
    """Return what the numbers of projections (…, embedding) are divided by in the embedding.

    The length of the part that a number belongs to, times √parts: each part of the embedding then
    has the length 1/√parts, and the whole has length 1.
    """
    starts, part = _parts(weights.parts)
    squares = np.add.reduceat(np.square(projections), starts, axis=-1)
    found: Floats = np.maximum(np.sqrt(squares), SHORTEST)
    found *= np.float32(len(starts) ** 0.5)
    return found.take(part, axis=-1)


def part_starts(weights: Weights) -> NDArray[np.intp]:
    """Return the index of the first number of each part of the embedding, (parts,)."""
    return _parts(weights.parts)[0]


@cache
def _parts(sizes: tuple[int, ...]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return where each part begins, (parts,), and the part of each number, (embedding,)."""
    starts = np.cumsum((0, *sizes[:-1]), dtype=np.intp)
    return starts, np.repeat(np.arange(len(sizes)), sizes)


def embeddings(weights: Weights, states: Floats) -> Floats:
    """Return the embeddings (…, embedding) of hidden states (…, hidden), at length 1."""
    found = projected(weights, states)
    if found.ndim == 1:
        found /= lengths(weights, found)
        return found
    for start in range(0, len(found), AT_ONCE):  # without a second array of all
        some = found[start : start + AT_ONCE]
        some /= lengths(weights, some)
    return found


def intent_logits(weights: Weights, states: Floats) -> Floats:
    """Return the logits (…, intents) of hidden states (…, hidden).

    The feed-forward layer sees the embedding e, the direction of each part:  l = W e + b.
    """
    return logits_of(weights, embeddings(weights, states))


def logits_of(weights: Weights, embedded: Floats) -> Floats:
    """Return the logits (…, intents) of embeddings (…, embedding)."""
    logits = products(embedded, weights.output_weight)
    logits += weights.output_bias
    return logits
