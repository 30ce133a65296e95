"""How long until the first paint and the first possible answer, compared with a bare Textual app?

Each program runs in its own pseudo terminal, in turn, and the clock runs from starting the
process until certain words are on the screen. `python benchmarks/startup.py [--runs 15]`

Both run from compiled modules, as for a person who starts them for the second time: where
PYTHONDONTWRITEBYTECODE is set, ours would be compiled anew at each start, and the bare app's not.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BARE = """
from textual.app import App
from textual.widgets import Static
class Bare(App):
    def compose(self):
        yield Static("bare-paint")
Bare().run()
"""


def seconds_until(command: list[str], marks: list[bytes], limit: float = 30.0) -> list[float]:
    """Run a program in a terminal of 100x30; return the seconds until each mark was written."""
    started = time.perf_counter()
    process, terminal = pty.fork()
    if process == 0:
        os.execvp(command[0], command)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    seen, found = b"", dict.fromkeys(marks, 0.0)
    try:
        while not all(found.values()):
            if time.perf_counter() - started > limit:
                raise TimeoutError(f"{command} did not show {marks} in {limit} s")
            if select.select([terminal], [], [], 0.5)[0]:
                seen += os.read(terminal, 1 << 16)
                now = time.perf_counter() - started
                for mark in marks:
                    if not found[mark] and mark in seen:
                        found[mark] = now
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(terminal)
    return [found[mark] for mark in marks]


def main() -> None:
    """Print medians and ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "COLUMNS": "", "LINES": ""}
    bare: list[float] = []
    paint: list[float] = []
    answer: list[float] = []
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"XDG_CONFIG_HOME": home, "XDG_STATE_HOME": home, "XDG_DATA_HOME": home}
        os.environ["PYTHONPYCACHEPREFIX"] = str(Path(home) / "compiled")
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        app = [sys.executable, "-m", "chatbot", "--intents", str(ROOT / "intents.json")]
        for _ in range(runs + 1):
            bare += seconds_until([sys.executable, "-c", BARE], [b"bare-paint"])
            first, ready = seconds_until(app, [b"Type a message", b"384 units"])
            paint.append(first)
            answer.append(ready)
    # The first run of each only compiles, and warms the file cache.
    base = statistics.median(bare[1:])
    print(f"bare Textual app, first paint   {base * 1e3:6.0f} ms")
    for name, values, goal in (("first paint", paint, 1.4), ("answer ready", answer, 2.3)):
        median = statistics.median(values[1:])
        ratio = median / base
        print(f"chatbot, {name:13}          {median * 1e3:6.0f} ms   {ratio:.2f}x (goal {goal}x)")


if __name__ == "__main__":
    main()
