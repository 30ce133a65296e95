"""The weights of a model as NumPy arrays: training writes them, chatting reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

PARAMETERS = {
    "norm.weight": "norm_weight",
    "norm.bias": "norm_bias",
    "recurrent.weight_ih_l0": "input_weight",
    "recurrent.weight_hh_l0": "recurrent_weight",
    "recurrent.bias_ih_l0": "input_bias",
    "recurrent.bias_hh_l0": "recurrent_bias",
    "projection.weight": "projection_weight",
    "projection.bias": "projection_bias",
    "feed_forward.weight": "output_weight",
    "feed_forward.bias": "output_bias",
}
"""Name of a parameter in torch's state dict and in a weights file → field of Weights.

The rows of features are not among them: torch has them all in `words.weight`, here some are the
base's."""

Floats = NDArray[np.float32]
Halves = NDArray[np.float16]
Hashes = NDArray[np.uint32]

UNKNOWN_ROW = 0
"""Row of the embedding for every feature that training has not seen."""

MIN_KNOWN = 0.25
"""Share of a word's features that training must have seen; with less, the word is unknown.

A single n-gram in common is chance, not similarity."""


@dataclass(frozen=True, slots=True)
class FeatureRows:
    """Vectors of features: row 0 is the unknown feature, row i + 1 belongs to `hashes[i]`."""

    hashes: Hashes
    """(features,) in rising order"""
    vectors: Halves
    """(features + 1, word_size), half precision as on disk; a large file is mapped, not read"""

    def find(self, hashes: Sequence[int]) -> NDArray[np.intp]:
        """Return the row of every hash, UNKNOWN_ROW where it has none."""
        return find_rows(self.hashes, np.array(hashes, dtype=np.uint32))

    @classmethod
    def none(cls, word_size: int) -> FeatureRows:
        """Return the rows of no features."""
        return cls(np.zeros(0, np.uint32), np.zeros((1, word_size), np.float16))


def find_rows(among: Hashes, hashes: Hashes) -> NDArray[np.intp]:
    """Return the row (index + 1) of every hash in the sorted `among`, UNKNOWN_ROW for the rest."""
    if not len(among):
        return np.full(len(hashes), UNKNOWN_ROW, dtype=np.intp)
    index = np.searchsorted(among, hashes)
    index[index == len(among)] = 0
    return np.where(among[index] == hashes, index + 1, UNKNOWN_ROW)


def is_unknown(known: NDArray[np.bool_]) -> bool:
    """Return whether a word is unknown, given which of its features training has seen.

    Training and chatting share this rule.
    """
    return bool(np.count_nonzero(known) < MIN_KNOWN * len(known))


@dataclass(frozen=True)
class Weights:
    """One trained network: feature rows, layer norm, cell, projection, feed-forward layer."""

    cell: str
    """Its kind: a name in the table of cells."""
    own: FeatureRows
    """Features that this model has learned itself; row 0 is the unknown feature."""
    norm_weight: Floats
    """(word_size,)"""
    norm_bias: Floats
    """(word_size,)"""
    input_weight: Floats
    """(blocks · hidden, word_size)"""
    recurrent_weight: Floats
    """(blocks · hidden, hidden)"""
    input_bias: Floats
    """(blocks · hidden,)"""
    recurrent_bias: Floats
    """(blocks · hidden,)"""
    projection_weight: Floats
    """(embedding, hidden), from the last state to the embedding of the message"""
    projection_bias: Floats
    """(embedding,)"""
    output_weight: Floats
    """(intents, embedding), the feed-forward layer; of a base (0, embedding)"""
    output_bias: Floats
    """(intents,)"""
    base: FeatureRows = field(repr=False)
    """Features of the pretrained base, for those that `own` lacks; none without a base."""

    @classmethod
    def from_parameters(
        cls, cell: str, parameters: Mapping[str, NDArray[Any]], own: FeatureRows, base: FeatureRows
    ) -> Weights:
        """Return weights from parameters by their torch names, and from the rows of features."""
        arrays = {field: parameters[name] for name, field in PARAMETERS.items()}
        return cls(cell=cell, own=own, base=base, **arrays)

    def parameters(self) -> dict[str, Floats]:
        """Return the parameters by their torch names, without the rows of features."""
        return {name: getattr(self, field) for name, field in PARAMETERS.items()}

    @property
    def hidden_size(self) -> int:
        """Units in the hidden state."""
        return int(self.recurrent_weight.shape[1])

    @property
    def embedding_size(self) -> int:
        """Numbers in the embedding of a message."""
        return len(self.projection_bias)

    @property
    def word_size(self) -> int:
        """Numbers in a word's vector."""
        return int(self.own.vectors.shape[1])

    @property
    def has_base(self) -> bool:
        """Whether it was fine-tuned from a pretrained base."""
        return len(self.base.hashes) > 0

    def feature_vectors(self, hashes: Sequence[int]) -> tuple[Floats, NDArray[np.bool_]]:
        """Return the vector of each feature of a word, and which of them training has seen.

        An unknown word has one vector, that of the unknown feature. Shapes (features, word_size)
        and (features,).
        """
        own = self.own.find(hashes)
        base = self.base.find(hashes)
        known = (own != UNKNOWN_ROW) | (base != UNKNOWN_ROW)
        if is_unknown(known):
            return self.own.vectors[[UNKNOWN_ROW]].astype(np.float32), np.zeros(1, dtype=bool)
        vectors = self.own.vectors[own].astype(np.float32)
        from_base = (own == UNKNOWN_ROW) & (base != UNKNOWN_ROW)
        vectors[from_base] = self.base.vectors[base[from_base]]
        return vectors, known
