"""The lab's training in a process of its own, as records."""

from __future__ import annotations

from pathlib import Path

from chatbot.common import N_
from chatbot.lab import LabFailed, LabProgress, LabRecord, records
from chatbot.tui.jobs.process import Child, Job

LAB: Job[LabRecord] = Job(
    arguments=("lab", "--json"),
    decode=records.decode,
    is_final=lambda record: not isinstance(record, LabProgress),
    failed=LabFailed,
    cancelled=N_("Cancelled. Nothing was written."),
    not_started=N_("The lab could not be started ({reason})."),
    stopped=N_("The lab was stopped from outside by signal {signal} ({name})."),
    killed=N_(
        "The lab was stopped from outside by signal {signal} ({name}), "
        "as happens when memory runs out."
    ),
    ended=N_("The lab ended with exit code {code} before its results were complete."),
    reassurance=N_("Press r, or run `chatbot lab` in a terminal to see everything it prints."),
)


class LabProcess(Child[LabRecord]):
    """One training of the lab under way; the last of its records is a LabReady or LabFailed."""

    @classmethod
    async def start(cls, intents: Path, *, retrain: bool = False) -> LabProcess:
        """Start the lab on an intents file; raises nothing."""
        return await cls.begin(LAB, ["--intents", str(intents), *["--retrain"] * retrain])
