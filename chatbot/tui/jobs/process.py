"""Work in a process of its own: torch's import and memory never touch the interface."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Generic, Self, TypeVar

from chatbot.common import LANGUAGE_VARIABLE, PARENT_VARIABLE, _, language, paths

R = TypeVar("R")

LINE_LIMIT = 1 << 26
"""Bytes of one line of output. Progress has a few hundred; the evaluation of 100 000 messages, with
all of them, has some 20 million."""
LAST_WORDS = 4_096
"""Bytes of standard error kept for the message about a process that died."""
LAST_LINES = 6
LISTEN_SECONDS = 1.0
"""Wait for the last words of a process that has ended; they are in the pipe already."""
NICENESS = 5
"""The interface goes first when both want the processor; 19 would starve the work."""


@dataclass(frozen=True, slots=True)
class Job(Generic[R]):
    """What a process does, how its lines of JSON are read, and, in English, what is said of it."""

    arguments: tuple[str, ...]
    """Of `python -m chatbot`."""
    decode: Callable[[str], R | None]
    is_final: Callable[[R], bool]
    """Whether a record is the last one."""
    failed: Callable[[str], R]
    """Makes the last record of a process that did not leave one."""
    cancelled: str
    """What it says when it was cancelled."""
    not_started: str
    """When it could not be started, with {reason}."""
    stopped: str
    """When a {signal}, with a {name}, ended it."""
    killed: str
    """The same where the system kills, often for want of memory."""
    ended: str
    """When it ended too early, with {code}."""
    reassurance: str
    """What has not changed, and what to do now."""


class Child(Generic[R]):
    """One process under way. Make it with `begin`, read it with `records`."""

    def __init__(self, job: Job[R], process: Process | None, failure: R | None = None) -> None:
        self._job = job
        self._process = process
        self._failure = failure
        self._cancelled = False
        self._last_words = b""
        # Read from the start: a full pipe would block the process for ever.
        self._listening = asyncio.create_task(self._listen())

    @classmethod
    async def begin(cls, job: Job[R], more: Sequence[str] = ()) -> Self:
        """Start the process with the job's arguments and some more.

        Raises nothing: where no process can be started, `records` says so.
        """
        command = [sys.executable, "-P", "-m", "chatbot", *job.arguments, *more]
        try:
            process = await asyncio.create_subprocess_exec(
                *command,
                stdin=PIPE,  # it ends when the app does, and the process with it
                stdout=PIPE,
                stderr=PIPE,
                limit=LINE_LIMIT,
                env=_environment(),
                # A session of its own: ctrl+c in the terminal is the app's, and `cancel` can kill
                # everything that the process has started.
                start_new_session=True,
                creationflags=_low_priority_on_windows(),
            )
        except (OSError, ValueError) as error:  # ValueError: a path with a null character
            reason = getattr(error, "strerror", None) or str(error)
            problem = f"{_(job.not_started).format(reason=reason)} {_(job.reassurance)}"
            return cls(job, None, job.failed(problem))
        _lower_priority(process.pid)
        return cls(job, process)

    async def records(self) -> AsyncIterator[R]:
        """Yield the records of the process; the last one, and only that, is final.

        By then the process is gone.
        """
        job, final = self._job, self._failure
        try:
            while self._process is not None and (line := await self._line()):
                record = job.decode(line.decode("utf-8", errors="replace"))
                if record is not None and job.is_final(record):
                    final = record
                    break
                if record is not None and not self._cancelled:
                    yield record
        finally:
            # After its last record the process has nothing left to do, and without a reader (the
            # worker was cancelled, the app is closing) nobody would know what it did.
            self._kill()
            exit_code = await self._gone()
        if final is not None:
            yield final  # even after `cancel`: a model that was saved first is saved
        elif self._cancelled:
            yield job.failed(_(job.cancelled))
        else:
            yield job.failed(_death(job, exit_code, self._last_words))

    def cancel(self) -> None:
        """Kill the process at once; `records` then ends. Safe at any time, and twice."""
        self._cancelled = True
        self._kill()

    async def stop(self) -> None:
        """Cancel and wait until the process is gone: what an app does when it closes."""
        self.cancel()
        await self._gone()

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
    environment = {**os.environ, LANGUAGE_VARIABLE: language(), PARENT_VARIABLE: "1"}
    folder = paths.PACKAGE.parent
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


def _death(job: Job[R], exit_code: int, last_words: bytes) -> str:
    """Return what to say of a process that ended without a final record."""
    if exit_code < 0:
        try:
            name = signal.Signals(-exit_code).name
        except ValueError:
            name = _("unknown")
        told = job.killed if name == "SIGKILL" else job.stopped
        how = _(told).format(signal=-exit_code, name=name)
        if name == "SIGILL":
            command = f'{sys.executable} -m pip install "torch==2.6.*"'
            too_old = _("this processor lacks what PyTorch uses. An older one may do: {command}")
            how += f" ({too_old.format(command=command)})"
    else:
        how = _(job.ended).format(code=exit_code)
    message = f"{how} {_(job.reassurance)}"
    lines = last_words.decode("utf-8", errors="replace").split("\n")
    lines = [line.rstrip() for line in lines if line.strip()][-LAST_LINES:]
    return "\n".join([message, _("Its last lines:"), *lines]) if lines else message
