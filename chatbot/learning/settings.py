"""What one training does."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from chatbot.model import files
from chatbot.network import ModelError


@dataclass(frozen=True, slots=True)
class Settings:
    """What one training does."""

    cell: str = "gru"
    hidden_size: int | None = None
    """Units of the hidden state; None for the base's, or 128 where the base cannot be used."""
    seed: int = 0
    held_out_share: float = 0.15
    use_base: bool = True

    @classmethod
    def like(cls, model: Path, seed: int = 0) -> Settings:
        """Return the settings for one more network of the kind of a model, in its folder.

        Where there is none that can be read, they are the usual ones.
        """
        try:
            card = files.read_card(model)
        except ModelError:
            return cls(seed=seed)
        began_with_base = card.metrics.known_words is not None
        return cls(card.cell, None if began_with_base else card.hidden_size, seed)
