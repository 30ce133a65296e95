"""Sureness: chances are no nonsense at the edges, and nearness to the patterns decides."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.intents.types import Intent, Intents
from chatbot.model.classifier import IntentClassifier
from chatbot.model.sureness import (
    OF_ANSWERS,
    OF_BOTS,
    THRESHOLD,
    Judge,
    LearnedSureness,
    Sureness,
    shared_out,
    softmax,
)
from chatbot.network.feed_forward import embeddings, logits_of
from chatbot.network.memory import Memory
from chatbot.network.recurrent import Recurrent
from chatbot.network.weights import Weights
from chatbot.words import words
from tests.random_network import INTENTS, PARTS, random_weights, remembering

NUMBERS = len(OF_ANSWERS)
NEAR = OF_ANSWERS.index("cosine to the answer's prototype")
LEAD = OF_ANSWERS.index("its lead on the nearest other prototype")
BACKGROUND = OF_ANSWERS.index("mean cosine to the three nearest background messages")
OUT_OF_SCOPE = OF_ANSWERS.index(
    "lead of the nearest out-of-scope example on the answer's prototype, 0 where it has none"
)
IN_SCOPE = OF_ANSWERS.index(
    "log probability of being in scope, by a layer fitted to those examples, 0 without them"
)
TAGS = tuple(intent.tag for intent in INTENTS.trainable)


def sure(offset: float = 0.0, coefficients: dict[int, float] | None = None) -> Sureness:
    """Return a sureness with coefficients by the index of their number; the others are 0."""
    found = [0.0] * NUMBERS
    for index, value in (coefficients or {}).items():
        found[index] = value
    return Sureness(tuple(found), offset)


def shares(*probabilities: float, chance: float) -> np.ndarray:
    found: np.ndarray = shared_out(np.array([probabilities]), np.array([chance]))[0]
    return found


# ---- confidences


@given(
    st.lists(st.floats(-700, 700), min_size=1, max_size=12),
    st.one_of(st.floats(0, 1), st.sampled_from([0.0, 1e-300, 1e-12, 0.5, 1 - 1e-16, 1.0])),
)
def test_confidences_are_a_distribution_with_none_of_them_and_the_best_is_the_best(
    logits: list[float], chance: float
) -> None:
    probabilities = softmax(np.array([logits], np.float32))
    found = shared_out(probabilities, np.array([chance]))[0]
    best = int(probabilities[0].argmax())
    assert np.isfinite(found).all() and (found >= 0).all()
    assert found[best] == chance
    assert found.max() == chance, "none is above the best"
    assert found.sum() <= 1 + 1e-9


def test_the_others_share_what_is_left_as_their_probabilities_say() -> None:
    found = shares(0.6, 0.3, 0.1, chance=0.8)
    assert found == pytest.approx([0.8, 0.15, 0.05])
    assert shares(0.6, 0.3, 0.1, chance=0.6) == pytest.approx([0.6, 0.3, 0.1])


def test_of_a_small_chance_most_is_left_for_none_of_them() -> None:
    found = shares(0.6, 0.3, 0.1, chance=0.06)
    assert found == pytest.approx([0.06, 0.03, 0.01])


@pytest.mark.parametrize("chance", [0.0, 1e-12, 0.3, 1.0])
def test_a_bot_of_one_intent_or_of_two_has_chances_too(chance: float) -> None:
    assert shares(1.0, chance=chance).tolist() == [chance]
    first, second = shares(0.5, 0.5, chance=chance)
    assert first == chance and 0 <= second <= min(chance, 1 - chance) + 1e-12


def test_a_certain_answer_leaves_nothing_to_the_others() -> None:
    assert shares(0.9, 0.1, chance=1.0).tolist() == [1.0, 0.0]


# ---- the chance


@pytest.mark.parametrize("offset", [-1e4, -50.0, 0.0, 50.0, 1e4])
def test_a_chance_lies_between_nothing_and_one_whatever_the_numbers(offset: float) -> None:
    numbers = np.array([[1e6] * NUMBERS, [-1e6] * NUMBERS, [0.0] * NUMBERS])
    with np.errstate(over="raise", invalid="raise"):
        chance = sure(offset, {0: 1.0, NEAR: -2.0}).chance(numbers)
    assert chance.shape == (3,) and ((chance >= 0) & (chance <= 1)).all()


def test_the_chance_is_the_logistic_function_of_what_the_numbers_add_up_to() -> None:
    numbers = np.arange(2 * NUMBERS, dtype=float).reshape(2, NUMBERS) / 10
    given_numbers = Sureness(tuple(np.linspace(-0.5, 0.5, NUMBERS).tolist()), -0.25)
    totals = [
        sum(a * b for a, b in zip(given_numbers.coefficients, row, strict=True)) for row in numbers
    ]
    expected = [1 / (1 + np.exp(-(total - 0.25))) for total in totals]
    assert given_numbers.chance(numbers) == pytest.approx(expected)


def test_nearness_raises_the_chance_and_the_background_lowers_it() -> None:
    judge = sure(-2.0, {NEAR: 5.0, LEAD: 3.0, BACKGROUND: -4.0})
    numbers = np.zeros((4, NUMBERS))
    numbers[1:, NEAR] = 0.6
    numbers[2:, LEAD] = 0.3
    numbers[3, BACKGROUND] = 0.9
    far, near, near_to_it_alone, as_to_others = judge.chance(numbers)
    assert far < near < near_to_it_alone
    assert as_to_others < near_to_it_alone


def test_what_is_known_of_a_bot_moves_all_its_answers_alike() -> None:
    learned = LearnedSureness((1.0,) * NUMBERS, (0.5,) * len(OF_BOTS), -1.0)
    bot = np.arange(len(OF_BOTS), dtype=float)
    found = learned.of(bot)
    assert found.coefficients == (1.0,) * NUMBERS
    assert found.offset == pytest.approx(0.5 * bot.sum() - 1)
    assert found.threshold == THRESHOLD
    assert learned.of(bot + 1).chance(np.zeros(NUMBERS)) > found.chance(np.zeros(NUMBERS))


# ---- what describes an answer


@pytest.fixture(scope="module")
def weights() -> Weights:
    return remembering(random_weights("gru", like_base=True))


def memory_of(weights: Weights) -> Memory:
    assert weights.memory is not None
    return weights.memory


def with_examples(memory: Memory, weights: Weights) -> Memory:
    """Return a memory with out-of-scope examples and their layer."""
    layer = np.random.default_rng(0).normal(size=(1, weights.embedding_size + 1))
    examples = memory.background[:2]
    return replace(memory, out_of_scope=examples, scope_layer=layer.astype(np.float32))


def test_what_only_another_context_allows_takes_the_lead_from_the_answer(weights: Weights) -> None:
    """As the prototype of an intent that could be meant would."""
    memory = memory_of(weights)
    for chosen in ([0, 1], [1], [2, 0]):
        limited = weights.with_intents(chosen)
        assert limited.memory is not None and limited.memory.beyond is not None
        assert len(limited.memory.beyond) == len(TAGS) - len(chosen)
        for message in ("what time is it", "make me laugh"):
            found = numbers_of(limited, message)[0]
            hidden = Recurrent(weights).read(words(message))[-1].hidden
            view = embeddings(weights, hidden)[-PARTS[-1] :] * np.sqrt(len(PARTS))
            cosines = memory.prototypes.astype(float) @ view
            answer = chosen[int(logits_of(weights, embeddings(weights, hidden))[chosen].argmax())]
            lead = cosines[answer] - np.delete(cosines, answer).max()
            assert found[LEAD] == pytest.approx(lead, abs=1e-3)


def numbers_of(weights: Weights, *messages: str) -> np.ndarray:
    recurrent = Recurrent(weights)
    states = np.stack([recurrent.read(words(message))[-1].hidden for message in messages])
    embedded = embeddings(weights, states)
    return Judge(weights, memory_of(weights)).numbers(embedded, logits_of(weights, embedded))


def test_every_number_is_what_its_name_says(weights: Weights) -> None:
    """Worked out slowly, one message at a time."""
    recurrent, memory = Recurrent(weights), memory_of(weights)
    for message in ("what time is it", "tell me something new", "zzz", "restaurant joke"):
        embedded = embeddings(weights, recurrent.read(words(message))[-1].hidden)
        logits = logits_of(weights, embedded).astype(float)
        view = embedded[-PARTS[-1] :].astype(float) * np.sqrt(len(weights.parts))
        prototypes = memory.prototypes.astype(float) @ view
        answer = int(logits.argmax())
        probabilities = np.sort(np.exp(logits) / np.exp(logits).sum())[::-1]
        expected = [
            np.log(probabilities[0] / (1 - probabilities[0])),
            probabilities[0] - probabilities[1],
            logits.max() - logits.mean(),
            np.log(np.exp(logits).sum()) - logits.mean(),
            prototypes[answer],
            prototypes[answer] - np.delete(prototypes, answer).max(),
            np.sort(memory.background.astype(float) @ view)[-3:].mean(),
            0,
            0,
        ]
        assert numbers_of(weights, message)[0] == pytest.approx(expected, abs=1e-3)


def test_an_out_of_scope_example_leads_on_the_answer_where_it_is_nearer(weights: Weights) -> None:
    memory = memory_of(weights)
    message = "what time is it"
    embedded = embeddings(weights, Recurrent(weights).read(words(message))[-1].hidden)
    view = embedded[None, -PARTS[-1] :] * np.sqrt(len(weights.parts))
    before = numbers_of(weights, message)[0]
    for example, lead in ((view, 1 - before[NEAR]), (-view, 0)):
        known = replace(memory, out_of_scope=example.astype(np.float16))
        after = numbers_of(replace(weights, memory=known), message)[0]
        assert after[OUT_OF_SCOPE] == pytest.approx(lead, abs=1e-3)
        np.testing.assert_allclose(
            np.delete(after, OUT_OF_SCOPE), np.delete(before, OUT_OF_SCOPE), atol=1e-6
        )


def test_the_layer_of_the_examples_says_how_unlike_them_a_message_is(weights: Weights) -> None:
    memory = memory_of(weights)
    message = "what time is it"
    embedded = embeddings(weights, Recurrent(weights).read(words(message))[-1].hidden)
    before = numbers_of(weights, message)[0]
    for bias, expected in ((1.0, -np.log1p(np.exp(-3))), (-1e6, -12.0)):
        layer = np.append(2 * embedded, np.float32(bias))[None]  # embeddings have length 1
        known = replace(weights, memory=replace(memory, scope_layer=layer.astype(np.float32)))
        after = numbers_of(known, message)[0]
        assert after[IN_SCOPE] == pytest.approx(expected, abs=1e-3)
        np.testing.assert_allclose(
            np.delete(after, IN_SCOPE), np.delete(before, IN_SCOPE), atol=1e-6
        )


def test_without_an_intent_a_message_is_what_it_is_to_a_bot_that_never_had_it(
    weights: Weights,
) -> None:
    memory = with_examples(memory_of(weights), weights)
    messages = ("what time is it", "zzz", "make me laugh")
    recurrent = Recurrent(weights)
    states = np.stack([recurrent.read(words(message))[-1].hidden for message in messages])
    embedded = embeddings(weights, states)
    logits = logits_of(weights, embedded)
    found = Judge(weights, memory).numbers_without_intents(embedded, logits, np.array([0, 2, 1]))
    for row, label in enumerate((0, 2, 1)):
        never = replace(memory, prototypes=np.delete(memory.prototypes, label, axis=0))
        others = np.delete(logits[row : row + 1], label, axis=1)
        expected = Judge(weights, never).numbers(embedded[row : row + 1], others)
        np.testing.assert_allclose(found[row], expected[0], atol=1e-5)


def test_messages_are_described_alike_alone_and_together(weights: Weights) -> None:
    weights = replace(weights, memory=with_examples(memory_of(weights), weights))
    messages = ("what time is it", "zzz", "make me laugh")
    together = numbers_of(weights, *messages)
    assert together.shape == (3, NUMBERS)
    alone = np.concatenate([numbers_of(weights, message) for message in messages])
    np.testing.assert_allclose(together, alone, atol=1e-5)


def test_the_only_pattern_of_an_intent_is_as_near_as_can_be() -> None:
    single = Intents(tuple(Intent(i.tag, i.patterns[:1]) for i in INTENTS.trainable))
    alone = remembering(random_weights("gru", single, like_base=True), single)
    found = numbers_of(alone, *(intent.patterns[0] for intent in single.trainable))
    assert found[:, NEAR] == pytest.approx(1, abs=2e-3)
    assert (found[:, LEAD] > 0).all()


def test_logits_of_any_size_have_bounded_numbers(weights: Weights) -> None:
    judge = Judge(weights, memory_of(weights))
    embedded = embeddings(weights, np.ones((3, weights.hidden_size), np.float32))
    logits = np.array([[1e4, -1e4, 0], [0, 0, 0], [-1e4, -1e4, -1e4]], np.float32)
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        found = judge.numbers(embedded, logits)
    assert np.isfinite(found).all()
    assert found[0, 0] == 12 and found[1, 1] == pytest.approx(0)


def test_a_bot_of_a_single_intent_is_described_too(weights: Weights) -> None:
    memory = memory_of(weights)
    one = replace(memory, prototypes=memory.prototypes[:1])
    embedded = embeddings(weights, np.ones((2, weights.hidden_size), np.float32))
    found = Judge(weights, one).numbers(embedded, np.array([[3.0], [-3.0]], np.float32))
    assert np.isfinite(found).all()


# ---- as the bot uses it


def classifier(weights: Weights, given_sureness: Sureness) -> IntentClassifier:
    return IntentClassifier(weights, TAGS, given_sureness)


def test_a_message_far_from_everything_gets_little_and_the_fallback(weights: Weights) -> None:
    """Whatever its logits say: here every message has a clear first place."""
    memory = memory_of(weights)
    near_only = sure(-6.0, {NEAR: 10.0})
    recurrent = Recurrent(weights)
    state = recurrent.read(words("what time is it"))[-1].hidden
    prediction = classifier(weights, near_only).predict(state)
    assert prediction.in_scope and prediction.confidence > 0.9

    view = embeddings(weights, state)[-PARTS[-1] :].astype(np.float32)
    across = memory.prototypes.astype(np.float32)
    across -= np.outer(across @ view, view) / (view @ view)  # at a right angle to the message
    across /= np.maximum(np.linalg.norm(across, axis=1, keepdims=True), 1e-6)
    elsewhere = replace(weights, memory=replace(memory, prototypes=across.astype(np.float16)))
    far = classifier(elsewhere, near_only).predict(state)
    assert far.intent == prediction.intent, "the network says the same"
    assert far.confidence < 0.01 and not far.in_scope


def test_the_ranking_is_the_networks_and_the_first_has_the_chance(weights: Weights) -> None:
    judge = sure(0.3, {0: 0.1, NEAR: 0.5})
    recurrent = Recurrent(weights)
    for message in ("what time is it", "tell me something", "zzz"):
        state = recurrent.read(words(message))[-1].hidden
        prediction = classifier(weights, judge).predict(state)
        logits = classifier(weights, judge).logits(state)
        chance = float(judge.chance(numbers_of(weights, message))[0])
        assert [r.intent for r in prediction.ranking] == [TAGS[k] for k in np.argsort(-logits)]
        assert prediction.confidence == pytest.approx(chance)
        assert prediction.in_scope == (chance >= THRESHOLD)
        assert sum(r.confidence for r in prediction.ranking) <= 1 + 1e-9


def test_one_state_and_many_states_have_the_same_confidences(weights: Weights) -> None:
    judge = classifier(weights, sure(-1.0, {0: 0.2, NEAR: 1.0, BACKGROUND: -1.0}))
    states = np.random.default_rng(0).normal(size=(4, weights.hidden_size)).astype(np.float32)
    together = judge.confidences(states)
    assert together.shape == (4, len(TAGS))
    for state, found in zip(states, together, strict=True):
        np.testing.assert_allclose(judge.confidences(state), found, atol=1e-6)


def test_a_message_of_nothing_known_is_no_evidence_however_near_it_is(weights: Weights) -> None:
    state = Recurrent(weights).read(words("what time is it"))[-1].hidden
    prediction = classifier(weights, sure(9.0)).predict(state, evidence=False)
    assert {r.confidence for r in prediction.ranking} == {0.0} and not prediction.in_scope
