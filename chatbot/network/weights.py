"""The weights of a model as NumPy arrays: training writes them, chatting reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from chatbot.network.arrays import normed
from chatbot.network.memory import Memory
from chatbot.network.rows import UNKNOWN_ROW, Floats, Rows

if TYPE_CHECKING:
    from chatbot.network.tagger import Tagger

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

ENCODER = {
    "encoder.widen.weight": "widen_weight",
    "encoder.widen.bias": "widen_bias",
    "encoder.inner.weight": "inner_weight",
    "encoder.inner.bias": "inner_bias",
    "encoder.outer.weight": "outer_weight",
    "encoder.outer.bias": "outer_bias",
    "encoder.norm.weight": "norm_weight",
    "encoder.norm.bias": "norm_bias",
}
"""The same for the word encoder, which a network need not have: → field of WordEncoder."""

MIN_KNOWN = 0.25
"""Share of a word's features that training must have seen; with less, the word is unknown.

A single n-gram in common is chance, not similarity."""


def is_unknown(known: NDArray[np.bool_]) -> bool:
    """Return whether a word is unknown, given which of its features training has seen.

    Training and chatting share this rule.
    """
    return bool(np.count_nonzero(known) < MIN_KNOWN * len(known))


@dataclass(frozen=True, slots=True)
class WordEncoder:
    """Makes a word's vector wider and lets its features combine, with one residual layer.

    x = norm(w + O gelu(I w + i) + o)  with  w = W v + b  for the vector v of a word.
    """

    widen_weight: Floats
    """(input, word_size)"""
    widen_bias: Floats
    inner_weight: Floats
    """(inner, input)"""
    inner_bias: Floats
    outer_weight: Floats
    """(input, inner)"""
    outer_bias: Floats
    norm_weight: Floats
    """(input,)"""
    norm_bias: Floats

    @property
    def input_size(self) -> int:
        """Numbers in the vector that the cell reads."""
        return len(self.norm_bias)

    def encode(self, vectors: Floats) -> Floats:
        """Return the vectors (…, input) that the cell reads for those (…, word_size) of words."""
        wide = vectors @ self.widen_weight.T + self.widen_bias
        inner = wide @ self.inner_weight.T + self.inner_bias
        # GELU (Hendrycks and Gimpel 2016) in the form with tanh, as in training.
        inner *= 0.5 + 0.5 * np.tanh(0.7978845608 * (inner + 0.044715 * inner**3))
        wide += inner @ self.outer_weight.T + self.outer_bias
        return normed(wide, self.norm_weight, self.norm_bias)


@dataclass(frozen=True)
class Weights:
    """One network: feature rows, layer norm, encoder, cell, projection, feed-forward layer."""

    cell: str
    """Its kind: a name in the table of cells."""
    own: Rows
    """Features that this model has learned itself; row 0 is the unknown feature."""
    norm_weight: Floats
    """(word_size,)"""
    norm_bias: Floats
    """(word_size,)"""
    input_weight: Floats
    """(blocks · hidden, word_size), or with an encoder (blocks · hidden, input)"""
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
    base: Rows = field(repr=False)
    """Features of the pretrained base, for those that `own` lacks; none without a base."""
    encoder: WordEncoder | None = field(default=None, repr=False)
    memory: Memory | None = field(default=None, repr=False)
    """Of the patterns that it was trained on; None for a base, and for a network without one."""
    tagger: Tagger | None = field(default=None, repr=False)
    """Finds values of slots; None where no pattern marks any."""
    split: tuple[int, ...] = ()
    """Numbers in each part of the embedding; () for a single part. See `parts`."""

    @classmethod
    def from_parameters(
        cls,
        cell: str,
        parameters: Mapping[str, NDArray[Any]],
        own: Rows,
        base: Rows,
        parts: tuple[int, ...] = (),
    ) -> Weights:
        """Return weights from parameters by their torch names, and from the rows of features."""
        arrays: dict[str, Any] = {field: parameters[name] for name, field in PARAMETERS.items()}
        encoder = None
        if "encoder.norm.bias" in parameters:
            encoder = WordEncoder(**{field: parameters[name] for name, field in ENCODER.items()})
        return cls(cell=cell, own=own, base=base, encoder=encoder, split=parts, **arrays)

    def parameters(self) -> dict[str, Floats]:
        """Return the parameters by their torch names, without the rows of features."""
        named = {name: getattr(self, field) for name, field in PARAMETERS.items()}
        if self.encoder is not None:
            named |= {name: getattr(self.encoder, field) for name, field in ENCODER.items()}
        return named

    def with_intents(self, chosen: Sequence[int]) -> Weights:
        """Return the network that decides among the chosen intents alone, in that order.

        What the others are about is beyond it: their prototypes are remembered as such.
        """
        rows = np.array(chosen, dtype=np.intp)
        memory = self.memory
        if memory is not None:
            others = np.delete(memory.prototypes, rows, axis=0)
            memory = replace(
                memory,
                prototypes=memory.prototypes[rows],
                beyond=others,
            )
        return replace(
            self,
            output_weight=self.output_weight[rows],
            output_bias=self.output_bias[rows],
            memory=memory,
        )

    @property
    def parts(self) -> tuple[int, ...]:
        """Numbers in each part of the embedding; every part has the same length, 1/√parts."""
        return self.split or (self.embedding_size,)

    @property
    def encoded_size(self) -> int:
        """Numbers in the vector that the word encoder gives the cell; 0 without an encoder."""
        return self.encoder.input_size if self.encoder else 0

    @property
    def input_size(self) -> int:
        """Numbers in the vector that the cell reads for a word."""
        return int(self.input_weight.shape[1])

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
        return self.own.word_size

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
            return self.own.at(np.array([UNKNOWN_ROW])), np.zeros(1, dtype=bool)
        vectors = self.own.at(own)
        from_base = (own == UNKNOWN_ROW) & (base != UNKNOWN_ROW)
        vectors[from_base] = self.base.at(base[from_base])
        return vectors, known
