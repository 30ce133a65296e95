"""The process of a job that runs now, if any."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from chatbot.tui.jobs.process import Child

R = TypeVar("R")


class Running(Generic[R]):
    """Holds the process while it runs, so that it can be cancelled from anywhere."""

    def __init__(self) -> None:
        self._child: Child[R] | None = None

    async def run(self, starting: Awaitable[Child[R]], post: Callable[[R], object]) -> None:
        """Wait for the process to start, and post its records until it has ended."""
        self._child = child = await starting
        try:
            async for record in child.records():
                post(record)
        finally:
            self._child = None

    def cancel(self) -> None:
        """Kill the process, if there is one; its last record then says so."""
        if self._child is not None:
            self._child.cancel()

    async def stop(self) -> None:
        """Kill the process, if there is one, and wait until it is gone."""
        if self._child is not None:
            await self._child.stop()
