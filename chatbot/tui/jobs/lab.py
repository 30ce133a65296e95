"""The lab's training in a process of its own, as records."""

from __future__ import annotations

from pathlib import Path

from chatbot.lab import LabFailed, LabProgress, LabRecord, records
from chatbot.tui.jobs.process import Child, Job

LAB: Job[LabRecord] = Job(
    name="lab",
    arguments=("lab", "--json"),
    decode=records.decode,
    is_final=lambda record: not isinstance(record, LabProgress),
    failed=LabFailed,
    cancelled="Cancelled. Nothing was written.",
    incomplete="before its results were complete",
    reassurance="Press r, or run `chatbot lab` in a terminal to see everything it prints.",
)


class LabProcess(Child[LabRecord]):
    """One training of the lab under way; the last of its records is a LabReady or LabFailed."""

    @classmethod
    async def start(cls, intents: Path, *, retrain: bool = False) -> LabProcess:
        """Start the lab on an intents file; raises nothing."""
        return await cls.begin(LAB, ["--intents", str(intents), *["--retrain"] * retrain])
