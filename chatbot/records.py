"""Records of a training, and their JSON lines: what `train --json` prints and the app reads.

No torch here: the app reads the records of a training that runs in a process of its own.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Literal

from chatbot.model_files import Metrics

Phase = Literal["held-out", "all patterns"]


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a training stands; one a batch."""

    phase: Phase
    epoch: int
    """The epoch under way, from 1."""
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
    """The model is complete and in its folder."""

    model: str
    """The folder."""
    intents: int
    metrics: Metrics
    metrics_before: Metrics | None
    """Of the model that this one replaces; None where there was none."""
    patterns_right_before: float | None
    """Share of today's patterns that the replaced model answers rightly."""
    patterns_right: float
    """The same of the new model, which has learned them."""


@dataclass(frozen=True, slots=True)
class Failed:
    """The training ended without a model; the old one still answers."""

    message: str
    """What is wrong, where, and what to do."""


Record = Progress | Saved | Failed

_KINDS: dict[str, type[Progress] | type[Saved] | type[Failed]] = {
    "progress": Progress,
    "saved": Saved,
    "failed": Failed,
}


def encode(record: Record) -> str:
    """Return a record as one line of JSON with its kind under `record`."""
    kind = next(name for name, type_ in _KINDS.items() if isinstance(record, type_))
    return json.dumps({"record": kind, **asdict(record)}, ensure_ascii=False)


def decode(line: str) -> Record | None:
    """Return the record of a line, or None for a line that is none (a library's warning, say)."""
    try:
        values = json.loads(line)
        kind = _KINDS[values.pop("record")]
        for name in ("metrics", "metrics_before"):
            if values.get(name) is not None:
                values[name] = Metrics(**values[name])
        return kind(**values)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
