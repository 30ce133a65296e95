"""The network in torch: word features → embedding → recurrent cell → final state → feed-forward.

Imported only to train. `chatbot.recurrent` reads the same weights in NumPy, one word at a time.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from chatbot.weights import CellKind

_CELLS: dict[CellKind, type[nn.GRU] | type[nn.LSTM] | type[nn.RNN]] = {
    "gru": nn.GRU,
    "lstm": nn.LSTM,
    "rnn": nn.RNN,
}


@dataclass(frozen=True, slots=True)
class Batch:
    """Messages as the network takes them; a word that occurs twice is embedded once."""

    features: Tensor
    """(features,) int64 rows of the embedding: those of the first word, of the second, …"""
    offsets: Tensor
    """(distinct,) int64 index in `features` where each distinct word begins."""
    words: Tensor
    """(messages, words) int64 index of each word among the distinct ones, padded with 0."""
    lengths: Tensor
    """(messages,) int64 number of words that are read; what follows them is not."""


class IntentNetwork(nn.Module):
    """Hashed word features, a one-directional recurrent layer, a linear layer on its last state."""

    def __init__(
        self, features: int, word_size: int, hidden_size: int, intents: int, cell: CellKind = "gru"
    ) -> None:
        super().__init__()
        self.cell_kind = cell
        # The mean of a word's features: a long word must not be louder than a short one.
        self.embedding = nn.EmbeddingBag(features, word_size, mode="mean")
        self.recurrent = _CELLS[cell](word_size, hidden_size, batch_first=True)
        self.feed_forward = nn.Linear(hidden_size, intents)

    def final_states(self, batch: Batch) -> Tensor:
        """Return the hidden state after the last word of every message, (messages, hidden)."""
        distinct = self.embedding(batch.features, batch.offsets)  # (distinct, word_size)
        hidden, _ = self.recurrent(distinct[batch.words])  # (messages, words, hidden)
        last: Tensor = hidden[torch.arange(len(hidden)), batch.lengths - 1]  # (messages, hidden)
        return last

    def forward(self, batch: Batch) -> Tensor:
        """Return the logits of every message, (messages, intents)."""
        logits: Tensor = self.feed_forward(self.final_states(batch))
        return logits
