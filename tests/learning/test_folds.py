"""How patterns are dealt: each is asked once, and never beside a twin that was learned."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.intents.types import Intent, Intents
from chatbot.learning.data import Indices, Patterns, patterns_of, twins_of
from chatbot.learning.folds import Fold, dealt, held_out, singles
from chatbot.words import words

patterns_with_twins = st.lists(
    st.tuples(st.integers(0, 4), st.integers(-20, 20)), min_size=1, max_size=60, unique=True
)
"""Intent and number of the words of each pattern."""


def arrays(drawn: list[tuple[int, int]]) -> tuple[Indices, Indices]:
    labels, twins = np.array(drawn, dtype=np.int64).T
    return labels, twins


def written(**said: list[str]) -> Patterns:
    return patterns_of(Intents(tuple(Intent(tag, tuple(p), ("r",)) for tag, p in said.items())))


def are_apart(fold: Fold, twins: Indices) -> bool:
    return not set(twins[fold.learned].tolist()) & set(twins[fold.asked].tolist())


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("What time is it?", "what time is it", True),
        ("mấy giờ rồi", "may gio roi", True),
        ("hello", "ＨＥＬＬＯ !!", True),
        ("?!", "?!", True),
        ("?!", "!", False),
        ("a part", "apart", False),
        ("yes", "no", False),
    ],
)
def test_what_the_bot_would_look_up_is_a_twin(one: str, other: str, same: bool) -> None:
    first, second = twins_of([words(one), words(other)]).tolist()
    assert (first == second) is same


def test_the_numbers_of_twins_are_the_same_in_every_process() -> None:
    assert twins_of([["hello"]]).tolist() == [9022087748821825191]


@given(patterns_with_twins, st.integers(2, 7), st.integers(0, 3))
def test_every_pattern_with_a_sibling_is_asked_once_and_a_single_one_never(
    drawn: list[tuple[int, int]], folds: int, seed: int
) -> None:
    labels, twins = arrays(drawn)
    found = dealt(labels, twins, folds, seed)
    asked = np.concatenate([fold.asked for fold in found]) if found else np.zeros(0, np.int64)
    may_be = np.flatnonzero(~np.isin(labels, singles(labels, twins)))
    assert sorted(asked.tolist()) == (may_be.tolist() if found else [])
    assert len(found) <= folds
    for fold in found:
        assert are_apart(fold, twins) and len(fold.asked)
        assert not set(fold.learned.tolist()) & set(fold.asked.tolist())


@given(st.lists(st.integers(0, 5), min_size=1, max_size=60), st.integers(2, 7))
def test_of_every_intent_some_is_learned(labels: list[int], folds: int) -> None:
    array = np.array(labels)
    for fold in dealt(array, np.arange(len(array)), folds):
        assert set(labels) == set(array[fold.learned].tolist())
        assert sorted([*fold.learned, *fold.asked]) == list(range(len(array)))


def test_no_fold_is_empty_and_there_may_be_none_at_all() -> None:
    assert dealt(np.array([0, 1, 2]), np.arange(3)) == []
    assert dealt(np.array([0, 1]), np.array([5, 5])) == []
    assert [f.asked.tolist() for f in dealt(np.array([0, 0, 1]), np.arange(3))] == [[0], [1]]


def test_the_folds_are_as_large_and_the_patterns_of_an_intent_spread_over_them() -> None:
    labels = np.repeat([0, 1, 2], [20, 10, 7])
    counts = [np.bincount(labels[f.asked]) for f in dealt(labels, np.arange(37))]
    assert [count[:2].tolist() for count in counts] == [[4, 2]] * 5
    assert sorted(count[2] for count in counts) == [1, 1, 1, 2, 2]
    many = np.repeat(np.arange(20), 6)
    assert {len(f.asked) for f in dealt(many, np.arange(120))} == {24}, "not 40 and 20"


def test_the_order_of_the_file_changes_nothing_and_only_another_seed_does() -> None:
    words_of = [f"word{i}" for i in range(20)]
    there = written(a=words_of, b=["x", "y"])
    back = written(a=words_of[::-1], b=["x", "y"])

    def parts(patterns: Patterns, seed: int = 0) -> list[set[str]]:
        found = dealt(patterns.labels, patterns.twins, 5, seed)
        return [{patterns.texts[i] for i in fold.asked} for fold in found]

    assert parts(there) == parts(back)
    assert parts(there, 1) == parts(back, 1) != parts(there)


@given(patterns_with_twins, st.sampled_from([0.0, 0.15, 0.5]))
def test_what_is_held_out_has_no_twin_among_the_learned(
    drawn: list[tuple[int, int]], share: float
) -> None:
    labels, twins = arrays(drawn)
    fold = held_out(labels, twins, share)
    assert are_apart(fold, twins)
    assert sorted([*fold.learned, *fold.asked]) == list(range(len(labels)))
    for label in np.unique(labels):
        different = len(np.unique(twins[labels == label]))
        assert different >= 4 or not (labels[fold.asked] == label).any()


def test_of_every_intent_of_four_patterns_one_is_held_out() -> None:
    labels = np.repeat([0, 1, 2], [4, 3, 20])
    assert np.bincount(labels[held_out(labels, np.arange(27), 0.15).asked]).tolist() == [1, 0, 3]


def test_forty_thousand_patterns_take_no_time() -> None:
    labels = np.repeat(np.arange(1_000), 40)
    twins = np.random.default_rng(0).permutation(40_000)
    assert sum(len(fold.asked) for fold in dealt(labels, twins)) == 40_000
    assert len(held_out(labels, twins, 0.15).asked) == 6_000
