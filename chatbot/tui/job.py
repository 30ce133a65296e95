"""A command of our own in a process of its own: torch's import and memory never touch the app."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncGenerator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Self

import chatbot

LINE_LIMIT = 1 << 20
"""Bytes of one line of output. A record has a few hundred; a library's warning may have more."""
LAST_WORDS = 4_096
"""Bytes of standard error kept for the message about a process that died."""
LAST_LINES = 6
LISTEN_SECONDS = 1.0
"""Wait for the last words of a process that has ended; they are in the pipe already."""
NICENESS = 5
"""The interface goes first when both want the processor; 19 would starve the training."""


class Job:
    """One command under way. Make it with `start_command`, read it with `lines`."""

    def __init__(self, process: Process | None, not_started: str | None = None) -> None:
        self._process = process
        self.not_started = not_started
        """The reason, where no process could be started."""
        self.cancelled = False
        self.exit_code = 0
        """Of the process that has ended; minus the signal that ended it."""
        self._last_words = b""
        # Read from the start: a full pipe would block the training for ever.
        self._listening = asyncio.create_task(self._listen())

    @classmethod
    async def start_command(cls, arguments: Sequence[str]) -> Self:
        """Start `chatbot` with some arguments.

        Raises nothing: where no process can be started, `not_started` says why.
        """
        try:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-P", "-m", "chatbot", *arguments),
                stdin=DEVNULL,
                stdout=PIPE,
                stderr=PIPE,
                limit=LINE_LIMIT,
                env=_environment(),
                # A session of its own: ctrl+c in the terminal is the app's, and `cancel` can kill
                # everything that the training has started.
                start_new_session=True,
                creationflags=_low_priority_on_windows(),
            )
        except OSError as error:
            return cls(None, error.strerror or str(error))
        _lower_priority(process.pid)
        return cls(process)

    async def lines(self) -> AsyncGenerator[str, None]:
        """Yield the lines of output. Close it early (`aclosing`) to end the process.

        The process is gone by the time that the iterator ends, is closed or is cancelled.
        """
        try:
            while self._process is not None and (line := await self._line()):
                yield line.decode("utf-8", errors="replace")
        finally:
            # Without a reader (the worker was cancelled, the app is closing) nobody would ever know
            # what the process did.
            self._kill()
            self.exit_code = await self._gone()

    def cancel(self) -> None:
        """Kill the process at once; `lines` then ends. Safe at any time, and twice."""
        self.cancelled = True
        self._kill()

    async def stop(self) -> None:
        """Cancel and wait until the process is gone: what an app does when it closes."""
        self.cancel()
        await self._gone()

    def death(self, unfinished: str) -> str:
        """Return how the process ended early, for people: to follow "The training "."""
        if self.exit_code < 0:
            try:
                name = signal.Signals(-self.exit_code).name
            except ValueError:
                name = "unknown"
            how = f"was stopped from outside by signal {-self.exit_code} ({name})"
            return how + (", as happens when memory runs out" if name == "SIGKILL" else "")
        return f"ended with exit code {self.exit_code} before {unfinished}"

    @property
    def last_lines(self) -> list[str]:
        """The last lines that the process wrote to standard error."""
        lines = self._last_words.decode("utf-8", errors="replace").split("\n")
        return [line.rstrip() for line in lines if line.strip()][-LAST_LINES:]

    async def _line(self) -> bytes:
        """Return the next line of output, `b""` at its end."""
        assert self._process is not None
        assert self._process.stdout is not None
        while True:
            # Longer than the limit: no record. What is left of it is read as a line of its own.
            with suppress(ValueError):
                return await self._process.stdout.readline()

    async def _listen(self) -> None:
        """Read standard error as it comes and keep the end of it."""
        if self._process is None or self._process.stderr is None:
            return
        while chunk := await self._process.stderr.read(LAST_WORDS):
            self._last_words = (self._last_words + chunk)[-LAST_WORDS:]

    async def _gone(self) -> int:
        """Wait for the process and its last words; return the exit code (minus the signal)."""
        if self._process is None:
            return 0
        exit_code = await self._process.wait()
        # At an end of its own it may leave something behind that holds its standard error open.
        await asyncio.wait({self._listening}, timeout=LISTEN_SECONDS)
        return exit_code

    def _kill(self) -> None:
        """Kill the process with all that it started."""
        if self._process is None:
            return
        if sys.platform == "win32":
            if self._process.returncode is None:
                with suppress(OSError):
                    self._process.kill()
            return
        # The group carries the process's id, which nobody else can get while a member is left.
        # Once we have seen the process end, the id may be a stranger's.
        if self._process.returncode is None:
            with suppress(OSError):
                os.killpg(self._process.pid, signal.SIGKILL)


def _environment() -> dict[str, str]:
    """Return our environment, in which the child finds this very package.

    `-P` keeps the working directory off the module path, where a user's `random.py` would shadow
    Python's own; a checkout that is not installed is then found by PYTHONPATH alone. Not so an
    installed package: site-packages must not come before the standard library.
    """
    environment = dict(os.environ)
    folder = Path(chatbot.__file__).absolute().parent.parent
    if folder.name not in {"site-packages", "dist-packages"}:
        inherited = environment.get("PYTHONPATH")
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, [str(folder), inherited]))
    return environment


def _lower_priority(pid: int) -> None:
    """Let the interface go first, where the system can."""
    if sys.platform != "win32":
        with suppress(OSError):  # already gone, or not allowed: then as fast as everybody
            os.setpriority(os.PRIO_PROCESS, pid, NICENESS)


def _low_priority_on_windows() -> int:
    if sys.platform == "win32":
        return subprocess.BELOW_NORMAL_PRIORITY_CLASS
    return 0
