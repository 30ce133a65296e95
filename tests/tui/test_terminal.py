"""The app in a real (pseudo) terminal: it starts, and it does not outlive its terminal."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="pseudo terminals"),
]


def read_until(terminal: int, mark: bytes, seconds: float = 30) -> bytes:
    """Read what the app writes until a mark is there."""
    seen, deadline = b"", time.monotonic() + seconds
    while mark not in seen:
        assert time.monotonic() < deadline, seen[-2000:]
        if select.select([terminal], [], [], 0.2)[0]:
            seen += os.read(terminal, 1 << 16)
    return seen


@pytest.mark.parametrize("end", ["quit", "hang up", "hang up at once"])
def test_the_app_starts_and_ends_with_its_terminal(trained_folder: Path, end: str) -> None:
    import pty

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "chatbot", "--intents", str(trained_folder / "intents.json")],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", "LINES": "30"},
        # No controlling terminal: no SIGHUP either, as below `make`.
        start_new_session=True,
    )
    os.close(theirs)
    try:
        # At once: before the app can know that there was a terminal.
        read_until(ours, b"\x1b[?1049h" if end == "hang up at once" else b"384 units")
        if end == "quit":
            os.write(ours, b"\x11")  # ctrl+q
            read_until(ours, b"\x1b[?1049l")  # the screen as it was before
        else:
            os.close(ours)
        process.wait(timeout=30)
    finally:
        process.kill()
        process.wait()
        if end == "quit":
            os.close(ours)
