"""The list of bots that were open: ugly files first."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatbot.bots import recent
from chatbot.common import paths
from chatbot.common.paths import locations_of_file


def opened(*files: Path) -> None:
    for file in files:
        recent.add(locations_of_file(file, "test"))


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe\x00", b"{\n[1, 2]\n[]\nnull\n", b"[" * 100_000, b'["a.json", "models/a"]\n',
     b'["/a.json"]\n', b'["/a.json", "/m", "/x"]\n'],
)  # fmt: skip
def test_a_damaged_list_is_an_empty_one_and_can_be_added_to(content: bytes, tmp_path: Path) -> None:
    paths.recent_file().parent.mkdir(parents=True)
    paths.recent_file().write_bytes(content)
    assert recent.load() == []
    opened(tmp_path / "a.json")
    assert [bot.intents for bot in recent.load()] == [tmp_path / "a.json"]


def test_the_latest_comes_first_and_no_bot_twice(tmp_path: Path) -> None:
    a, b = tmp_path / "a.json", tmp_path / "b\udcff [b] {x}.json"
    opened(a, b, a)
    assert [bot.intents for bot in recent.load()] == [a, b]
    a.write_text("{}")
    assert [bot.is_missing for bot in recent.load()] == [False, True]
    recent.remove(b)
    recent.remove(b)
    assert [bot.intents for bot in recent.load()] == [a]
    assert a.exists(), "only the list forgets it"


def test_a_model_in_a_place_of_its_own_is_remembered(tmp_path: Path) -> None:
    recent.add(paths.locate(tmp_path / "a.json", tmp_path / "elsewhere"))
    assert recent.load()[0].locations.model == tmp_path / "elsewhere"


def test_the_list_does_not_grow_for_ever(tmp_path: Path) -> None:
    opened(*(tmp_path / f"{number}.json" for number in range(recent.KEPT + 5)))
    assert len(recent.load()) == recent.KEPT
