"""Formulas on arrays that several modules need: logistic function, unit length, layer norm."""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

F = TypeVar("F", bound=np.floating[Any])

NORM_EPSILON = 1e-5
"""Added to the variance in the layer norm; torch.nn.LayerNorm's default."""

SHORTEST = 1e-12
"""Length below which a vector counts as zero; torch.nn.functional.normalize's default."""


A_FEW = 3
"""Rows up to which a product with a large matrix is quicker row by row: before it multiplies
several, the library copies the matrix."""


def products(rows: NDArray[np.float32], matrix: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the products (…, numbers) of rows (…, size) with those of a matrix (numbers, size)."""
    if rows.ndim == 2 and 1 < len(rows) <= A_FEW:
        return np.array([matrix.dot(row) for row in rows])
    found: NDArray[np.float32] = rows @ matrix.T
    return found


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


def normed(
    vectors: NDArray[np.float32], weight: NDArray[np.float32], bias: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return the layer norm (Ba et al. 2016) of vectors (…, size)."""
    centred = vectors - vectors.mean(axis=-1, keepdims=True)
    centred /= np.sqrt(np.square(centred).mean(axis=-1, keepdims=True) + NORM_EPSILON)
    result: NDArray[np.float32] = centred * weight + bias
    return result
