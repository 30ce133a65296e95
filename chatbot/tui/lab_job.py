"""The lab's training in a process of its own, as records."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path
from typing import Self

from chatbot.lab.records import LabFailed, LabProgress, LabReady, LabRecord, decode
from chatbot.tui.job import Job

CANCELLED = "Cancelled. Nothing was written."
TRY_OUTSIDE = "Press r, or run `chatbot lab` in a terminal to see everything it prints."


class LabJob(Job):
    """One training of the lab under way. Make it with `start`, read it with `records`."""

    @classmethod
    async def start(cls, intents: Path, *, retrain: bool = False) -> Self:
        """Start the lab on an intents file. Raises nothing: `records` says what went wrong."""
        arguments = ["lab", "--json", "--intents", str(intents)]
        return await cls.start_command([*arguments, *(["--retrain"] if retrain else [])])

    async def records(self) -> AsyncIterator[LabRecord]:
        """Yield the records; the last one is a LabReady or LabFailed, and the only one."""
        final: LabReady | LabFailed | None = None
        async with aclosing(self.lines()) as lines:
            async for line in lines:
                record = decode(line)
                if isinstance(record, LabProgress):
                    if not self.cancelled:
                        yield record
                elif record is not None:
                    final = record
                    break
        cancelled = self.cancelled and self.not_started is None
        yield final or LabFailed(CANCELLED if cancelled else self._failure())

    def _failure(self) -> str:
        """Return what to say of a process that ended without results."""
        if self.not_started is not None:
            return f"The lab could not be started ({self.not_started}). {TRY_OUTSIDE}"
        message = f"The lab {self.death(unfinished='its results were complete')}. {TRY_OUTSIDE}"
        lines = self.last_lines
        return "\n".join([message, "Its last lines:", *lines]) if lines else message
