"""Settings: what the app remembers of a person's choices between sessions."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from chatbot.common import write_atomically


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings with their defaults."""

    theme: str = "textual-dark"
    language: str = ""
    """Of the guided tour, "en" or "vi"; empty for the system's."""
    keep_conversations: bool = True
    """Whether anything of what is said is kept; without it the app is as with `--private`."""


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


class SettingsFile:
    """The settings and the file that keeps them."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.values = load(path)

    def keep_theme(self, theme: str) -> None:
        """Remember the theme."""
        self._keep(replace(self.values, theme=theme))

    def keep_language(self, language: str) -> None:
        """Remember the language of the tour."""
        self._keep(replace(self.values, language=language))

    def _keep(self, values: Settings) -> None:
        self.values = values
        with suppress(OSError):  # a folder that cannot be written must not stop anybody
            save(self._path, values)
