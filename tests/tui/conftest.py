"""What the interface tests share: which of them are slow, and snapshots of screens."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from chatbot.common import paths
from tests.tui.drawn import Drawn, difference, drawn, from_text, to_text
from tests.tui.made_bot import make_bot

SNAPSHOTS = Path(__file__).parent / "snapshots"
PATIENCE = 10
"""Seconds that a screen has to look as it is kept: what it waits for may still be on its way."""
STILL = 0.3
"""Seconds without a change after which a screen is taken to be complete."""

Check = Callable[[Pilot[Any], str], Awaitable[None]]


WHOLE_BOTS = {"trained_folder", "small_bot", "default_model"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as slow what runs the whole app on a trained bot, but for what is marked smoke.

    Each such test takes seconds; those that are marked smoke show that the app works at all.
    """
    for item in items:
        is_whole = WHOLE_BOTS & set(getattr(item, "fixturenames", ()))
        if "tests/tui/" in item.nodeid and is_whole and not item.get_closest_marker("smoke"):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(autouse=True)
def not_the_first_start(own_home: Path) -> None:
    """Begin as somebody who has used the app before."""
    file = paths.welcomed_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch()


@pytest.fixture
def bot(tmp_path: Path) -> Path:
    """The folder of a made-up bot."""
    return make_bot(tmp_path / "bot")


@pytest.fixture
def snapshot(request: pytest.FixtureRequest, tmp_path: Path) -> Check:
    """Return what checks that the screen looks as the snapshot of that name does."""

    async def check(pilot: Pilot[Any], name: str) -> None:
        path = SNAPSHOTS / f"{name}.txt"
        if request.config.getoption("--update-snapshots"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(to_text(await complete(pilot)), encoding="utf-8")
            return
        assert path.exists(), f"{path} is not there yet: pytest --update-snapshots writes it"
        expected = from_text(path.read_text(encoding="utf-8"))
        loop = asyncio.get_running_loop()
        deadline = loop.time() + PATIENCE
        while differs := difference(expected, drawn(pilot.app)):
            if loop.time() >= deadline:
                picture = tmp_path / f"{name}.svg"
                picture.write_text(pilot.app.export_screenshot(), encoding="utf-8")
                pytest.fail(
                    f"{name} does not look as it did.\n{differs}\n"
                    f"The screen: {picture}\nTo accept it: pytest --update-snapshots",
                    pytrace=False,
                )
            await pilot.pause(0.05)

    return check


async def complete(pilot: Pilot[Any]) -> Drawn:
    """Return what is drawn once nothing works in the background and nothing changes any more."""
    loop = asyncio.get_running_loop()
    shown, since = drawn(pilot.app), loop.time()
    while loop.time() < since + STILL or any(not w.is_finished for w in pilot.app.workers):
        await pilot.pause(0.05)
        if (now := drawn(pilot.app)) != shown:
            shown, since = now, loop.time()
    return shown
