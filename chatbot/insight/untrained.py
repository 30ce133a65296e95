"""An untrained network: a cell with random weights, as guides to recurrent networks draw it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from chatbot.network import CELLS, Floats, Weights


def untrained_weights(weights: Weights, cell: str, seed: int) -> Weights:
    """Return a network that reads the same word vectors with a cell that has learned nothing.

    Its weights are drawn as PyTorch draws a new cell's, uniformly within ±1/√hidden.
    """
    rng = np.random.default_rng(seed)
    size, bound = weights.hidden_size, weights.hidden_size**-0.5

    def drawn(*shape: int) -> Floats:
        return rng.uniform(-bound, bound, shape).astype(np.float32)

    rows = len(CELLS[cell].blocks) * size
    return replace(
        weights,
        cell=cell,
        input_weight=drawn(rows, weights.input_size),
        recurrent_weight=drawn(rows, size),
        input_bias=drawn(rows),
        recurrent_bias=drawn(rows),
    )
