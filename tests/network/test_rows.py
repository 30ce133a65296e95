"""Rows of features: four bits a number come near, and are found as the others are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.network.rows import UNKNOWN_ROW, FeatureRows, FourBitRows

SIZE = 6


def in_four_bits(vectors: np.ndarray) -> FourBitRows:
    hashes = np.arange(1, len(vectors), dtype=np.uint32) * 7
    return FourBitRows.of(hashes, vectors.astype(np.float32))


def every(rows: FourBitRows | FeatureRows) -> np.ndarray:
    return rows.at(np.arange(len(rows)))


def largest(vectors: np.ndarray) -> np.ndarray:
    """Return the largest number of each row, (rows, 1)."""
    found: np.ndarray = np.abs(vectors).max(axis=1, keepdims=True)
    return found


def test_a_row_of_zeros_stays_a_row_of_zeros() -> None:
    assert not every(in_four_bits(np.zeros((3, SIZE)))).any()


@pytest.mark.parametrize("size", [1e-9, 1e-6, 1e-3, 1.0, 300.0, 60_000.0])
def test_numbers_of_any_size_a_row_may_have_stay_finite_and_near(size: float) -> None:
    vectors = size * np.random.default_rng(0).normal(size=(50, SIZE)).clip(-3, 3)
    found = every(in_four_bits(vectors))
    assert np.isfinite(found).all()
    # The steps are finest where the largest number is still reached; halves have none below 6e-8.
    assert (np.abs(found - vectors) <= 0.36 * largest(vectors) + 1e-7).all()


def test_one_huge_number_in_a_row_leaves_the_other_rows_as_fine_as_they_were() -> None:
    vectors = np.random.default_rng(0).normal(size=(4, SIZE))
    spoiled = vectors.copy()
    spoiled[2, 3] = 1e4
    alone, beside = every(in_four_bits(vectors)), every(in_four_bits(spoiled))
    np.testing.assert_array_equal(alone[[0, 1, 3]], beside[[0, 1, 3]])
    assert beside[2, 3] == pytest.approx(1e4, rel=0.01)


def test_what_the_scale_reaches_is_within_half_a_scale() -> None:
    """Only the very largest may be cut off: the rest is finer for it."""
    vectors = np.random.default_rng(1).normal(size=(200, 64)).astype(np.float32)
    rows = in_four_bits(vectors)
    scale = rows.scales.astype(np.float32)[:, None]
    reached = np.abs(vectors) <= 7 * scale
    error = np.abs(every(rows) - vectors)
    assert (error <= 0.5 * scale * 1.001)[reached].all()
    assert reached.mean() > 0.95
    assert (scale <= largest(vectors) / 7 * 1.001).all()


def test_no_coarser_than_if_the_largest_number_set_the_scale() -> None:
    vectors = np.random.default_rng(2).normal(size=(200, 64)).astype(np.float32)
    scale = largest(vectors) / 7
    plain = np.rint(vectors / scale) * scale
    error = np.square(every(in_four_bits(vectors)) - vectors).sum(axis=1)
    assert (error <= np.square(plain - vectors).sum(axis=1) * 1.01).all()


@given(st.lists(st.integers(-7, 7), min_size=SIZE, max_size=SIZE).filter(lambda n: 7 in n))
def test_whole_numbers_of_scales_come_back_as_they_were(numbers: list[int]) -> None:
    vectors = np.array([numbers], np.float32) / 4
    np.testing.assert_array_equal(every(in_four_bits(vectors)), vectors)


def test_they_are_found_as_other_rows_are() -> None:
    hashes = np.array([2, 5, 9, 2**32 - 1], np.uint32)
    vectors = np.random.default_rng(0).normal(size=(5, SIZE)).astype(np.float16)
    plain = FeatureRows(hashes, vectors)
    small = FourBitRows.of(hashes, vectors.astype(np.float32))
    assert (len(small), small.word_size) == (len(plain), plain.word_size) == (5, SIZE)
    wanted = [9, 2, 1, 10, 5, 2**32 - 1, 0]
    assert small.find(wanted).tolist() == plain.find(wanted).tolist() == [3, 1, 0, 0, 2, 4, 0]
    assert small.find([]).tolist() == plain.find([]).tolist() == []
    rows = plain.find(wanted)
    scale = small.scales[rows].astype(np.float32)[:, None]
    assert small.at(rows).shape == plain.at(rows).shape == (7, SIZE)
    assert small.at(rows).dtype == plain.at(rows).dtype == np.float32
    assert (np.abs(small.at(rows) - plain.at(rows)) < 4 * scale).all()


def test_of_no_features_only_the_unknown_one_has_a_row() -> None:
    none = FeatureRows.none(SIZE)
    assert (len(none), none.word_size) == (1, SIZE)
    assert none.find([1, 2]).tolist() == [UNKNOWN_ROW, UNKNOWN_ROW]
    assert not every(none).any()
    assert len(in_four_bits(np.ones((1, SIZE)))) == 1


def test_rows_that_are_asked_for_twice_are_given_twice_and_none_changes_another() -> None:
    rows = in_four_bits(np.random.default_rng(0).normal(size=(4, SIZE)))
    twice = rows.at(np.array([3, 1, 3]))
    np.testing.assert_array_equal(twice[0], twice[2])
    twice += 100
    np.testing.assert_array_equal(rows.at(np.array([3]))[0], every(rows)[3])
    assert rows.at(np.zeros(0, np.intp)).shape == (0, SIZE)
