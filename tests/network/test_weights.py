"""Feature rows: the model's own before the base's, and what makes a word unknown."""

from __future__ import annotations

import numpy as np
import pytest

from chatbot.network.recurrent import Recurrent
from chatbot.network.rows import FeatureRows, find_rows
from chatbot.network.weights import Weights
from chatbot.words import features

SIZE = 3


def rows(values: dict[int, float], unknown: float = -1.0) -> FeatureRows:
    """Feature rows in which every number of a feature's vector is the given value."""
    hashes = sorted(values)
    vectors = [np.full(SIZE, unknown), *(np.full(SIZE, values[h]) for h in hashes)]
    return FeatureRows(np.array(hashes, np.uint32), np.array(vectors, np.float16))


def weights(own: dict[int, float], base: dict[int, float]) -> Weights:
    eye, zeros = np.eye(SIZE, dtype=np.float32), np.zeros(SIZE, np.float32)
    return Weights(
        "rnn", rows(own), zeros + 1, zeros, eye, eye, zeros, zeros,
        projection_weight=eye, projection_bias=zeros, output_weight=eye, output_bias=zeros,
        base=rows(base, unknown=-2.0),
    )  # fmt: skip


def test_what_training_made_of_a_feature_counts_though_the_base_has_it_too() -> None:
    found, known = weights({1: 10, 2: 20}, {2: 2, 3: 3}).feature_vectors([1, 2, 3])
    assert found[:, 0].tolist() == [10, 20, 3]
    assert known.tolist() == [True, True, True]


def test_a_feature_that_neither_has_met_gets_the_row_of_the_unknown_feature() -> None:
    found, known = weights({1: 10}, {3: 3}).feature_vectors([1, 4, 3, 0])
    assert found[:, 0].tolist() == [10, -1, 3, -1]
    assert known.tolist() == [True, False, True, False]


def test_the_first_the_last_and_no_hash_at_all_are_found_where_they_are() -> None:
    among = np.array([2, 5, 9], np.uint32)
    wanted = np.array([9, 2, 1, 10, 5, 2**32 - 1], np.uint32)
    assert find_rows(among, wanted).tolist() == [3, 1, 0, 0, 2, 0]
    assert find_rows(among[:0], wanted).tolist() == [0] * 6


def test_a_word_of_which_a_third_is_known_resembles_something() -> None:
    """A typo keeps that much of its word: with half required it would be an unknown word."""
    found, known = weights({}, {1: 1, 2: 2}).feature_vectors([1, 2, 30, 40, 50, 60])
    assert len(found) == 6 and known.sum() == 2


def test_a_word_that_shares_one_n_gram_of_five_resembles_nothing() -> None:
    found, known = weights({}, {1: 1}).feature_vectors([1, 20, 30, 40, 50])
    assert found[:, 0].tolist() == [-1], "the unknown feature alone"
    assert not known.any()


@pytest.mark.parametrize(("word", "share"), [("time", 1.0), ("zzzzzz", 0.0)])
def test_a_reading_says_how_much_of_a_word_is_known(word: str, share: float) -> None:
    known = weights({}, {h: 1.0 for h in features("time")})
    assert Recurrent(known).known(word) == share
