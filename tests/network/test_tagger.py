"""The tagger: the best sequence of tags is the best of all sequences, found quickly or not."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest

from chatbot.network.tagger import IMPOSSIBLE, Tagger, allowed

WORDS = 4
INPUTS = 6


def tagger_of(rng: np.random.Generator, towards_none: float) -> Tagger:
    """Return a tagger of one slot that says "no value" the more, the larger `towards_none` is."""

    def numbers(*shape: int) -> np.ndarray:
        return rng.normal(size=shape).astype(np.float32)

    bias = numbers(3)
    bias[0] += towards_none
    return Tagger(("city",), numbers(5, INPUTS), numbers(5), numbers(3, 5), bias, numbers(3, 3))


def best_of_all(tagger: Tagger, inputs: np.ndarray) -> list[int]:
    """Return the best sequence of tags by trying every one."""
    scores, follow = tagger.scores(inputs), allowed(tagger.transitions)

    def total(tags: list[int]) -> float:
        begun = IMPOSSIBLE if tags[0] == 2 else 0.0
        steps = sum(float(follow[a, b]) for a, b in pairwise(tags))
        return begun + steps + sum(float(scores[i, tag]) for i, tag in enumerate(tags))

    every = [list(tags) for tags in product(range(3), repeat=WORDS)]
    return max(every, key=total)


@pytest.mark.parametrize("towards_none", [-2.0, 0.0, 2.0, 4.0, 6.0, 30.0])
def test_no_other_sequence_of_tags_is_better(towards_none: float) -> None:
    rng = np.random.default_rng(7)
    with_values = 0
    for _ in range(20):
        tagger = tagger_of(rng, towards_none)
        inputs = rng.normal(size=(WORDS, INPUTS)).astype(np.float32)
        found = tagger.best(inputs)
        assert found == best_of_all(tagger, inputs)
        with_values += any(found)
    assert with_values == 0 if towards_none == 30 else with_values > 0
