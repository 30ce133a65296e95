"""Says in a line that the processor cannot run PyTorch: it ends the program without a word.

The signal arises in compiled code, so no Python of this process can answer it. `faulthandler`
writes into a pipe, at the end of which a small process waits; it is started when PyTorch is
imported.
"""

from __future__ import annotations

import faulthandler
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

_WAIT = """
import signal, sys
signal.signal(signal.SIGINT, signal.SIG_IGN)
if b"Illegal instruction" in sys.stdin.buffer.read():
    sys.stderr.write(sys.argv[1])
"""


def too_old() -> str:
    """Return what to say of the processor, with the command that may help."""
    command = f'{sys.executable} -m pip install "torch==2.6.*"'
    return f"This processor lacks what PyTorch uses. An older one may do: {command}"


class _AtImport:
    """Begins to wait when PyTorch is looked for, before any of it runs; finds no module itself."""

    def find_spec(self, name: str, *_: Any) -> None:
        """Be asked for a module."""
        if name == "torch":
            sys.meta_path.remove(self)
            _wait()


@contextmanager
def watched() -> Iterator[None]:
    """Watch for the end of a program that imports PyTorch in this context."""
    finder = _AtImport()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        with suppress(ValueError):
            sys.meta_path.remove(finder)


def _wait() -> None:
    """Start the process that reads what is written when the program ends so."""
    if faulthandler.is_enabled():  # somebody wants to see it all
        return
    words = f"Error: {too_old()}\n"
    arguments = [sys.executable, "-I", "-S", "-c", _WAIT, words]
    with suppress(OSError):
        waiting = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
        assert waiting.stdin is not None
        faulthandler.enable(file=waiting.stdin, all_threads=False)
        _waiting.append(waiting)


_waiting: list[subprocess.Popen[bytes]] = []
"""Kept, so that the pipe stays open until the program ends."""
