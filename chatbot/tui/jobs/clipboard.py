"""The system's clipboard, through the program that a system has for it; terminals have OSC 52.

The programs are those that pyperclip 1.11 calls too. That library starts them without a limit of
time, and the app must not wait for a display that does not answer.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from threading import Lock

SECONDS = 2.0
"""How long a program may take; a display that is there answers at once."""


def programs(environment: Mapping[str, str], platform: str) -> Iterator[tuple[str, ...]]:
    """Yield the commands that put their input on the clipboard, the best first.

    None where somebody sits at another computer: only a display that ssh forwards is theirs.
    """
    display = environment.get("DISPLAY", "")
    if environment.get("SSH_CONNECTION") and not display.startswith(("localhost:", "127.0.0.1:")):
        return
    if platform == "darwin":
        yield ("pbcopy",)
    if environment.get("WAYLAND_DISPLAY"):
        yield ("wl-copy",)
    if display:
        yield ("xclip", "-selection", "clipboard", "-in")
        yield ("xsel", "--clipboard", "--input")
    if platform == "win32" or environment.get("WSL_DISTRO_NAME"):
        yield ("clip.exe",)
    if environment.get("TERMUX_VERSION"):
        yield ("termux-clipboard-set",)


class Clipboard:
    """Copies; of two texts the later one stays, whatever the threads do."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._latest: str | None = None

    def copy(self, text: str) -> bool:
        """Put a text on the system's clipboard; return whether that is done. It may take time.

        For a thread. Never raises: a system without a clipboard has none of the programs.
        """
        self._latest = text
        with self._lock:
            return self._latest is not text or any(
                _run(command, text) for command in programs(os.environ, sys.platform)
            )


def _run(command: tuple[str, ...], text: str) -> bool:
    path = shutil.which(command[0])
    if path is None:
        return False
    # Windows' own program reads anything but UTF-16 in the code page of the console.
    encoded = text.encode("utf-16" if command[0] == "clip.exe" else "utf-8")
    try:
        # Nothing is read from it: xclip and wl-copy go on in the background, with its pipes.
        done = subprocess.run(
            [path, *command[1:]],
            input=encoded,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0
