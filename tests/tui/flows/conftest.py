"""What the tests of several bots share."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatbot.tui.flows.training import Trainings
from tests.tui.made_bot import make_bot


@pytest.fixture
def untrained(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bots without a model stay so: what is tested here is not the training."""
    monkeypatch.setattr(Trainings, "begin", lambda self: None)


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    """The folders of two bots that answer at once."""
    one, other = make_bot(tmp_path / "one"), make_bot(tmp_path / "other")
    for folder, name in ((one, "one"), (other, "other")):
        (folder / "intents.json").rename(folder / f"{name}.json")
        (folder / "models/intents").rename(folder / "models" / name)
    return one / "one.json", other / "other.json"
