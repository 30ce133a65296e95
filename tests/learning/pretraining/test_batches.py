"""The batches of a pretraining are the same whoever makes them, and from wherever it goes on."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import numpy as np
import pytest
import torch

from chatbot.learning.pretraining.batches import Ready
from tests.learning.pretraining import small


def assert_same(one: Ready, other: Ready) -> None:
    assert np.array_equal(one.lines, other.lines)
    assert torch.equal(one.topics, other.topics)
    for name in ("features", "offsets", "words", "lengths"):
        assert torch.equal(getattr(one.messages, name), getattr(other.messages, name))
    assert (one.episode is None) == (other.episode is None)
    assert one.rng.random() == other.rng.random()


@pytest.mark.slow
def test_other_processes_make_the_batches_that_this_one_makes(tmp_path: Path) -> None:
    batches = small.course(tmp_path).batches
    first = batches.per_epoch - 1  # the last of an epoch: the next one is of another
    made = list(islice(batches.from_step(first, workers=2), 5))
    here = list(islice(batches.from_step(first, workers=0), 5))
    assert len(made) == len(here) == 5
    for one, other in zip(made, here, strict=True):
        assert_same(one, other)


def test_an_epoch_learns_every_line_once_and_the_held_out_ones_never(tmp_path: Path) -> None:
    course = small.course(tmp_path)
    batches = course.batches
    lines = np.concatenate([batches[step].lines for step in range(batches.per_epoch)])
    assert sorted(lines.tolist()) == sorted(course.learned.tolist())
    assert not set(lines.tolist()) & set(course.held_out.tolist())


def test_two_processes_share_the_lines_of_a_batch(tmp_path: Path) -> None:
    course = small.course(tmp_path)
    alone = course.batches[0].lines
    parts = []
    for rank in range(2):
        course.batches._rank, course.batches._processes = rank, 2
        parts.append(course.batches[0].lines)
    assert sorted(np.concatenate(parts).tolist()) == sorted(alone.tolist())
