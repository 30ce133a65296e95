"""Small networks of seeded random weights, and the same networks in torch."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from chatbot.network.cells import CELLS
from chatbot.network.weights import MIN_KNOWN, FeatureRows, Floats, Weights
from chatbot.words import features, words

WORD, HIDDEN, EMBEDDING, INTENTS = 12, 16, 10, 3
OWN = ("what", "time", "is", "it", "?", "tell", "me", "xin", "chào")
"""Words whose features the network has learned itself."""
BASE = ("tell", "me", "time", "something", "new", "please", "laugh")
"""Words whose features the base has: some are fine-tuned, so both have them."""


def seeded(cell: str) -> Weights:
    """Return random weights; the fine-tuned rows of a feature differ from the base's."""
    rng = np.random.default_rng(7)
    rows = len(CELLS[cell].blocks) * HIDDEN

    def drawn(*shape: int) -> Floats:
        return rng.normal(0, 0.4, shape).astype(np.float32)

    return Weights(
        cell=cell,
        own=feature_rows(OWN, rng),
        norm_weight=1 + drawn(WORD),
        norm_bias=drawn(WORD),
        input_weight=drawn(rows, WORD),
        recurrent_weight=drawn(rows, HIDDEN),
        input_bias=drawn(rows),
        recurrent_bias=drawn(rows),
        projection_weight=drawn(EMBEDDING, HIDDEN),
        projection_bias=drawn(EMBEDDING),
        output_weight=drawn(INTENTS, EMBEDDING),
        output_bias=drawn(INTENTS),
        base=feature_rows(BASE, rng),
    )


def feature_rows(known: Iterable[str], rng: np.random.Generator) -> FeatureRows:
    """Return random rows for the features of some words, and one for the unknown feature."""
    hashes = np.array(sorted({h for word in known for h in features(word)}), np.uint32)
    return FeatureRows(hashes, rng.normal(0, 1, (len(hashes) + 1, WORD)).astype(np.float16))


def vectors_of(weights: Weights, word: str) -> list[Floats]:
    """Return the vectors of a word's features, looked up one by one: own, else base, else unknown.

    A word of which too few features are known has the vector of the unknown feature alone.
    """
    own = dict(zip(weights.own.hashes.tolist(), weights.own.vectors[1:], strict=True))
    base = dict(zip(weights.base.hashes.tolist(), weights.base.vectors[1:], strict=True))
    rows = {**base, **own}
    found = [rows.get(h) for h in features(word)]
    unknown = weights.own.vectors[0]
    if sum(row is not None for row in found) < MIN_KNOWN * len(found):
        found = [None]
    return [np.asarray(unknown if row is None else row, np.float32) for row in found]


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
