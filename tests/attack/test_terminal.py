"""Signals to the app in a real (pseudo) terminal: it is as it was before, and nothing lives on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.conftest import SMALL
from tests.tui.jobs.test_training import is_alive
from tests.tui.made_bot import make_bot
from tests.tui.test_terminal import read_until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="pseudo terminals"),
]

SIGNALS = ["SIGTERM", "SIGHUP", "SIGQUIT"]


@contextmanager
def app(intents: Path) -> Iterator[tuple[subprocess.Popen[bytes], int, int]]:
    """Start the app; give its process and both ends of its terminal."""
    import pty

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "chatbot", "--intents", str(intents)],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", "LINES": "30"},
        start_new_session=True,
    )
    try:
        yield process, ours, theirs
    finally:
        process.kill()
        process.wait()
        os.close(ours)
        os.close(theirs)


def children_of(pid: int) -> list[int]:
    """Return the processes that one has started, on Linux."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if int(path.read_text().rsplit(")", 1)[1].split()[1]) == pid:
                found.append(int(path.parent.name))
    return found


# Textual sets up the terminal between the alternate screen and the reports of focus (1004).
@pytest.mark.parametrize("mark", [b"\x1b[?1004h", b"32 units"], ids=["at once", "open"])
@pytest.mark.parametrize("name", SIGNALS)
def test_a_signal_gives_the_terminal_back(tmp_path: Path, name: str, mark: bytes) -> None:
    import termios

    bot = make_bot(tmp_path / "bot")
    with app(bot / "intents.json") as (process, ours, theirs):
        before = termios.tcgetattr(theirs)
        read_until(ours, mark)
        assert termios.tcgetattr(theirs) != before
        process.send_signal(getattr(signal, name))
        read_until(ours, b"\x1b[?1049l")
        assert process.wait(30) == 128 + getattr(signal, name)
        assert termios.tcgetattr(theirs) == before


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for children in /proc")
@pytest.mark.parametrize("name", [*SIGNALS, "SIGKILL"])
def test_a_signal_ends_the_training_too(tmp_path: Path, name: str) -> None:
    intents = tmp_path / "intents.json"
    intents.write_text(json.dumps(SMALL), encoding="utf-8")
    with app(intents) as (process, ours, _):
        read_until(ours, b"training")  # a bot without a model is trained at once
        deadline = time.monotonic() + 30
        while not (children := children_of(process.pid)):
            assert time.monotonic() < deadline
            time.sleep(0.01)
        process.send_signal(getattr(signal, name))
        process.wait(30)
        deadline = time.monotonic() + 5
        while any(map(is_alive, children)):
            assert time.monotonic() < deadline, "it lives on"
            time.sleep(0.01)
