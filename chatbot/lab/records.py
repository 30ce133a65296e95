"""Records of the lab at work, and their JSON lines: what `lab --json` prints and the app reads."""

from __future__ import annotations

from dataclasses import dataclass

from chatbot.common import RecordCodec


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

_CODEC: RecordCodec[LabRecord] = RecordCodec(
    {"lab progress": LabProgress, "lab ready": LabReady, "lab failed": LabFailed}
)

encode, decode = _CODEC.encode, _CODEC.decode
