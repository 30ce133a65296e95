"""Which bots were open lately, the last one first; the list is kept on this machine only."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from chatbot.common import Locations, _, paths, write_atomically

KEPT = 30
"""Bots in the list; older ones leave it."""


@dataclass(frozen=True, slots=True)
class Recent:
    """A bot that was open."""

    intents: Path
    model: Path

    @property
    def is_missing(self) -> bool:
        """Whether its intents file is gone."""
        return not self.intents.exists()

    @property
    def locations(self) -> Locations:
        """Where to open it again."""
        because = _("you opened it lately")
        return Locations(self.intents, because, self.model, because)


def load() -> list[Recent]:
    """Return the bots, the latest first; lines that cannot be read are skipped."""
    try:
        lines = paths.recent_file().read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:
        return []
    return [bot for line in lines if (bot := _decoded(line)) is not None][:KEPT]


def add(locations: Locations) -> None:
    """Put a bot at the head of the list. Raises OSError."""
    this = Recent(locations.intents, locations.model)
    _save([this, *(bot for bot in load() if bot.intents != this.intents)])


def remove(intents: Path) -> None:
    """Take a bot out of the list; its files stay. Raises OSError."""
    _save([bot for bot in load() if bot.intents != intents])


def _save(bots: list[Recent]) -> None:
    lines = (json.dumps([str(bot.intents), str(bot.model)]) + "\n" for bot in bots[:KEPT])
    write_atomically(paths.recent_file(), "".join(lines).encode())


def _decoded(line: str) -> Recent | None:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not (isinstance(value, list) and [type(part) for part in value] == [str, str]):
        return None
    intents, model = (Path(part) for part in value)
    return Recent(intents, model) if intents.is_absolute() and model.is_absolute() else None
