"""L-BFGS finds the lowest point, whatever the scales, and stops where nothing is to be gained."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from chatbot.learning.lbfgs import Loss, lowest


def bowl(scales: Tensor, bottom: Tensor) -> tuple[list[int], Loss]:
    """Return a loss with its lowest point at `bottom`, and the list of its calls."""
    calls: list[int] = []

    def loss(at: Tensor) -> tuple[float, Tensor]:
        calls.append(1)
        away = at - bottom
        return 1 + float((scales * away.square()).sum()) / 2, scales * away

    return calls, loss


@pytest.mark.parametrize("spread", [1.0, 100.0, 10_000.0])
def test_the_lowest_point_is_found_however_unequal_the_directions_are(spread: float) -> None:
    torch.manual_seed(0)
    scales, bottom = torch.logspace(0, 1, 40) ** torch.tensor(spread).log10(), torch.randn(40)
    calls, loss = bowl(scales, bottom)
    found = lowest(loss, torch.zeros(40), 500, 0.0)
    torch.testing.assert_close(found, bottom, atol=1e-2, rtol=0)
    assert len(calls) < 600


def test_at_the_lowest_point_it_stays() -> None:
    calls, loss = bowl(torch.ones(3), torch.zeros(3))
    assert torch.equal(lowest(loss, torch.zeros(3), 100, 1e-6), torch.zeros(3))
    assert len(calls) < 5


def test_a_tolerance_ends_it_early() -> None:
    scales, bottom = torch.logspace(0, 3, 40), torch.ones(40)
    (loose, loss), (tight, again) = bowl(scales, bottom), bowl(scales, bottom)
    lowest(loss, torch.zeros(40), 500, 1e-2)
    lowest(again, torch.zeros(40), 500, 1e-7)
    assert len(loose) < len(tight)


def test_a_first_step_that_is_much_too_long_is_halved() -> None:
    _, loss = bowl(torch.full((2,), 1e6), torch.full((2,), 1e-3))
    found = lowest(loss, torch.zeros(2), 50, 0.0)
    torch.testing.assert_close(found, torch.full((2,), 1e-3), atol=1e-5, rtol=0)
