"""The NumPy network: the same numbers as torch, and what a step keeps."""

from __future__ import annotations

import numpy as np
import pytest

from chatbot.network.cells import CELLS
from chatbot.network.feed_forward import embeddings, intent_logits
from chatbot.network.recurrent import Recurrent
from chatbot.words import words
from tests.network.networks import torch_states
from tests.random_network import HIDDEN_SIZE, INPUT_SIZE, PARTS, random_weights

MESSAGES = ("What time is it?", "tell me something new", "zzz", "xin chào 👍 please laugh " * 8)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("message", MESSAGES)
def test_every_state_and_logit_is_torchs_to_1e_5(cell: str, message: str) -> None:
    weights = random_weights(cell)
    steps = Recurrent(weights).read(words(message))
    states, logits = torch_states(weights, message)
    np.testing.assert_allclose(np.stack([step.hidden for step in steps]), states, atol=1e-5)
    np.testing.assert_allclose(intent_logits(weights, steps[-1].hidden), logits, atol=1e-5)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("message", MESSAGES)
def test_with_a_word_encoder_and_three_parts_they_are_torchs_too(cell: str, message: str) -> None:
    weights = random_weights(cell, like_base=True)
    steps = Recurrent(weights).read(words(message))
    states, logits = torch_states(weights, message)
    np.testing.assert_allclose(np.stack([step.hidden for step in steps]), states, atol=1e-5)
    np.testing.assert_allclose(intent_logits(weights, steps[-1].hidden), logits, atol=1e-5)


def test_the_embedding_has_length_one_and_no_part_counts_more_than_another() -> None:
    weights = random_weights("gru", like_base=True)
    state = Recurrent(weights).read(words(MESSAGES[0]))[-1].hidden
    embedded = embeddings(weights, state)
    assert np.linalg.norm(embedded) == pytest.approx(1, abs=1e-6)
    parts = np.split(embedded, np.cumsum(PARTS)[:-1])
    lengths = [float(np.linalg.norm(part)) for part in parts]
    assert lengths == pytest.approx([1 / np.sqrt(3)] * 3, abs=1e-6)
    several = embeddings(weights, np.stack([state, -state, state * 0.1]))
    np.testing.assert_allclose(several[0], embedded, atol=1e-6)


def test_a_projection_of_zeros_has_a_finite_embedding() -> None:
    weights = random_weights("gru", like_base=True)
    weights.projection_weight[:] = 0
    weights.projection_bias[:] = 0
    assert not embeddings(weights, np.ones(HIDDEN_SIZE, np.float32)).any()


def test_a_gru_step_is_its_gates_between_the_old_state_and_the_candidate() -> None:
    recurrent = Recurrent(random_weights("gru"))
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
    recurrent = Recurrent(random_weights("gru"))
    alone = recurrent.read(["what", "time"])[-1].hidden
    within = recurrent.read(["what", "time", "is", "it", "?"])[1].hidden
    np.testing.assert_array_equal(alone, within)


def test_an_unknown_word_is_known_to_be_unknown_and_a_typo_half_known() -> None:
    recurrent = Recurrent(random_weights("gru"))
    assert recurrent.known("qqqqq") == 0
    assert recurrent.known("time") == 1
    assert 0 < recurrent.known("timme") < 1


def test_reading_no_words_gives_no_steps() -> None:
    assert Recurrent(random_weights("rnn")).read([]) == []


def test_a_word_vector_is_as_wide_as_the_encoder_makes_it() -> None:
    recurrent = Recurrent(random_weights("gru", like_base=True))
    for word in ("time", "zzz", "👍"):
        assert recurrent.word_vector(word).shape == (INPUT_SIZE,)
        assert recurrent.weights.input_size == INPUT_SIZE


def test_huge_weights_do_not_overflow() -> None:
    weights = random_weights("lstm")
    weights.input_weight[:] *= 1e6
    with np.errstate(over="raise", invalid="raise"):
        steps = Recurrent(weights).read(["what", "time"])
    assert np.isfinite(steps[-1].hidden).all()


@pytest.mark.parametrize("like_base", [False, True])
@pytest.mark.parametrize("cell", CELLS)
def test_messages_read_side_by_side_have_the_states_of_those_read_alone(
    cell: str, like_base: bool
) -> None:
    recurrent = Recurrent(random_weights(cell, like_base=like_base))
    texts = ["", "time", "what time is it ?", "qqq zzz", "hi hi hi hi hi hi hi hi", "time", "é 🦚"]
    messages = [words(text) for text in texts]
    alone = [(recurrent.read(m) or [recurrent.initial_state])[-1].hidden for m in messages]
    np.testing.assert_allclose(recurrent.final_states(messages), np.stack(alone), atol=1e-6)
    assert recurrent.final_states([]).shape == (0, HIDDEN_SIZE)
    assert not recurrent.final_states([[]]).any()


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("starts", [[0], [6], [0, 1, 5], [2, 3, 6], [0, 1, 2, 3, 5, 6]])
def test_what_begins_at_several_words_is_read_as_if_by_itself(cell: str, starts: list[int]) -> None:
    recurrent = Recurrent(random_weights(cell))
    read = words("what time is it please? now")
    alone = [recurrent.read(read[start:])[-1].hidden for start in starts]
    np.testing.assert_allclose(recurrent.states_from(read, starts), np.stack(alone), atol=1e-6)


@pytest.mark.parametrize("cell", CELLS)
def test_every_state_of_many_messages_is_that_of_each_read_alone(cell: str) -> None:
    recurrent = Recurrent(random_weights(cell))
    messages = [["what", "time"], [], ["what", "time", "is", "it"], ["what"], ["it"] * 70]
    together = recurrent.states(messages)
    for read, states in zip(messages, together, strict=True):
        assert len(states) == len(read)
        for state, step in zip(states, recurrent.read(read), strict=True):
            np.testing.assert_allclose(state, step.hidden, atol=1e-6)
