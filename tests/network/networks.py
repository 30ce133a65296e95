"""The network in torch, from the same weights: what the NumPy network is compared with."""

from __future__ import annotations

import numpy as np

from chatbot.network.rows import Floats, Rows
from chatbot.network.weights import MIN_KNOWN, Weights
from chatbot.words import features, words


def vectors_of(weights: Weights, word: str) -> list[Floats]:
    """Return the vectors of a word's features, looked up one by one: own, else base, else unknown.

    A word of which too few features are known has the vector of the unknown feature alone.
    """
    own = dict(zip(weights.own.hashes.tolist(), every(weights.own)[1:], strict=True))
    base = dict(zip(weights.base.hashes.tolist(), every(weights.base)[1:], strict=True))
    rows = {**base, **own}
    found = [rows.get(h) for h in features(word)]
    unknown = every(weights.own)[0]
    if sum(row is not None for row in found) < MIN_KNOWN * len(found):
        found = [None]
    return [np.asarray(unknown if row is None else row, np.float32) for row in found]


def every(rows: Rows) -> Floats:
    """Return all vectors of rows, (features + 1, word_size)."""
    return rows.at(np.arange(len(rows)))


def torch_states(weights: Weights, message: str) -> tuple[np.ndarray, np.ndarray]:
    """Return every state (words, hidden) and the last logits, by the network in torch."""
    import torch

    from chatbot.learning.network import Batch, Network

    found = [vectors_of(weights, word) for word in words(message)]
    network = Network.from_weights(weights, sum(len(vectors) for vectors in found))
    network.set_features(torch.from_numpy(np.stack([v for vectors in found for v in vectors])))
    counts = np.array([len(vectors) for vectors in found])
    batch = Batch(
        torch.arange(int(counts.sum())),
        torch.from_numpy(np.cumsum(counts) - counts),
        torch.arange(len(found)).repeat(len(found), 1),
        torch.arange(1, len(found) + 1),  # every prefix
    )
    with torch.no_grad():
        return network.final_states(batch).numpy(), network(batch)[-1].numpy()
