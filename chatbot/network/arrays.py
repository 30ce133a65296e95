"""Two formulas on arrays that several packages need: the logistic function, vectors of length 1."""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

F = TypeVar("F", bound=np.floating[Any])

SHORTEST = 1e-12
"""Length below which a vector counts as zero; torch.nn.functional.normalize's default."""


def logistic(x: NDArray[F]) -> NDArray[F]:
    """Return σ(x) = (1 + tanh(x / 2)) / 2: the logistic function, written so as not to overflow."""
    result: NDArray[F] = np.tanh(x * 0.5)
    result *= 0.5
    result += 0.5
    return result


def unit_length(vectors: NDArray[F]) -> NDArray[F]:
    """Return vectors (…, size) scaled to length 1; a zero vector stays zero."""
    length = np.sqrt(np.square(vectors).sum(axis=-1, keepdims=True))
    scaled: NDArray[F] = vectors / np.maximum(length, SHORTEST)
    return scaled
