"""The NumPy cell: the same numbers as torch, and what a step keeps."""

from __future__ import annotations

import numpy as np
import pytest

from chatbot.intents.types import Intent, Intents
from chatbot.learning.data import NO_NOISE, FeatureTable, hashes_of, patterns_of
from chatbot.network.recurrent import Recurrent
from chatbot.network.weights import (
    CELL_KINDS,
    MIN_KNOWN,
    PARAMETERS,
    CellKind,
    Floats,
    Halves,
    Weights,
)
from chatbot.words import features, words
from tests.random_network import random_network, random_weights

INTENTS = Intents(
    (
        Intent("time", ("What time is it?", "tell me the time", "xin chào mấy giờ rồi"), ("r",)),
        Intent("joke", ("tell me a joke", "make me laugh please 👍", "something funny"), ("r",)),
    ),
    None,
)
MESSAGES = ("What time is it?", "tell me something new", "zzz", "xin chào 👍 please laugh " * 8)


def feature_rows(weights: Weights, message: str) -> list[list[Floats]]:
    """The vectors of each word's features, looked up one by one: the model's own, else the base's.

    A word of which less than MIN_KNOWN is known has the vector of the unknown feature alone.
    """
    unknown = weights.own.vectors[0]
    rows: dict[int, Halves] = {}
    for table in (
        weights.base,
        weights.own,
    ):  # what the model has learned itself goes last: it wins
        rows.update(zip(table.hashes.tolist(), table.vectors[1:], strict=True))
    found = []
    for word in words(message):
        hashes = features(word)
        is_known = sum(hash in rows for hash in hashes) >= MIN_KNOWN * len(hashes)
        vectors = [rows.get(hash, unknown) for hash in hashes] if is_known else [unknown]
        found.append([vector.astype(np.float32) for vector in vectors])
    return found


def torch_states(weights: Weights, message: str) -> tuple[Floats, Floats]:
    """The same network in torch: every state (words, hidden), and the logits after every word."""
    import torch

    from chatbot.learning.network import Batch, Network

    by_word = feature_rows(weights, message)
    vectors = [vector for found in by_word for vector in found]
    ends = np.cumsum([len(found) for found in by_word])
    network = Network(
        len(vectors),
        weights.word_size,
        weights.hidden_size,
        weights.embedding_size,
        len(weights.output_bias),
        weights.cell,
    )
    names = {name: getattr(weights, field) for name, field in PARAMETERS.items()}
    names["words.weight"] = np.stack(vectors)
    network.load_state_dict({name: torch.from_numpy(array) for name, array in names.items()})
    count = len(by_word)
    batch = Batch(
        torch.arange(len(vectors)),
        torch.from_numpy(np.concatenate(([0], ends[:-1]))),
        torch.arange(count).repeat(count, 1),
        torch.arange(1, count + 1),  # every prefix
    )
    with torch.no_grad():
        return network.final_states(batch).numpy(), network(batch).numpy()


@pytest.mark.parametrize("cell", CELL_KINDS)
def test_every_state_and_logit_is_torchs_to_1e_5(cell: CellKind) -> None:
    recurrent, classifier = random_network(cell, INTENTS)
    for message in MESSAGES:
        steps = recurrent.read(words(message))
        states, logits = torch_states(recurrent.weights, message)
        np.testing.assert_allclose(np.stack([s.hidden for s in steps]), states, atol=1e-5)
        ours = np.stack([classifier.logits(step.hidden) for step in steps])
        np.testing.assert_allclose(ours, logits, rtol=1e-5, atol=1e-5)


def test_a_gru_step_is_its_gates_between_the_old_state_and_the_candidate() -> None:
    recurrent = Recurrent(random_weights("gru", INTENTS))
    before = recurrent.initial_state
    for word in words(MESSAGES[0]):
        step = recurrent.step(word, before)
        assert step.update_gate is not None and step.reset_gate is not None
        keep = step.update_gate
        np.testing.assert_allclose(
            step.hidden, keep * before.hidden + (1 - keep) * step.candidate, atol=1e-6
        )
        assert ((keep > 0) & (keep < 1)).all()
        assert (np.abs(step.hidden) <= 1).all()
        before = step


def test_the_state_after_a_word_does_not_depend_on_the_words_behind_it() -> None:
    recurrent = Recurrent(random_weights("gru", INTENTS))
    alone = recurrent.read(["what", "time"])[-1].hidden
    within = recurrent.read(["what", "time", "is", "it", "?"])[1].hidden
    np.testing.assert_array_equal(alone, within)


def test_an_unknown_word_is_known_to_be_unknown_and_a_typo_half_known() -> None:
    recurrent = Recurrent(random_weights("gru", INTENTS))
    assert recurrent.known("qqqqq") == 0
    assert recurrent.known("time") == 1
    assert 0 < recurrent.known("timme") < 1


def test_reading_no_words_gives_no_steps() -> None:
    assert Recurrent(random_weights("rnn", INTENTS)).read([]) == []


def test_huge_weights_do_not_overflow() -> None:
    weights = random_weights("lstm", INTENTS)
    weights.input_weight[:] *= 1e6
    with np.errstate(over="raise", invalid="raise"):
        steps = Recurrent(weights).read(["what", "time"])
    assert np.isfinite(steps[-1].hidden).all()


def test_training_rows_and_chatting_rows_of_a_word_are_the_same() -> None:
    patterns = patterns_of(INTENTS)
    vocabulary = patterns.messages.vocabulary
    table = FeatureTable(vocabulary, hashes_of(vocabulary))
    one = np.arange(1)
    batch = table.batch(patterns.messages, one, NO_NOISE, np.random.default_rng(0))
    assert batch.lengths.tolist() == [5]
    assert (batch.features > 0).all(), "every feature of a learned word has a row of its own"
