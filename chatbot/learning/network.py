"""The network in torch: features → recurrent cell → final state → embedding → intents.

Imported only to train. `chatbot.network.recurrent` reads the same weights in NumPy, one word at
a time.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence

from chatbot.network import CellKind

_CELLS: dict[CellKind, type[nn.GRU] | type[nn.LSTM] | type[nn.RNN]] = {
    "gru": nn.GRU,
    "lstm": nn.LSTM,
    "rnn": nn.RNN,
}


@dataclass(frozen=True, slots=True)
class Batch:
    """Messages as the network takes them; a word that occurs twice is embedded once."""

    features: Tensor
    """(features,) int64 rows of the feature table: those of the first word, of the second, …"""
    offsets: Tensor
    """(distinct,) int64 index in `features` where each distinct word begins."""
    words: Tensor
    """(messages, words) int64 index of each word among the distinct ones, padded with 0."""
    lengths: Tensor
    """(messages,) int64 number of words that are read; what follows them is not."""

    def to(self, device: torch.device) -> Batch:
        """Return the batch on a device."""
        return Batch(*(getattr(self, field.name).to(device) for field in fields(self)))


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
        cell: CellKind = "gru",
    ) -> None:
        super().__init__()
        self.cell_kind = cell
        self.words = nn.EmbeddingBag(features, word_size, mode="sum")
        # The sum of a long word's features must not be louder than that of a short one.
        self.norm = nn.LayerNorm(word_size)
        self.recurrent = _CELLS[cell](word_size, hidden_size, batch_first=True)
        self.projection = nn.Linear(hidden_size, embedding_size)
        self.feed_forward = nn.Linear(embedding_size, intents) if intents else None

    def final_states(self, batch: Batch) -> Tensor:
        """Return the hidden state after the last word of every message, (messages, hidden)."""
        distinct = self.norm(self.words(batch.features, batch.offsets))  # (distinct, word_size)
        # Packed: no time goes into what stands behind a message's last word.
        packed = pack_padded_sequence(
            distinct[batch.words],  # (messages, words, word_size)
            batch.lengths.cpu(),
            batch_first=True,
            enforce_sorted=False,
        )
        _, last = self.recurrent(packed)
        if self.cell_kind == "lstm":
            last = last[0]  # and not the cell's memory
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
