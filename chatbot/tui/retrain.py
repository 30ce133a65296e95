"""A training of the bot's model in a process of its own, as records."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Self

from chatbot.paths import Locations
from chatbot.records import Failed, Progress, Record, Saved, decode
from chatbot.tui.job import Job

CANCELLED = "Cancelled. Nothing was written: the old model still answers."
STILL_ANSWERS = "The old model still answers."
TRY_OUTSIDE = "Press Retry, or run `chatbot train` in a terminal to see everything it prints."


class Retraining(Job):
    """One training of a model under way. Make it with `start`, read it with `records`."""

    @classmethod
    async def start(cls, locations: Locations) -> Self:
        """Start training the model of an intents file.

        Raises nothing: where no process can be started, `records` says so.
        """
        files = ["--intents", str(locations.intents), "--model", str(locations.model)]
        return await cls.start_command(["train", "--json", *files])

    async def records(self) -> AsyncIterator[Record]:
        """Yield the records of the training; the last one is a Saved or Failed, and the only one.

        The process is gone by the time that the last one comes.
        """
        final: Saved | Failed | None = None
        async with aclosing(self.lines()) as lines:
            async for line in lines:
                record = decode(line)
                if isinstance(record, Progress):
                    if not self.cancelled:
                        yield record
                elif record is not None:
                    final = record  # after it the process has nothing left to do
                    break
        if final is not None:
            yield final  # even after `cancel`: a model that was saved first is saved
        elif self.cancelled and self.not_started is None:
            yield Failed(CANCELLED)
        else:
            yield Failed(self._failure())

    def _failure(self) -> str:
        """Return what to say of a process that ended without a Saved or Failed."""
        if self.not_started is not None:
            return (
                f"The training could not be started ({self.not_started}). "
                f"{STILL_ANSWERS} {TRY_OUTSIDE}"
            )
        how = self.death(unfinished="the model was complete")
        message = f"The training {how}. {STILL_ANSWERS} {TRY_OUTSIDE}"
        lines = self.last_lines
        return "\n".join([message, "Its last lines:", *lines]) if lines else message
