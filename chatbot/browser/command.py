"""The command that starts the app for a page, as a text that a shell reads."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence


def command_line(arguments: Sequence[str]) -> str:
    """Return a text that a shell takes for exactly these arguments, whatever is in them.

    A path may be called `$(reboot)`. Of cmd.exe: what stands in quotes is one argument, and no path
    of Windows holds a quote.
    """
    if sys.platform == "win32":
        return " ".join(f'"{argument}"' for argument in arguments)
    return shlex.join(arguments)
