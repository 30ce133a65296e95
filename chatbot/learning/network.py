"""The network in torch: features → recurrent cell → final state → embedding → intents.

Imported only to train. `chatbot.network.recurrent` reads the same weights in NumPy, one word at a
time.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
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
        """Return the batch on a device."""
        return Batch(*(getattr(self, field.name).to(device) for field in fields(self)))


class Parts(NamedTuple):
    """The parameters of a network, by what they do."""

    features: list[nn.Parameter]
    """The rows of the features."""
    encoder: list[nn.Parameter]
    """What makes an embedding of the rows: layer norm, recurrent cell, projection."""
    feed_forward: list[nn.Parameter]


class Network(nn.Module):
    """Hashed word features, a one-directional recurrent layer, and what is made of its last state.

    The last state is projected to an embedding of the message; the feed-forward layer names the
    intent from the embedding's direction. A base has no intents yet.
    """

    def __init__(
        self,
        features: int,
        word_size: int,
        hidden_size: int,
        embedding_size: int,
        intents: int = 0,
        cell: str = "gru",
    ) -> None:
        super().__init__()
        self.cell = cell
        self.words = nn.EmbeddingBag(features, word_size, mode="sum")
        # Without it the sum of a long word's features would be larger than that of a short one.
        self.norm = nn.LayerNorm(word_size)
        recurrent = resolve_name(CELLS[cell].torch_module)
        self.recurrent: nn.Module = recurrent(word_size, hidden_size, batch_first=True)
        self.projection = nn.Linear(hidden_size, embedding_size)
        self.feed_forward = nn.Linear(embedding_size, intents) if intents else None

    @classmethod
    def from_weights(cls, weights: Weights, features: int, intents: int | None = None) -> Network:
        """Return a network that goes on from weights, with random rows for so many features.

        Its feed-forward layer is a new one for `intents` intents; without a number, the weights'.
        """
        network = cls(
            features,
            weights.word_size,
            weights.hidden_size,
            weights.embedding_size,
            len(weights.output_bias) if intents is None else intents,
            weights.cell,
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
        encoder = (self.norm, self.recurrent, self.projection)
        return Parts(
            list(self.words.parameters()),
            [parameter for module in encoder for parameter in module.parameters()],
            [] if self.feed_forward is None else list(self.feed_forward.parameters()),
        )

    def final_states(self, batch: Batch) -> Tensor:
        """Return the hidden state after the last word of every message, (messages, hidden)."""
        distinct = self.norm(self.words(batch.features, batch.offsets))  # (distinct, word_size)
        # Packed: no time is spent on the padding after a message's last word.
        packed = pack_padded_sequence(
            distinct[batch.words],  # (messages, words, word_size)
            batch.lengths.cpu(),
            batch_first=True,
            enforce_sorted=False,
        )
        _, last = self.recurrent(packed)
        if isinstance(last, tuple):
            last = last[0]  # and not an LSTM's cell state
        state: Tensor = last[0]  # of the one layer: (messages, hidden)
        return state

    def embeddings(self, batch: Batch, mask: Tensor | None = None) -> Tensor:
        """Return the embedding of every message at length 1, (messages, embedding).

        The last states are multiplied by `mask` (messages, hidden): dropout, while training.
        """
        states = self.final_states(batch)
        if mask is not None:
            states = states * mask
        return nn.functional.normalize(self.projection(states), dim=1)

    def forward(self, batch: Batch, mask: Tensor | None = None) -> Tensor:
        """Return the logits of every message, (messages, intents)."""
        assert self.feed_forward is not None, "a base names no intents"
        logits: Tensor = self.feed_forward(self.embeddings(batch, mask))
        return logits
