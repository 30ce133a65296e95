"""The network in torch: features → word vector → cell → final state → embedding → intents.

Imported only to train. `chatbot.network.recurrent` reads the same weights in NumPy, one word at a
time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pkgutil import resolve_name
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence

from chatbot.network import CELLS, Weights


@dataclass(frozen=True, slots=True)
class Batch:
    """Messages as the network reads them; a word that occurs twice is embedded once."""

    features: Tensor
    """(features,) int64 rows of the feature table: those of the first word, of the second, …"""
    offsets: Tensor
    """(distinct,) int64 index in `features` where each distinct word begins."""
    words: Tensor
    """(messages, words) int64 index of each word among the distinct ones, padded with 0."""
    lengths: Tensor
    """(messages,) int64 number of words that are read; what follows is padding or cut off."""

    def to(self, device: torch.device) -> Batch:
        """Return the batch on a device, but for the lengths: to pack by them is the processor's."""
        return Batch(
            self.features.to(device), self.offsets.to(device), self.words.to(device), self.lengths
        )


class Parts(NamedTuple):
    """The parameters of a network, by what they do."""

    features: list[nn.Parameter]
    """The rows of the features."""
    encoder: list[nn.Parameter]
    """What makes an embedding of the rows: layer norm, word encoder, recurrent cell, projection."""
    feed_forward: list[nn.Parameter]


class WordEncoder(nn.Module):
    """Makes a word's vector wider and lets its features combine, with one residual layer.

    When chatting it costs nothing: a word that was read before is not encoded again.
    """

    def __init__(self, word_size: int, input_size: int) -> None:
        super().__init__()
        self.widen = nn.Linear(word_size, input_size)
        self.inner = nn.Linear(input_size, 4 * input_size)
        self.outer = nn.Linear(4 * input_size, input_size)
        self.norm = nn.LayerNorm(input_size)

    def forward(self, vectors: Tensor) -> Tensor:
        """Return the vectors (words, input_size) of words (words, word_size)."""
        wide = self.widen(vectors)
        # The form of GELU that needs no error function, which NumPy has not.
        inner = nn.functional.gelu(self.inner(wide), approximate="tanh")
        encoded: Tensor = self.norm(wide + self.outer(inner))
        return encoded


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of a network, but for its features and intents."""

    word_size: int
    """Numbers in the row of a feature."""
    hidden_size: int
    parts: tuple[int, ...]
    """Numbers in each part of the embedding."""
    input_size: int = 0
    """Numbers in the vector of a word that the cell reads; 0 for `word_size`, without encoder."""
    cell: str = "gru"

    @classmethod
    def of(cls, weights: Weights) -> Shape:
        """Return the shape of a network's weights."""
        return cls(
            weights.word_size,
            weights.hidden_size,
            weights.parts,
            weights.encoded_size,
            weights.cell,
        )


class Network(nn.Module):
    """Hashed word features, a one-directional recurrent layer, and what is made of its last state.

    The last state is projected to an embedding of the message, whose parts all have the same
    length; the feed-forward layer names the intent from it. A base has no intents yet.
    """

    def __init__(
        self, features: int, shape: Shape, intents: int = 0, *, sparse: bool = False
    ) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.EmbeddingBag(features, shape.word_size, mode="sum", sparse=sparse)
        # Without it the sum of a long word's features would be larger than that of a short one.
        self.norm = nn.LayerNorm(shape.word_size)
        size = shape.input_size
        self.encoder = WordEncoder(shape.word_size, size) if size else None
        recurrent = resolve_name(CELLS[shape.cell].torch_module)
        self.recurrent: nn.Module = recurrent(
            size or shape.word_size, shape.hidden_size, batch_first=True
        )
        self.projection = nn.Linear(shape.hidden_size, sum(shape.parts))
        self.feed_forward = nn.Linear(sum(shape.parts), intents) if intents else None

    @classmethod
    def from_weights(cls, weights: Weights, features: int, intents: int | None = None) -> Network:
        """Return a network that goes on from weights, with random rows for so many features.

        Its feed-forward layer is a new one for `intents` intents; without a number, the weights'.
        """
        network = cls(
            features,
            Shape.of(weights),
            len(weights.output_bias) if intents is None else intents,
        )
        state = {
            name: torch.from_numpy(np.array(array))
            for name, array in weights.parameters().items()
            if intents is None or not name.startswith("feed_forward.")
        }
        network.load_state_dict(state, strict=False)
        return network

    @torch.no_grad()
    def set_features(self, rows: Tensor) -> None:
        """Set the rows of the features, (features, word_size)."""
        self.words.weight.copy_(rows)

    @torch.no_grad()
    def set_feed_forward(self, weight: Tensor, bias: Tensor) -> None:
        """Set the feed-forward layer: weight (intents, embedding), bias (intents,)."""
        assert self.feed_forward is not None, "a base names no intents"
        self.feed_forward.weight.copy_(weight)
        self.feed_forward.bias.copy_(bias)

    @property
    def hidden_size(self) -> int:
        """Units of the hidden state."""
        return self.projection.in_features

    def parts(self) -> Parts:
        """Return the parameters by what they do: they learn at different rates."""
        encoder = [self.norm, self.recurrent, self.projection]
        if self.encoder is not None:
            encoder.append(self.encoder)
        return Parts(
            list(self.words.parameters()),
            [parameter for module in encoder for parameter in module.parameters()],
            [] if self.feed_forward is None else list(self.feed_forward.parameters()),
        )

    def final_states(self, batch: Batch) -> Tensor:
        """Return the hidden state after the last word of every message, (messages, hidden)."""
        distinct = self.norm(self.words(batch.features, batch.offsets))  # (distinct, word_size)
        if self.encoder is not None:
            distinct = self.encoder(distinct)  # (distinct, input_size)
        # Packed: no time is spent on the padding after a message's last word.
        packed = pack_padded_sequence(
            distinct[batch.words],  # (messages, words, word_size or input_size)
            batch.lengths,
            batch_first=True,
            enforce_sorted=False,
        )
        _, last = self.recurrent(packed)
        if isinstance(last, tuple):
            last = last[0]  # and not an LSTM's cell state
        state: Tensor = last[0]  # of the one layer: (messages, hidden)
        return state

    def views(self, states: Tensor) -> tuple[Tensor, ...]:
        """Return the parts of the embeddings of states (messages, hidden), each at length 1."""
        return unit_parts(self.projection(states), self.shape.parts)

    def embeddings(self, batch: Batch, mask: Tensor | None = None) -> Tensor:
        """Return the embedding of every message at length 1, (messages, embedding).

        The last states are multiplied by `mask` (messages, hidden): dropout, while training.
        """
        states = self.final_states(batch)
        if mask is not None:
            states = states * mask
        return side_by_side(self.views(states))

    def forward(self, batch: Batch, mask: Tensor | None = None) -> Tensor:
        """Return the logits of every message, (messages, intents)."""
        assert self.feed_forward is not None, "a base names no intents"
        logits: Tensor = self.feed_forward(self.embeddings(batch, mask))
        return logits


def unit_parts(projected: Tensor, parts: tuple[int, ...]) -> tuple[Tensor, ...]:
    """Return the parts of projected states (messages, embedding), each at length 1."""
    found = torch.split(projected, list(parts), dim=1)
    return tuple(nn.functional.normalize(part, dim=1) for part in found)


def side_by_side(views: Sequence[Tensor]) -> Tensor:
    """Return views, each of length 1, as one embedding (messages, embedding) of length 1."""
    embedded: Tensor = torch.cat(tuple(views), dim=1) / len(views) ** 0.5
    return embedded
