"""The order of the units: neighbours that agree, so that a picture of the state has shapes.

What a network computes does not depend on how its units are numbered. Training leaves them in the
random order of the start; here they are renumbered once, at the end of a training.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from chatbot.network import CELLS, Floats, Weights

Order = NDArray[np.intp]


def chain(states: Floats) -> Order:
    """Return the units in an order in which neighbours correlate over the states (n, hidden).

    A greedy nearest-neighbour chain over the correlations that begins with the unit that varies
    most.
    Mean correlation of neighbours on the default bot: .24, against .00 before.
    """
    centred = states - states.mean(axis=0)
    length = np.sqrt(np.square(centred).sum(axis=0))
    centred = centred / np.maximum(length, np.finfo(np.float32).tiny)
    alike = centred.T @ centred
    np.fill_diagonal(alike, -2.0)  # below any correlation: never its own neighbour
    unit = int(length.argmax())
    order = [unit]
    for _ in range(len(alike) - 1):
        alike[:, unit] = -2.0
        unit = int(alike[unit].argmax())
        order.append(unit)
    return np.array(order, dtype=np.intp)


def renumbered(weights: Weights, order: Sequence[int] | Order) -> Weights:
    """Return the same network with its units in another order."""
    units = np.asarray(order, dtype=np.intp)
    size, blocks = weights.hidden_size, len(CELLS[weights.cell].blocks)
    rows = np.concatenate([block * size + units for block in range(blocks)])
    return replace(
        weights,
        input_weight=weights.input_weight[rows],
        input_bias=weights.input_bias[rows],
        recurrent_weight=weights.recurrent_weight[np.ix_(rows, units)],
        recurrent_bias=weights.recurrent_bias[rows],
        projection_weight=weights.projection_weight[:, units],
    )
