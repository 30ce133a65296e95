"""What a training has learned, however it did."""

from __future__ import annotations

from dataclasses import dataclass

from chatbot.learning.judging import Asked
from chatbot.model import Calibration, Sureness
from chatbot.network import Weights


class TrainingCancelledError(Exception):
    """Training stopped because `cancelled` said so. Nothing was saved."""


@dataclass(frozen=True, slots=True)
class Learned:
    """What a network has learned from some patterns."""

    weights: Weights
    base: str | None
    """Checksum of the base that it began with; None if with nothing."""
    calibration: Calibration | Sureness
    asked: Asked | None
    """Patterns that were asked before they were learned; None where there are too few."""
    epochs: int
    is_frozen: bool
    """Whether the base stayed as it is: then all patterns were asked, else a part of them."""
    known_words: float | None = None
    """Share of the words that the base knows; None where the base was not considered."""
