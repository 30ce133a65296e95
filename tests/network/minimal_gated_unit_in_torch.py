"""The minimal gated unit in torch, with the interface of torch.nn.GRU."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence, pad_packed_sequence


class MinimalGatedUnit(nn.Module):
    """One layer, drawn as torch draws its own cells: uniformly within ±1/√hidden."""

    def __init__(self, word_size: int, hidden_size: int, *, batch_first: bool) -> None:
        super().__init__()
        assert batch_first
        bound = hidden_size**-0.5

        def drawn(*shape: int) -> nn.Parameter:
            return nn.Parameter(torch.empty(shape).uniform_(-bound, bound))

        self.weight_ih_l0 = drawn(2 * hidden_size, word_size)
        self.weight_hh_l0 = drawn(2 * hidden_size, hidden_size)
        self.bias_ih_l0 = drawn(2 * hidden_size)
        self.bias_hh_l0 = drawn(2 * hidden_size)

    def forward(self, packed: PackedSequence) -> tuple[Tensor, Tensor]:
        """Return the words' vectors and the last states, (1, messages, hidden)."""
        vectors, lengths = pad_packed_sequence(packed, batch_first=True)
        size = self.weight_hh_l0.shape[1]
        state = torch.zeros(len(vectors), size)
        from_words = vectors @ self.weight_ih_l0.T + self.bias_ih_l0
        for t in range(vectors.shape[1]):
            from_word, from_state = from_words[:, t], state @ self.weight_hh_l0.T + self.bias_hh_l0
            keep = torch.sigmoid(from_word[:, :size] + from_state[:, :size])
            candidate = torch.tanh(from_word[:, size:] + keep * from_state[:, size:])
            after = (1 - keep) * candidate + keep * state
            state = torch.where((t < lengths)[:, None], after, state)
        return vectors, state[None]
