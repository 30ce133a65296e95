"""Near patterns: among many as among few, the pairs are all found."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from chatbot.cli import main
from chatbot.conversation.bot import Chatbot
from chatbot.intents.types import Intent, Intents
from chatbot.network.rows import Floats
from chatbot.quality import alike, health
from chatbot.quality.alike import neighbours
from chatbot.quality.health import compared, examine


def points(count: int, size: int = 40) -> Floats:
    """Return clustered unit vectors, some of them nearly the same."""
    rng = np.random.default_rng(0)
    found = rng.normal(size=(12, size))[rng.integers(12, size=count)]
    found += 0.5 * rng.normal(size=found.shape) * rng.random((count, 1))
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    return found.astype(np.float32)


@pytest.mark.parametrize("near", [0.9, 0.97])
def test_in_few_directions_the_same_pairs_are_found_as_in_all(
    monkeypatch: pytest.MonkeyPatch, near: float
) -> None:
    embedded = points(300)
    groups = np.arange(300) % 7
    exact = neighbours(embedded, groups, near)
    monkeypatch.setattr(alike, "EXACT", 100)
    monkeypatch.setattr(alike, "DIRECTIONS", 8)
    monkeypatch.setattr(alike, "TILE", 70)
    monkeypatch.setattr(alike, "AT_ONCE", 5_000)
    fewer = neighbours(embedded, groups, near)
    assert [pair[1:] for pair in exact.pairs] == [pair[1:] for pair in fewer.pairs]
    assert exact.pairs
    cosines = embedded @ embedded.T
    nearest = cosines[np.arange(300), fewer.nearest]
    assert np.mean(cosines[np.arange(300), exact.nearest] - nearest) < 0.05


@pytest.mark.parametrize("count", [0, 1])
def test_without_another_pattern_none_is_nearest(count: int) -> None:
    found = neighbours(points(3)[:count], np.zeros(count, np.int64), 0.9)
    assert not len(found.nearest) and found.pairs == ()


def test_a_check_of_a_large_file_finds_the_near_duplicate(
    default_intents: Path, default_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot = Chatbot.load(default_intents, default_model, seed=0)

    def near() -> list[str]:
        found = examine(None, bot.intents, bot.reader)
        return [finding.message for finding in found if finding.kind == "near_duplicate"]

    before = near()
    assert any("short-term memory" in message for message in before)
    monkeypatch.setattr(alike, "EXACT", 100)
    assert near() == before


def test_the_check_says_that_it_compared_a_sample(
    trained_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ["check", str(trained_folder / "intents.json")]
    arguments += ["--model", str(trained_folder / "models" / "intents")]
    assert "sample" not in CliRunner().invoke(main, arguments).output
    monkeypatch.setattr(health, "COMPARED", 20)
    assert "a sample of 18 of 30 patterns" in CliRunner().invoke(main, arguments).output


def test_of_more_patterns_than_are_compared_a_sample_is(monkeypatch: pytest.MonkeyPatch) -> None:
    intents = Intents(
        tuple(Intent(f"i{n}", tuple(f"w{n} {k}" for k in range(30)), ("x",)) for n in range(4))
    )
    assert compared(intents, with_model=False) == 120
    monkeypatch.setattr(health, "JUDGED", 40)
    assert compared(intents, with_model=False) == 40
    assert compared(intents, with_model=True) == 120
    few = Intents((*intents.intents, Intent("few", ("hi", "Hi!", "hello"), ("x",))))
    messages = [finding.message for finding in examine(None, few)]
    assert messages == ["“few” has 2 different patterns"], "counted in all"


def test_among_equally_near_patterns_the_first_is_nearest_whichever_are_compared_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Their products are exact, so that equals are equal on every processor.
    signs = np.where(np.random.default_rng(0).random((60, 64)) < 0.5, -1, 1)
    embedded = np.repeat((signs / 8).astype(np.float32), 5, axis=0)
    groups = np.arange(300) % 7
    alone = neighbours(embedded, groups, 0.9)
    assert alone.nearest[:7].tolist() == [1, 0, 0, 0, 0, 6, 5]
    monkeypatch.setattr(alike, "TILE", 37)
    for _ in range(5):
        shared_out = neighbours(embedded, groups, 0.9)
        np.testing.assert_array_equal(shared_out.nearest, alone.nearest)
        assert shared_out.pairs == alone.pairs
