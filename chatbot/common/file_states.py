"""The state of the files of a bot, which other programs may change while it answers."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from chatbot.common.paths import Locations

FileState = tuple[int, int] | None
"""Time of the last change (ns) and size (bytes); None without a file."""


class FileStates(NamedTuple):
    """The state of the intents file, and of the card that every new model writes."""

    intents: FileState
    card: FileState


def states_of(locations: Locations) -> FileStates:
    """Look at both files, without reading them."""
    return FileStates(_state(locations.intents), _state(locations.model_card))


def _state(path: Path) -> FileState:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
