"""Records of the lab at work, and their JSON lines: what `lab --json` prints and the app reads."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class LabProgress:
    """Where the lab stands; one per batch."""

    part: str
    """What it is doing: training or measuring one of the networks."""
    step: int
    """Batches done so far, of all networks together."""
    steps: int
    loss: float | None
    """Of the latest batch, in nats; None while measuring."""
    seconds: float
    """Since the start."""
    eta_seconds: float
    """Seconds left at the speed so far."""


@dataclass(frozen=True, slots=True)
class LabReady:
    """The networks are trained and saved."""

    digest: str
    """`Intents.digest` of the file that they have learned."""


@dataclass(frozen=True, slots=True)
class LabFailed:
    """The lab ended without results; nothing was written."""

    message: str


LabRecord = LabProgress | LabReady | LabFailed

_KINDS: dict[str, type[LabProgress] | type[LabReady] | type[LabFailed]] = {
    "lab progress": LabProgress,
    "lab ready": LabReady,
    "lab failed": LabFailed,
}


def encode(record: LabRecord) -> str:
    """Return a record as one line of JSON with its kind under `record`."""
    kind = next(name for name, type_ in _KINDS.items() if isinstance(record, type_))
    return json.dumps({"record": kind, **asdict(record)}, ensure_ascii=False)


def decode(line: str) -> LabRecord | None:
    """Return the record of a line, or None for any other line."""
    try:
        values = json.loads(line)
        return _KINDS[values.pop("record")](**values)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
