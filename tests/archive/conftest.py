"""An archive in an empty folder, with a clock that moves by a minute per look."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from chatbot.archive import Archive, TurnToKeep

BOT = Path("/bots/intents.json")


def said(message: str, reply: str = "Fine.") -> TurnToKeep:
    return TurnToKeep(message, reply, "greeting", 0.98, True, 3)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "conversations.sqlite3"


@pytest.fixture
def archive(file: Path) -> Iterator[Archive]:
    minutes = count()
    start = datetime(2026, 1, 1, tzinfo=UTC)
    with Archive(file, lambda: start + timedelta(minutes=next(minutes))) as opened:
        yield opened
