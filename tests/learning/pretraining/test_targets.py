"""The targets: a mean per language is taken away, and what MiniLM cannot read is filled in."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from chatbot.learning.pretraining import targets
from chatbot.learning.pretraining.targets import learned_map, targets_of
from chatbot.learning.threads import one_thread
from chatbot.network.arrays import unit_length

SIZE = 384


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A map of fewer steps: for what does not depend on how good it is."""
    full = learned_map
    monkeypatch.setattr(targets, "learned_map", lambda a, b: full(a, b, steps=3))
    with one_thread():
        yield


def drawn(lines: int, seed: int = 0) -> np.ndarray:
    rows = np.random.default_rng(seed).normal(size=(lines, SIZE))
    return unit_length(rows).astype(np.float16)


def halves(rows: np.ndarray) -> np.ndarray:
    return rows.astype(np.float16)


def cosines(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    return np.asarray(
        (unit_length(one.astype(float)) * unit_length(other.astype(float))).sum(axis=1)
    )


def test_a_language_of_a_single_line_has_a_view_without_nan() -> None:
    found = targets_of(drawn(3), drawn(3, 1), np.array([0, 0, 5]))
    assert np.isfinite(found.e5).all() and np.isfinite(found.minilm).all()


def test_the_mean_of_every_language_is_taken_away() -> None:
    """e5 gives all lines of a language a large part in common, which says nothing of any."""
    own = drawn(40).astype(float)
    languages = np.arange(40) % 2
    common = 5 * drawn(2, seed=9).astype(float)
    e5 = halves(unit_length(own + common[languages]))
    assert cosines(e5[:1], e5[2:3])[0] > 0.8, "alike, though they have nothing to do with another"
    found = targets_of(e5, drawn(40, 1), languages)
    centred = found.e5.astype(float)
    for language in (0, 1):
        rows = centred[languages == language]
        assert np.linalg.norm(rows.mean(axis=0)) < 0.1
    assert abs(cosines(found.e5[:1], found.e5[2:3])[0]) < 0.3
    assert cosines(found.e5, own).mean() > 0.9, "what is a line's own stays"
    assert np.linalg.norm(centred, axis=1) == pytest.approx(1, abs=1e-2)


def test_english_lines_keep_what_minilm_says_and_the_others_get_a_view_of_length_one() -> None:
    languages = np.array([0] * 30 + [3] * 10)
    minilm = drawn(40, 1)
    minilm[30:] = np.nan  # it has not read them
    found = targets_of(drawn(40), minilm, languages)
    np.testing.assert_array_equal(found.minilm[:30], minilm[:30])
    assert np.isfinite(found.minilm).all()
    lengths = np.linalg.norm(found.minilm[30:].astype(float), axis=1)
    assert lengths == pytest.approx(1, abs=1e-2)


def test_what_the_teachers_gave_is_not_changed() -> None:
    e5, minilm = drawn(12), drawn(12, 1)
    copies = e5.copy(), minilm.copy()
    targets_of(e5, minilm, np.arange(12) % 3)
    np.testing.assert_array_equal(e5, copies[0])
    np.testing.assert_array_equal(minilm, copies[1])


@pytest.mark.parametrize("language", [0, 4])
def test_where_there_is_nothing_to_learn_a_map_from_or_for_none_is_learned(
    language: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(targets, "learned_map", None)
    minilm = drawn(6, 1)
    found = targets_of(drawn(6), minilm, np.full(6, language))
    np.testing.assert_array_equal(found.minilm, minilm)


@pytest.mark.slow
def test_the_map_carries_minilms_view_to_lines_that_it_has_not_read() -> None:
    """Where the two views have something to do with one another."""
    rng = np.random.default_rng(0)
    causes = rng.normal(size=(600, 6))
    to_e5, to_minilm = rng.normal(size=(6, SIZE)), rng.normal(size=(6, SIZE))
    e5, minilm = (halves(unit_length(causes @ to)) for to in (to_e5, to_minilm))
    view = learned_map(e5[:500], minilm[:500], steps=120)
    again = learned_map(e5[:500], minilm[:500], steps=120)
    import torch

    with torch.no_grad():
        found, twice = (
            some(torch.from_numpy(e5[500:].astype(np.float32))).numpy() for some in (view, again)
        )
    assert cosines(found, minilm[500:]).mean() > 0.9
    np.testing.assert_array_equal(found, twice)
