"""The NumPy cell: the same numbers as torch, and what a step keeps."""

from __future__ import annotations

import numpy as np
import pytest

from chatbot.intents.types import Intent, Intents
from chatbot.learning.data import NO_NOISE, FeatureTable, hashes_of, patterns_of
from chatbot.learning.network import Batch
from chatbot.learning.training import Settings, Trained, train
from chatbot.model.classifier import Calibration, IntentClassifier
from chatbot.network.recurrent import Recurrent
from chatbot.network.weights import CELL_KINDS, PARAMETERS, CellKind, Weights
from chatbot.words import words

INTENTS = Intents(
    (
        Intent("time", ("What time is it?", "tell me the time", "xin chào mấy giờ rồi"), ("r",)),
        Intent("joke", ("tell me a joke", "make me laugh please 👍", "something funny"), ("r",)),
    ),
    None,
)
MESSAGES = ("What time is it?", "tell me something new", "zzz", "xin chào 👍 please laugh " * 8)


def trained(cell: CellKind) -> Weights:
    """Weights after a real, short training; of a GRU from the base."""
    *_, last = train(INTENTS, Settings(cell=cell))
    assert isinstance(last, Trained)
    return last.weights


def torch_states(weights: Weights, message: str) -> tuple[np.ndarray, np.ndarray]:
    """The same network, rebuilt in torch from the weights: every state (words, hidden), logits.

    Its embedding has one row for every feature of the message: the model's own, else the base's.
    """
    import torch

    from chatbot.learning.network import Network
    from chatbot.words import features

    vectors, rows = [], []
    for word in words(message):
        found, _ = weights.feature_vectors(features(word))
        rows.append(range(len(vectors), len(vectors) + len(found)))
        vectors += list(found)
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
    ends = np.arange(1, len(rows) + 1)
    batch = Batch(
        torch.tensor([i for row in rows for i in row]),
        torch.tensor([row[0] for row in rows]),
        torch.arange(len(rows)).repeat(len(rows), 1),
        torch.from_numpy(ends),  # every prefix
    )
    with torch.no_grad():
        return network.final_states(batch).numpy(), network(batch)[-1].numpy()


@pytest.mark.parametrize("cell", CELL_KINDS)
def test_every_state_and_logit_is_torchs_to_1e_5(cell: CellKind) -> None:
    weights = trained(cell)
    recurrent = Recurrent(weights)
    classifier = IntentClassifier(weights, ("time", "joke"), Calibration(1.0, 0.0, 1.0, 0.5))
    for message in MESSAGES:
        steps = recurrent.read(words(message))
        states, logits = torch_states(weights, message)
        np.testing.assert_allclose(np.stack([s.hidden for s in steps]), states, atol=1e-5)
        ours = classifier.logits(steps[-1].hidden)
        np.testing.assert_allclose(ours, logits, atol=1e-5)


def test_a_gru_step_is_its_gates_between_the_old_state_and_the_candidate() -> None:
    recurrent = Recurrent(trained("gru"))
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
    recurrent = Recurrent(trained("gru"))
    alone = recurrent.read(["what", "time"])[-1].hidden
    within = recurrent.read(["what", "time", "is", "it", "?"])[1].hidden
    np.testing.assert_array_equal(alone, within)


def test_an_unknown_word_is_known_to_be_unknown_and_a_typo_half_known() -> None:
    recurrent = Recurrent(trained("gru"))
    assert recurrent.known("qqqqq") == 0
    assert recurrent.known("time") == 1
    assert 0 < recurrent.known("timme") < 1


def test_reading_no_words_gives_no_steps() -> None:
    assert Recurrent(trained("rnn")).read([]) == []


def test_huge_weights_do_not_overflow() -> None:
    weights = trained("lstm")
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
