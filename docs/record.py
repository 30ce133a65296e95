"""Records a conversation in a real terminal as docs/conversation.cast, which asciinema plays.

    python docs/record.py [--out docs/conversation.cast]
    asciinema play docs/conversation.cast

The bot is the help desk example, made and trained in a folder that is thrown away. Nothing in the
recording is written by hand but the keys: everything else is what the app draws.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import pty
import select
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path
from typing import Final

COLUMNS, ROWS = 100, 28
ENTER: Final = "\r"
F5, F6, ESCAPE = "\x1b[15~", "\x1b[17~", "\x1b"

LEARNED: Final = "he new model answers now"
"""Its first letter is drawn by itself, between two colours."""

SCRIPT: tuple[tuple[float | str, str], ...] = (
    # A name is remembered.
    (4, "good morning, I'm Sofia from sales" + ENTER),
    # A slot that is missing is asked for, and corrected afterwards.
    (4, "any news on my ticket?" + ENTER),
    (4, "INC12345" + ENTER),
    (4, "sorry, I meant INC12346" + ENTER),
    # "Yes" means something only after a question.
    (4, "the vpn keeps dropping" + ENTER),
    (4, "yes" + ENTER),
    # A message that is not understood is taught, and learned.
    (4, "my parking badge is dead" + ENTER),
    (4, F6),
    (3, "equipment" + ENTER),
    (3, F5),
    (1, ESCAPE),
    (LEARNED, "my parking card is dead" + ENTER),
    # It must have learned it, or there is no recording.
    ("Equipment is ordered", "\x11"),
)
"""Seconds to wait, or a text to wait for, and what is typed then."""

MOST_SECONDS = 120
"""For a text to appear."""

A_KEY = 0.06
"""Seconds between two letters."""


def record(out: Path) -> None:
    """Make the bot, run the app in a pseudo-terminal, type, and write what it draws."""
    home = tempfile.mkdtemp()
    environment = {
        "HOME": home, "XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home, "XDG_STATE_HOME": home,
        "XDG_CACHE_HOME": home, "PATH": os.environ["PATH"], "TERM": "xterm-256color",
        "TEXTUAL_COLOR_SYSTEM": "256", "TEXTUAL_ANIMATIONS": "none",
        "LANG": "C.UTF-8", "CHATBOT_LANGUAGE": "en",
        "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
    }  # fmt: skip
    program = [sys.executable, "-m", "chatbot"]
    for command in (["new", "helpdesk", "--from", "helpdesk"], ["train", "--intents", "helpdesk"]):
        subprocess.run([*program, *command], env=environment, check=True, stdout=sys.stderr)
    child, terminal = pty.fork()
    if child == 0:
        os.execvpe(program[0], [*program, "chat", "helpdesk"], environment)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    began = time.monotonic()
    events: list[tuple[float, str]] = []
    pending = b""

    def drawn(seconds: float) -> bool:
        """Take what the app draws in so many seconds; False once it has ended."""
        nonlocal pending
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if not select.select([terminal], [], [], left)[0]:
                continue
            try:
                pending += os.read(terminal, 65_536)
            except OSError:
                return False
            text = pending.decode("utf-8", "ignore")
            if text.encode() == pending:  # else half of a character is still to come
                events.append((time.monotonic() - began, text))
                pending = b""
        return True

    for wait, keys in SCRIPT:
        if isinstance(wait, str):
            seen = len(events)
            while not any(wait in text for _when, text in events[seen:]):
                if events[-1][0] < time.monotonic() - began - MOST_SECONDS or not drawn(1):
                    raise SystemExit(f"“{wait}” did not appear")
            drawn(2)
        else:
            drawn(wait)
        for key in [keys] if keys.startswith("\x1b") else keys:
            os.write(terminal, key.encode())
            drawn(A_KEY)
    while drawn(1):
        pass
    os.waitpid(child, 0)
    header = {"version": 2, "width": COLUMNS, "height": ROWS, "title": "chatbot: the help desk"}
    lines = [json.dumps(header)]
    lines += [json.dumps([round(when, 3), "o", text]) for when, text in events]
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{out}: {events[-1][0]:.0f} s, {out.stat().st_size / 1e6:.1f} MB")


def main() -> None:
    """Record."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name("conversation.cast"))
    record(parser.parse_args().out)


if __name__ == "__main__":
    main()
