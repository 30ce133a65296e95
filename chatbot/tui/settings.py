"""Settings: what the app remembers of a person's choices between sessions."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from chatbot.common import write_atomically


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings with their defaults."""

    theme: str = "textual-dark"
    language: str = ""
    """Of the guided tour, "en" or "vi"; empty for the system's."""


def load(path: Path) -> Settings:
    """Read the settings; a missing or damaged file means the defaults, never a crash."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return Settings()
    if not isinstance(values, dict):
        return Settings()
    known = {
        field.name: values[field.name]
        for field in fields(Settings)
        if isinstance(values.get(field.name), type(field.default))
    }
    return Settings(**known)


def save(path: Path, settings: Settings) -> None:
    """Write the settings. Raises OSError where the folder cannot be written."""
    write_atomically(path, (json.dumps(asdict(settings), indent=2) + "\n").encode())
