"""Records of a training, and their JSON lines: what `train --json` prints and the app reads.

No torch here: the app reads the records of a training that runs in another process.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from chatbot.common import RecordCodec
from chatbot.model import Metrics
from chatbot.versions.answer_changes import AnswerChanges

Phase = Literal["reading", "held-out", "all patterns", "small edit"]
"""A full training has "held-out" and "all patterns", of a large file "reading" before them; one
that continues from the old model the last."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a training stands; one per batch."""

    phase: Phase
    epoch: int
    """The current epoch, from 1."""
    epochs: int
    """The most that this phase may take; early stopping may end it sooner."""
    step: int
    """Batches done in this phase."""
    steps: int
    loss: float
    """Cross-entropy in nats, averaged over the epoch so far."""
    held_out_accuracy: float | None
    """Of the latest finished epoch; None in the phase that learns all patterns."""
    seconds: float
    """Since the start of the training."""
    eta_seconds: float
    """Seconds to go at the speed so far, at most: early stopping can only shorten it."""


@dataclass(frozen=True, slots=True)
class Saved:
    """The model is complete and kept as a version."""

    model: str
    """The folder."""
    version: int
    """Its number."""
    answers: bool
    """Whether it answers now; otherwise the old model does, until somebody decides."""
    intents: int
    warm: bool
    """Whether it continued from the old model, and so has its held-out figures."""
    metrics: Metrics
    metrics_before: Metrics | None
    """Of the old model; None where there was none."""
    answer_changes: AnswerChanges
    """Which answers change."""


@dataclass(frozen=True, slots=True)
class Failed:
    """The training ended without a model; the old one still answers."""

    message: str
    """What is wrong, where, and what to do."""


Record = Progress | Saved | Failed

_CODEC: RecordCodec[Record] = RecordCodec({"progress": Progress, "saved": Saved, "failed": Failed})

encode, decode = _CODEC.encode, _CODEC.decode
