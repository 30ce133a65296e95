"""Cross-validation: ugly files first; then that no model is asked what it has learned."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from chatbot.intents.types import Intent, Intents
from chatbot.learning import cross_validation
from chatbot.learning.cross_validation import deal, evaluate
from chatbot.learning.data import Patterns, patterns_of
from chatbot.learning.job import train_file
from chatbot.learning.run import Run
from chatbot.learning.training import Settings, Trained, TrainingCancelledError, learn, train
from chatbot.opening import read_intents
from chatbot.quality import report
from chatbot.quality.results import (
    Evaluated,
    EvaluationError,
    EvaluationProgress,
    EvaluationRecord,
)
from chatbot.versions.report import held_out

QUICK = Settings(cell="rnn", hidden_size=8)
"""For what does not depend on how well a network learns."""


pytestmark = pytest.mark.usefixtures("few_steps")


def intents(**patterns: list[str]) -> Intents:
    return Intents(tuple(Intent(t, tuple(p), ("reply",)) for t, p in patterns.items()), None)


@pytest.fixture
def small(small_file: Path) -> Intents:
    return read_intents(small_file).intents


def last(records: Iterable[EvaluationRecord]) -> Evaluated:
    *_, found = records
    assert isinstance(found, Evaluated)
    return found


def test_one_intent_cannot_be_evaluated_and_the_error_says_what_to_do() -> None:
    with pytest.raises(EvaluationError, match=r"at least two intents.*Add patterns"):
        list(evaluate(intents(only=["a", "b"], empty=[])))


def test_intents_of_one_pattern_each_leave_nothing_to_ask() -> None:
    with pytest.raises(EvaluationError, match=r"two different patterns.*Add patterns"):
        list(evaluate(intents(a=["hello", "Hello!", "HELLO"], b=["bye"])))


def test_fewer_patterns_than_folds_make_fewer_folds_and_a_lone_pattern_is_not_asked() -> None:
    found = last(
        evaluate(
            intents(yes=["yes", "of course", "sure"], no=["no", "never"], lone=["maybe"]),
            settings=QUICK,
        )
    )
    assert found.folds == 3
    assert sorted(a.text for a in found.answers) == ["never", "no", "of course", "sure", "yes"]
    assert found.not_asked == ("lone",)
    assert {i.intent: i.support for i in found.intents} == {"yes": 3, "no": 2, "lone": 0}


def test_any_script_and_patterns_of_unknown_words_only_are_asked_too() -> None:
    found = last(
        evaluate(intents(a=["你好", "早上好", "🙈🙉"], b=["xqzz", "مع السلامة", "?!"]), 2, QUICK)
    )
    assert {a.text for a in found.answers} == {"你好", "早上好", "🙈🙉", "xqzz", "مع السلامة", "?!"}
    assert all(0 <= a.confidence <= 1 for a in found.answers)
    assert next(a for a in found.answers if a.text == "?!").confidence == 0, "it says nothing"


def texts(patterns: Patterns, indices: np.ndarray) -> set[str]:
    return {patterns.texts[i] for i in indices}


def test_twins_are_never_in_both_halves() -> None:
    patterns = patterns_of(
        intents(
            time=["What time is it?", "what time is it", "the hour", "the time", "how late"],
            date=["what day is it", "the date", "THE HOUR!", "the month", "the year"],
        )
    )
    dealt = deal(patterns, 5, 0)
    for fold in dealt.folds:
        learned, asked = texts(patterns, fold.learned), texts(patterns, fold.asked)
        for twins in ({"What time is it?", "what time is it"}, {"the hour", "THE HOUR!"}):
            assert not (twins & learned and twins & asked)
    asked_all = np.concatenate([fold.asked for fold in dealt.folds])
    assert sorted(asked_all) == list(range(len(patterns)))


TWINS = intents(
    opening_hours=["are you open on sunday", "Are you open on Sunday?", "when do you close"],
    prices=["how much is a loaf", "what does it cost", "is it expensive", "are you cheap"],
    thanks=["thank you", "thanks a lot", "Thanks a lot!", "how kind of you", "cheers", "ta"],
    staff=["who works here", "are you hiring", "is it expensive", "may I speak to the baker"],
)


def test_a_model_just_trained_shows_the_same_accuracy_as_the_evaluation() -> None:
    *_, trained = train(TWINS, Settings())
    assert isinstance(trained, Trained)
    metrics = trained.metrics
    for settings in (Settings(), Settings(hidden_size=384)):
        found = last(evaluate(TWINS, settings=settings))
        assert len(found.answers) == metrics.held_out_patterns == 17
        assert round(found.accuracy, 4) == metrics.held_out_accuracy
        assert round(found.macro_f1, 4) == metrics.held_out_macro_f1
    assert not found.asks_a_part
    assert "a part of" not in held_out(metrics)


def test_the_order_in_the_file_does_not_change_the_accuracy() -> None:
    back = Intents(tuple(replace(i, patterns=i.patterns[::-1]) for i in TWINS.intents), None)
    assert last(evaluate(TWINS)).accuracy == last(evaluate(back)).accuracy


def test_a_network_trained_by_descent_is_asked_all_patterns_here_and_says_so() -> None:
    *_, trained = train(TWINS, QUICK)
    assert isinstance(trained, Trained)
    found = last(evaluate(TWINS, settings=QUICK))
    assert trained.metrics.held_out_patterns < len(found.answers)
    assert any("only a part of the patterns" in note for note in report.notes(found))
    assert f"a part of its {trained.metrics.patterns}" in held_out(trained.metrics)


@pytest.mark.parametrize(
    "settings", [Settings(), QUICK, Settings(cell="lstm"), Settings(hidden_size=8)]
)
def test_the_evaluation_trains_networks_of_the_kind_of_the_present_model(
    settings: Settings, small_file: Path, tmp_path: Path
) -> None:
    assert Settings.like(tmp_path / "none", 3) == Settings(seed=3)
    list(train_file(small_file, tmp_path, settings))
    like = Settings.like(tmp_path)
    size = 128 if settings.cell == "lstm" else settings.hidden_size
    assert like == replace(settings, hidden_size=size)


def test_an_evaluation_is_tuned_where_the_training_on_all_patterns_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tuned: list[bool] = []

    def learn_spied(*args: object, tunes: bool, **more: object) -> object:
        tuned.append(tunes)
        return learn(*args, tunes=False, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(cross_validation, "learn", learn_spied)
    many = intents(a=[f"ask {n} of it" for n in range(30)], b=[f"say {n}" for n in range(30)])
    list(evaluate(many, 2))
    assert tuned == [True, True], "of a fold alone there would be too few"


@pytest.mark.slow
def test_every_pattern_is_asked_once_and_never_of_a_model_that_saw_it(
    small: Intents, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: set[int] = set()  # by the runs since the last question
    asked: list[int] = []
    begin, ask = Run.__init__, cross_validation.ask

    def begin_spied(self: Run, *args: object, **more: object) -> None:
        begin(self, *args, **more)  # type: ignore[arg-type]
        seen.update(self.learned.tolist())
        if self.held_out is not None:
            seen.update(self.held_out.tolist())

    def ask_spied(patterns: Patterns, chosen: np.ndarray, learned: object) -> object:
        assert seen, "a model was trained"
        assert not seen & set(chosen.tolist()), "neither learned, nor chosen by, nor calibrated on"
        assert seen | set(chosen.tolist()) == set(range(len(patterns))), "all others were learned"
        seen.clear()
        asked.extend(chosen.tolist())
        return ask(patterns, chosen, learned)  # type: ignore[arg-type]

    monkeypatch.setattr(Run, "__init__", begin_spied)
    monkeypatch.setattr(cross_validation, "ask", ask_spied)
    found = last(evaluate(small, settings=QUICK))
    assert sorted(asked) == list(range(30))
    expected = [(p, i.tag) for i in small.trainable for p in i.patterns]
    assert [(a.text, a.intent) for a in found.answers] == expected


@pytest.mark.slow
def test_the_same_seed_gives_the_same_answers_and_another_deals_anew(small: Intents) -> None:
    first, again = (last(evaluate(small, 2, QUICK)) for _ in range(2))
    assert first.answers == again.answers
    other = last(evaluate(small, 2, replace(QUICK, seed=1)))
    assert [a.text for a in other.answers] == [a.text for a in first.answers]
    assert other.answers != first.answers


def test_progress_never_goes_back(small: Intents) -> None:
    records = [r for r in evaluate(small, 2, QUICK) if isinstance(r, EvaluationProgress)]
    assert all(a.done <= b.done <= 1 and a.seconds <= b.seconds for a, b in pairwise(records))
    assert [r.number for r in records] == sorted(r.number for r in records)
    assert records[0].accuracy is None and records[-1].accuracy is not None
    assert all(r.eta_seconds >= 0 and r.of == 2 for r in records)


def test_cancelling_stops_at_the_next_batch(small: Intents) -> None:
    batches = 0

    def cancelled() -> bool:
        nonlocal batches
        batches += 1
        return batches > 3

    with pytest.raises(TrainingCancelledError):
        list(evaluate(small, 5, QUICK, cancelled=cancelled))
    assert batches == 4


@pytest.mark.slow
def test_the_learning_curve_learns_more_and_more_of_every_intent(
    small: Intents, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts: list[set[int]] = []

    def learn_spied(
        patterns: Patterns, chosen: np.ndarray, *args: object, **more: object
    ) -> object:
        parts.append(set(chosen.tolist()))
        assert set(patterns.labels[chosen].tolist()) == {0, 1, 2}, "of every intent some"
        return learn(patterns, chosen, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(cross_validation, "learn", learn_spied)
    found = last(evaluate(small, 2, QUICK, with_learning_curve=True))
    assert found.curve is not None
    assert [p.share for p in found.curve.points] == [0.25, 0.5, 0.75, 1.0]
    assert [p.patterns for p in found.curve.points] == [3, 6, 12, 15]
    assert found.curve.points[-1].accuracy == found.accuracy
    whole, quarter, half, most = parts[:2], parts[2:4], parts[4:6], parts[6:8]
    for w, q, h, m in zip(whole, quarter, half, most, strict=True):
        assert q < h < m < w
