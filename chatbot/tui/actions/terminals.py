"""What terminals do with keys: which they keep for themselves, and what they send for shifted ones.

Collected from the default shortcuts of each; of VS Code, from its list of commands that the
terminal does not get (`terminal.integrated.commandsToSkipShell`).
"""

from __future__ import annotations

from collections.abc import Mapping
from string import ascii_lowercase

TAKEN: Mapping[str, frozenset[str]] = {
    "GNOME Terminal": frozenset(
        {"f1", "f10", "f11", "shift+f10", "shift+pageup", "shift+pagedown", "shift+home"}
        | {"shift+end", "ctrl+pageup", "ctrl+pagedown"}
    ),
    "macOS Terminal": frozenset(
        # The upper row is brightness, volume and the like until fn is held or that is turned off.
        {f"f{number}" for number in range(1, 13)}
        | {f"shift+f{number}" for number in range(1, 5)}
        | {"ctrl+up", "ctrl+down", "ctrl+left", "ctrl+right", "ctrl+space"}
        | {"shift+pageup", "shift+pagedown", "shift+home", "shift+end", "shift+up", "shift+down"}
        # Option types special characters there.
        | {"alt+up", "alt+down", "alt+enter"}
        | {f"alt+{letter}" for letter in ascii_lowercase}
    ),
    "Windows Terminal": frozenset(
        {"f11", "alt+enter", "alt+up", "alt+down", "alt+left", "alt+right", "alt+f4", "ctrl+v"}
    ),
    "VS Code": frozenset(
        {"f1", "f5", "f6", "f9", "f10", "f11", "f12", "shift+f5", "shift+f6", "shift+f11"}
        | {"ctrl+b", "ctrl+e", "ctrl+f", "ctrl+j", "ctrl+k", "ctrl+m", "ctrl+n", "ctrl+p"}
        | {"ctrl+q", "ctrl+up", "ctrl+down", "ctrl+pageup", "ctrl+pagedown", "ctrl+tab"}
    ),
    "tmux": frozenset({"ctrl+b"}),
    "screen": frozenset({"ctrl+a"}),
}
"""Keys that an app in such a terminal usually does not get."""

_LINUX = dict(zip(range(13, 21), range(1, 9), strict=True))
_RXVT = dict(zip(range(13, 21), range(3, 11), strict=True))
_MACOS = dict(zip(range(13, 21), range(5, 13), strict=True))


def shifted(environment: Mapping[str, str]) -> dict[str, str]:
    """Return which key is meant by F13 to F20 in this terminal.

    These terminals have one sequence for a shifted function key and for a function key that few
    keyboards have, and each counts from another one on: ESC [ 2 5 ~ is Shift+F1 on the Linux
    console, Shift+F3 in rxvt and PuTTY, and Shift+F5 in macOS Terminal. Others send what Textual
    knows.
    """
    term = environment.get("TERM", "")
    if environment.get("TERM_PROGRAM") == "Apple_Terminal":
        found = _MACOS
    elif term.startswith("linux"):
        found = _LINUX
    elif term.startswith(("rxvt", "putty")):
        found = _RXVT
    else:
        return {}
    return {f"f{sent}": f"shift+f{meant}" for sent, meant in found.items()}
