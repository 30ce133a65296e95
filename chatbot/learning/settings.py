"""What one training does."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """What one training does."""

    cell: str = "gru"
    hidden_size: int | None = None
    """Units of the hidden state; None for the base's, or 128 where the base cannot be used."""
    seed: int = 0
    held_out_share: float = 0.15
    use_base: bool = True
