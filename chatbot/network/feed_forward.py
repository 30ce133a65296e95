"""The feed-forward layer on a hidden state: its embedding, and the logit of every intent."""

from __future__ import annotations

from chatbot.network.arrays import unit_length
from chatbot.network.weights import Floats, Weights


def embeddings(weights: Weights, states: Floats) -> Floats:
    """Return the embeddings (…, embedding) of hidden states (…, hidden), at length 1."""
    embedded: Floats = states @ weights.projection_weight.T
    embedded += weights.projection_bias
    return unit_length(embedded)


def intent_logits(weights: Weights, states: Floats) -> Floats:
    """Return the logits (…, intents) of hidden states (…, hidden).

    The feed-forward layer sees the direction of the embedding:  l = W e / |e| + b.
    """
    logits: Floats = embeddings(weights, states) @ weights.output_weight.T
    logits += weights.output_bias
    return logits
