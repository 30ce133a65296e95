"""Commands that serve: started in a process of their own, found by the address that they print."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[1]


@dataclass
class Served:
    """A command that serves."""

    process: subprocess.Popen[str]
    url: str
    printed: str
    """What it said before it began to serve."""
    _errors: IO[str]

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    def errors(self) -> str:
        """Return what it has said on standard error so far."""
        self._errors.seek(0)
        return self._errors.read()

    def interrupt(self) -> int:
        """Press Ctrl+C, and return the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(60)


def _hear_ctrl_c() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def served(command: str, *arguments: str, lines: int = 1, **environment: str) -> Iterator[Served]:
    """Let a command serve on a free port until the end of the block.

    `lines` is how many it prints before it serves.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "chatbot", command, "--port", "0", *arguments],
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
            # Where the tests run in the background of a shell, Ctrl+C would be ignored.
            preexec_fn=None if os.name == "nt" else _hear_ctrl_c,
        )
        try:
            assert process.stdout is not None
            printed = "".join(process.stdout.readline() for _ in range(lines))
            found = re.search(r"http://[^\s,]+?:\d+", printed)
            if found is None:
                process.wait(60)
                errors.seek(0)
                raise AssertionError(printed + errors.read())
            yield Served(process, found[0], printed, errors)
        finally:
            process.kill()
            process.wait()
            assert process.stdout is not None
            process.stdout.close()


def where(folder: Path) -> Sequence[str]:
    """Return the options that name the bot of a folder."""
    return ("--intents", str(folder / "intents.json"))
