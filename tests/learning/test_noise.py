"""The noise of a training batch: each kind does what it says, to as much as it says."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from chatbot.learning.data import NO_NOISE, FeatureTable, Noise, encode, hashes_of
from chatbot.learning.network import Batch
from chatbot.network.rows import UNKNOWN_ROW

MESSAGES = [("what", "time", "is", "it", "?"), ("hello",), ("good", "morning", "everybody", "!")]
MANY = np.arange(3).repeat(1_000)


def batch(noise: Noise) -> Batch:
    messages = encode(MESSAGES)
    table = FeatureTable(messages.vocabulary, hashes_of(messages.vocabulary))
    return table.batch(messages, MANY, noise, np.random.default_rng(0))


def unknown_words(found: Batch) -> np.ndarray:
    """Whether each word of each message (messages, longest) is the unknown word."""
    bounds = [*found.offsets.tolist(), len(found.features)]
    alone = [found.features[a:b].tolist() == [UNKNOWN_ROW] for a, b in pairwise(bounds)]
    unknown: np.ndarray = np.array(alone)[found.words.numpy()]
    return unknown


def read(found: Batch) -> np.ndarray:
    """Whether each place of each message is read, (messages, longest)."""
    places = np.arange(found.words.shape[1])
    return np.asarray(places < found.lengths.numpy()[:, None])


def test_without_noise_every_word_is_itself_and_every_message_whole() -> None:
    found = batch(NO_NOISE)
    assert found.lengths.tolist() == [5] * 1_000 + [1] * 1_000 + [4] * 1_000
    assert not unknown_words(found)[read(found)].any()
    assert (found.features != UNKNOWN_ROW).sum() == len(found.features) - 1, "but the padding"


@pytest.mark.parametrize("share", [0.2, 0.6])
def test_word_dropout_makes_that_share_of_the_words_unknown(share: float) -> None:
    found = batch(replace(NO_NOISE, word_dropout=share))
    assert unknown_words(found)[read(found)].mean() == pytest.approx(share, abs=0.02)


def test_feature_dropout_makes_that_share_of_a_words_features_unknown() -> None:
    """Each word once, so that no word's features are drawn twice."""
    words = [(f"word{number}of{number * 7}many",) for number in range(300)]
    messages = encode(words)
    table = FeatureTable(messages.vocabulary, hashes_of(messages.vocabulary))
    noise = replace(NO_NOISE, feature_dropout=0.3)
    found = table.batch(messages, np.arange(300), noise, np.random.default_rng(0))
    assert (found.features == UNKNOWN_ROW).float().mean().item() == pytest.approx(0.3, abs=0.02)


def test_a_bare_end_takes_the_mark_from_that_share_of_the_messages_that_have_one() -> None:
    lengths = batch(replace(NO_NOISE, bare_end=0.3)).lengths.numpy()
    assert (lengths[:1_000] == 4).mean() == pytest.approx(0.3, abs=0.05)
    assert (lengths[1_000:2_000] == 1).all(), "no message loses its only word"
    assert (lengths[2_000:] == 3).mean() == pytest.approx(0.3, abs=0.05)
    assert set(lengths.tolist()) == {1, 3, 4, 5}


def test_cutting_off_leaves_a_prefix_of_any_length_but_never_nothing() -> None:
    lengths = batch(replace(NO_NOISE, cut_off=1.0)).lengths.numpy()[:1_000]
    shares = np.bincount(lengths, minlength=6)[1:] / 1_000
    assert shares == pytest.approx([0.2] * 5, abs=0.05)


def test_people_leave_out_words_letters_and_marks_so_training_does_it_too() -> None:
    """The recipe that a file is trained with has every kind of noise."""
    from chatbot.learning.starts import FromBase, FromNothing

    for recipe in (FromBase.recipe, FromNothing.recipe):
        noise = recipe.noise
        assert min(noise.word_dropout, noise.feature_dropout, noise.bare_end, noise.cut_off) > 0
