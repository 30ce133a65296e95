"""L-BFGS (Liu and Nocedal 1989): finds the lowest point of a smooth convex loss.

SciPy's works in double precision and takes as long for itself as for the loss; torch's imports the
compiler of torch first, which takes longer than a training needs it for.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

import torch
from torch import Tensor

PAIRS = 10
"""Steps that it remembers the curvature of; SciPy's default."""

ENOUGH = 1e-4
"""Share of the fall that the slope promises from which a step is taken (Armijo's condition)."""

HALVINGS = 30
"""Of a step at most: what is shorter is lost in rounding."""

Loss = Callable[[Tensor], tuple[float, Tensor]]
"""Returns the loss and its gradient."""


def lowest(loss: Loss, start: Tensor, iterations: int, tolerance: float) -> Tensor:
    """Return where a loss is lowest.

    It ends after so many iterations, or once an iteration lowers the loss by no more than
    `tolerance` times itself. The loss must be positive and strictly convex: only then is every step
    one down, and its curvature positive.
    """
    at, (value, gradient) = start, loss(start)
    pairs: deque[tuple[Tensor, Tensor, float]] = deque(maxlen=PAIRS)
    for _ in range(iterations):
        direction = _direction(gradient, pairs)
        slope = _dot(gradient, direction)
        length = 1.0 if pairs else 1 / max(1.0, float(gradient.norm()))
        for _ in range(HALVINGS):
            there = at + length * direction
            new, new_gradient = loss(there)
            if new <= value + ENOUGH * length * slope:
                break
            length /= 2
        else:
            return at
        step, change = there - at, new_gradient - gradient
        curvature = _dot(step, change)
        if curvature > 0:  # else lost in rounding
            pairs.append((step, change, curvature))
        fall = value - new
        at, value, gradient = there, new, new_gradient
        if fall <= tolerance * value:
            break
    return at


def _direction(gradient: Tensor, pairs: deque[tuple[Tensor, Tensor, float]]) -> Tensor:
    """Return the way down: the slope, corrected by what is known of the curvature."""
    down = -gradient
    shares = []
    for step, change, curvature in reversed(pairs):
        shares.append(_dot(step, down) / curvature)
        down -= shares[-1] * change
    if pairs:
        _, change, curvature = pairs[-1]
        down *= curvature / _dot(change, change)
    for (step, change, curvature), share in zip(pairs, reversed(shares), strict=True):
        down += (share - _dot(change, down) / curvature) * step
    return down


def _dot(one: Tensor, other: Tensor) -> float:
    return float(torch.dot(one.flatten(), other.flatten()))
