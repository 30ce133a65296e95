"""A short random walk over everything; the long one is `python benchmarks/soak.py`."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from soak import Found, growth, walk

from tests.tui.made_bot import make_bot


@pytest.fixture
def bot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a made-up bot; jobs cannot start, and there is no editor."""

    async def fails(*_: object, **__: object) -> object:
        raise OSError("not in a test")

    monkeypatch.setattr(asyncio, "create_subprocess_exec", fails)
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("EDITOR", "VISUAL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return make_bot(tmp_path / "bot")


@pytest.mark.slow
@pytest.mark.parametrize(("seed", "operations"), [(1, 60), (2, 400)])
def test_a_walk_over_everything_meets_no_exception(bot: Path, seed: int, operations: int) -> None:
    found = Found()
    walk(bot, seed, operations, found)
    assert not found.exceptions, found.exceptions[0]
    assert found.operations == operations or found.ended
    assert "ChatScreen" in found.screens


@pytest.mark.slow
def test_an_exception_is_told_with_its_seed_and_the_operations_before_it(
    bot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from chatbot.tui.app import ChatbotApp

    def broken(*_: object) -> None:
        raise LookupError("on purpose")

    monkeypatch.setattr(ChatbotApp, "check_action", broken)
    found = Found()
    walk(bot, 7, 50, found)
    assert "seed 7" in found.exceptions[0] and "on purpose" in found.exceptions[0]
    assert "operations in all" in found.exceptions[0]


def test_growth_is_per_thousand_operations() -> None:
    assert growth([(0, 100.0), (500, 101.0), (1_000, 102.0)]) == pytest.approx(2.0)
    assert growth([(100, 90.0)]) == 0.0
