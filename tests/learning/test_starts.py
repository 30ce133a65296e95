"""Where a training starts: the base as it is, words it has never seen, and when to do without."""

from __future__ import annotations

import numpy as np
import pytest

from chatbot.intents.types import Intent, Intents
from chatbot.learning.data import NO_NOISE, patterns_of
from chatbot.learning.starts import FromBase, FromNothing
from chatbot.learning.training import Settings, Trained, train
from chatbot.model import pretrained
from chatbot.network.feed_forward import embeddings
from chatbot.network.recurrent import Recurrent
from chatbot.versions.records import Progress
from chatbot.words import words

ENGLISH = Intents(
    (
        Intent("time", ("what time is it", "tell me the time", "how late is it"), ("r",)),
        Intent("food", ("i am hungry", "where can we eat", "any good restaurant"), ("r",)),
    ),
    None,
)
GEORGIAN = Intents(
    (
        Intent("time", ("რომელი საათია", "მითხარი დრო", "რა დროა ახლა", "საათი მითხარი"), ("r",)),
        Intent(
            "food", ("ძალიან მშია", "სად ვჭამოთ", "კარგი რესტორანი აქ", "წავიდეთ საჭმელად"), ("r",)
        ),
    ),
    None,
)
"""In no script of the base's languages."""


def embedded(message: str) -> np.ndarray:
    """The base's embedding of a message."""
    weights = pretrained.load().weights
    return embeddings(weights, Recurrent(weights).read(words(message))[-1].hidden)


def test_the_base_finds_sentences_alike_that_mean_the_same_in_other_words() -> None:
    asked = embedded("what time is it?")
    assert asked @ embedded("could you tell me the hour") > asked @ embedded("what food is it?")
    assert np.linalg.norm(asked) == pytest.approx(1, abs=1e-5)


def test_before_the_first_step_the_network_embeds_as_the_base_does() -> None:
    patterns = patterns_of(ENGLISH)
    start = FromBase(pretrained.load())
    everything = np.arange(len(patterns))
    table, network = start.begin(patterns, everything)
    batch = table.batch(patterns.messages, everything, NO_NOISE, np.random.default_rng(0))
    texts = [pattern for intent in ENGLISH.trainable for pattern in intent.patterns]
    expected = np.stack([embedded(text) for text in texts])
    np.testing.assert_allclose(network.embeddings(batch).detach().numpy(), expected, atol=1e-5)
    assert network(batch).argmax(dim=1).tolist() == patterns.labels.tolist(), "class means"


def test_held_out_words_have_the_bases_features_and_no_others() -> None:
    mixed = Intents((*ENGLISH.intents, Intent("new", ("xyzzyqua plugh",), ("r",))), None)
    patterns = patterns_of(mixed)
    start = FromBase(pretrained.load())
    learned = np.flatnonzero(patterns.labels == 0)
    hashes = set(start.begin(patterns, learned).table.hashes.tolist())
    from chatbot.words import features

    assert set(features("restaurant")) <= hashes
    known = set(start.rows.hashes.tolist())
    assert not (set(features("xyzzyqua")) - known) & hashes


def test_the_base_is_at_home_in_english_and_not_in_georgian() -> None:
    start = FromBase(pretrained.load())
    assert start.known_words(patterns_of(ENGLISH)) > 0.95
    assert start.known_words(patterns_of(GEORGIAN)) < 0.5


@pytest.mark.slow
@pytest.mark.parametrize("file", [ENGLISH, GEORGIAN])
def test_any_language_is_learned(file: Intents) -> None:
    *_, last = train(file, Settings())
    assert isinstance(last, Trained)
    recurrent = Recurrent(last.weights)
    from chatbot.network.feed_forward import intent_logits

    for label, intent in enumerate(file.intents):
        for pattern in intent.patterns:
            state = recurrent.read(words(pattern))[-1].hidden
            assert int(intent_logits(last.weights, state).argmax()) == label


@pytest.mark.slow
def test_where_the_base_is_a_stranger_both_starts_are_tried_and_the_card_can_say_so() -> None:
    *records, last = train(GEORGIAN, Settings())
    progress = [record for record in records if isinstance(record, Progress)]
    begun = [record.phase for record in progress if record.step == 1]
    assert begun == [
        "held-out", "all patterns",  # a layer on the base as it is
        "held-out", "held-out", "all patterns",  # tuned, from nothing, the better of the two
    ]  # fmt: skip
    assert isinstance(last, Trained)
    assert last.metrics.known_words is not None and last.metrics.known_words < 0.5


@pytest.mark.slow
@pytest.mark.parametrize("settings", [Settings(cell="lstm"), Settings(hidden_size=40)])
def test_another_cell_or_size_than_the_bases_starts_from_nothing(settings: Settings) -> None:
    *_, last = train(ENGLISH, settings)
    assert isinstance(last, Trained)
    assert last.base is None
    assert len(last.weights.base.hashes) == 0
    assert last.weights.hidden_size == (settings.hidden_size or 128)


def test_nothing_knows_only_the_words_it_learned() -> None:
    patterns = patterns_of(ENGLISH)
    one, all_six = (
        FromNothing("rnn", 8).begin(patterns, learned).table.hashes
        for learned in (np.array([0]), np.arange(6))
    )
    assert 0 < len(one) < len(all_six)
