"""The lab's training: ugly files first; then that every network starts and learns alike."""

from __future__ import annotations

import numpy as np
import pytest

from chatbot.insight.deep import ACTIVATIONS
from chatbot.insight.forgetting import CHATTER, LAGS
from chatbot.intents.types import Intent, Intents
from chatbot.lab.records import LabProgress
from chatbot.lab.results import Lab, read_sentence
from chatbot.learning.data import patterns_of
from chatbot.learning.lab import training
from chatbot.learning.lab.training import Plan, run_lab, sampled
from chatbot.learning.training import TrainingCancelledError, TrainingError
from chatbot.network.cells import CELLS
from tests.conftest import QUICK_LAB

QUICK = Plan(*QUICK_LAB)


def intents(**patterns: list[str]) -> Intents:
    return Intents(tuple(Intent(t, tuple(p), ("reply",)) for t, p in patterns.items()), None)


def test_one_intent_is_not_enough_and_the_error_says_what_to_do() -> None:
    with pytest.raises(TrainingError, match="at least two intents"):
        list(run_lab(intents(only=["a", "b"]), QUICK))


@pytest.mark.slow
def test_two_intents_of_two_patterns_have_nothing_to_hold_out() -> None:
    tiny = intents(yes=["yes", "of course"], no=["no", "never ever"])
    *_, last = run_lab(tiny, Plan(hidden=8, steps=20))
    assert isinstance(last, Lab)
    assert (last.learned, last.held_out, last.held_out_asked) == (4, 0, 0)
    assert all(len(r.measured_trained.through_time) == LAGS + 1 for r in last.cells)


def test_every_cell_takes_the_same_steps_from_the_same_words(lab: Lab) -> None:
    assert tuple(result.cell for result in lab.cells) == tuple(CELLS)
    first = lab.cells[0]
    for result in lab.cells:
        assert len(result.course.losses) == len(first.course.losses) >= QUICK.steps
        assert len(result.course.gradient_norms) == len(result.course.losses)
        every = np.arange(len(first.untrained.own))
        np.testing.assert_array_equal(result.untrained.own.at(every), first.untrained.own.at(every))
        np.testing.assert_array_equal(result.untrained.own.hashes, first.untrained.own.hashes)


def test_untrained_is_pytorchs_own_start_and_trained_is_another(lab: Lab) -> None:
    for result in lab.cells:
        bound = 1 / np.sqrt(QUICK.hidden)
        for weight in (result.untrained.recurrent_weight, result.untrained.input_weight):
            assert np.abs(weight).max() <= bound
            assert weight.std() == pytest.approx(bound / np.sqrt(3), rel=0.1)
        assert not np.array_equal(result.untrained.recurrent_weight,
                                  result.trained.recurrent_weight)  # fmt: skip


@pytest.mark.slow
def test_it_learns_and_the_steps_are_told(lab: Lab) -> None:
    for result in lab.cells:
        assert sum(result.course.losses[-10:]) < sum(result.course.losses[:10])
        # A cell that has learned nothing may tell so few patterns apart by the base's words alone.
        trained, untrained = result.measured_trained, result.measured_untrained
        assert trained.learned_right[0] >= untrained.learned_right[0]
        assert len(result.measured_trained.learned_right) == len(CHATTER)
        assert result.reach[0][0] == 0
        assert [step for step, _ in result.reach] == sorted(step for step, _ in result.reach)
    assert tuple(result.trained.activation for result in lab.deep) == ACTIVATIONS
    assert all(len(result.course.losses) == QUICK.steps for result in lab.deep)
    assert all(result.layers_untrained[-1] == 1 for result in lab.deep)


def test_the_gradient_of_an_untrained_deep_network_vanishes(lab: Lab) -> None:
    for result in lab.deep:
        assert result.layers_untrained[0] < 0.1


def test_progress_goes_from_the_first_step_to_the_last(small_intents: Intents) -> None:
    records = [
        record
        for record in run_lab(small_intents, Plan(hidden=4, steps=5))
        if isinstance(record, LabProgress)
    ]
    assert [r.step for r in records] == sorted(r.step for r in records)
    assert records[-1].step == records[-1].steps
    assert {r.steps for r in records} == {records[0].steps}
    assert all(r.eta_seconds >= 0 for r in records)
    assert len({r.part for r in records}) == 8, "three trained, three measured, two deep"


@pytest.mark.slow
@pytest.mark.parametrize("batches", [0, 7, 200])
def test_cancelling_stops_at_the_next_batch(small_intents: Intents, batches: int) -> None:
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked > batches

    with pytest.raises(TrainingCancelledError):
        list(run_lab(small_intents, QUICK, cancelled))
    assert asked == batches + 1


def test_of_a_huge_file_every_intent_gives_its_share(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "MOST_PATTERNS", 10)
    many = {f"intent{i}": [f"word{i} {j}" for j in range(2 + 10 * (i == 0))] for i in range(4)}
    chosen = sampled(patterns_of(intents(**many)), seed=0)
    assert len(chosen) == 10
    assert np.bincount(chosen.labels).tolist() == [4, 2, 2, 2]
    row = chosen.messages.words[-1, : chosen.messages.lengths[-1]]
    assert chosen.messages.vocabulary[row[0]] == "word3"


def test_intents_beyond_the_limit_are_no_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "MOST_PATTERNS", 3)
    many = {f"intent{i}": [f"word{i}"] for i in range(9)}
    chosen = sampled(patterns_of(intents(**many)), seed=0)
    assert len(chosen.tags) == 3
    assert chosen.labels.tolist() == [0, 1, 2]


@pytest.mark.slow
def test_the_same_file_and_plan_give_the_same_networks(small_intents: Intents) -> None:
    plan = Plan(hidden=4, steps=5)
    first, second = (list(run_lab(small_intents, plan))[-1] for _ in range(2))
    assert isinstance(first, Lab) and isinstance(second, Lab)
    for one, other in zip(first.cells, second.cells, strict=True):
        np.testing.assert_array_equal(one.trained.recurrent_weight, other.trained.recurrent_weight)
        assert one.measured_trained == other.measured_trained


@pytest.mark.parametrize("message", ["", "  ", "\u200b"])
def test_a_sentence_without_words_is_read_as_such(lab: Lab, message: str) -> None:
    found = read_sentence(lab, message)
    assert (found.words, found.intent, found.trained) == ((), "", ())


def test_a_very_long_sentence_is_cut_and_says_so(lab: Lab) -> None:
    found = read_sentence(lab, "what time is it " * 100)
    assert found.is_cut
    assert 0 < len(found.words) < 30
    assert not read_sentence(lab, "what time is it").is_cut
