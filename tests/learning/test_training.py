"""Training: tiny and ugly files first; then that it learns, and can be stopped."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from chatbot.conversation.bot import Chatbot
from chatbot.intents.types import Intent, Intents
from chatbot.learning import training
from chatbot.learning.background import background_texts
from chatbot.learning.folds import FOLDS
from chatbot.learning.job import train_file
from chatbot.learning.judging import Asked, bot_numbers, directions_of, views_of
from chatbot.learning.training import (
    Settings,
    Trained,
    TrainingCancelledError,
    TrainingError,
    train,
)
from chatbot.model import files as model_files
from chatbot.model import pretrained
from chatbot.model.classifier import IntentClassifier
from chatbot.model.sureness import OF_ANSWERS, OF_BOTS, Sureness
from chatbot.network.arrays import unit_length
from chatbot.network.feed_forward import embeddings
from chatbot.network.recurrent import Recurrent
from chatbot.opening import read_intents
from chatbot.versions.records import Progress, Saved
from chatbot.words import words


def intents(**patterns: list[str]) -> Intents:
    return Intents(tuple(Intent(t, tuple(p), ("reply",)) for t, p in patterns.items()), None)


def test_one_intent_is_not_enough_and_the_error_says_what_to_do() -> None:
    with pytest.raises(TrainingError, match=r"at least two intents.*Add patterns"):
        list(train(intents(only=["a", "b"], empty=[]), Settings()))


def test_patterns_without_a_single_word_do_not_count() -> None:
    with pytest.raises(TrainingError):
        list(train(intents(a=["hello"], blank=[" ", "\u200b"]), Settings()))


@pytest.mark.slow
@pytest.mark.parametrize("use_base", [True, False])
def test_two_intents_of_two_patterns_are_learned_and_the_accuracy_is_not_made_up(
    use_base: bool,
) -> None:
    tiny = intents(yes=["yes", "of course"], no=["no", "never ever"])
    *_, last = train(tiny, Settings(use_base=use_base))
    assert isinstance(last, Trained)
    if use_base:
        assert last.metrics.held_out_patterns == 4, "each is asked of a layer without it"
        assert last.metrics.held_out_accuracy in (0, 0.25, 0.5, 0.75, 1)
    else:
        assert last.metrics.held_out_accuracy is None, "nothing could be held out"
    logits = [bot_logits(last, text) for text in ("yes", "of course", "no", "never ever")]
    assert [int(np.argmax(row)) for row in logits] == [0, 0, 1, 1]


def test_of_one_pattern_each_none_can_be_asked_and_no_accuracy_is_claimed() -> None:
    *records, last = train(intents(yes=["of course"], no=["never ever"]), Settings())
    assert isinstance(last, Trained)
    assert last.metrics.held_out_patterns == 0
    assert last.metrics.held_out_accuracy is None
    assert [record.phase for record in records if isinstance(record, Progress)] == ["all patterns"]
    logits = [bot_logits(last, text) for text in ("of course", "never ever")]
    assert [int(np.argmax(row)) for row in logits] == [0, 1]


def bot_logits(trained: Trained, message: str) -> np.ndarray:
    state = Recurrent(trained.weights).read(words(message))[-1].hidden
    return IntentClassifier(trained.weights, trained.tags, trained.calibration).logits(state)


@pytest.mark.slow
@pytest.mark.parametrize("use_base", [True, False])
def test_the_same_file_and_seed_give_the_same_weights(use_base: bool) -> None:
    file = intents(a=["good day", "hello"], b=["bye now", "see you"])
    settings = Settings(seed=3, use_base=use_base)
    first, second = (list(train(file, settings))[-1] for _ in range(2))
    assert isinstance(first, Trained) and isinstance(second, Trained)
    every = np.arange(len(first.weights.own))
    np.testing.assert_array_equal(first.weights.own.at(every), second.weights.own.at(every))
    np.testing.assert_array_equal(first.weights.output_weight, second.weights.output_weight)


def test_training_leaves_the_callers_random_state_alone() -> None:
    import torch

    torch.manual_seed(5)
    expected = torch.rand(1)
    torch.manual_seed(5)
    list(train(intents(a=["x y"], b=["z w"]), Settings()))
    assert torch.rand(1) == expected


def test_on_the_base_only_the_layer_is_learned_whatever_the_seed(small_file: Path) -> None:
    file = read_intents(small_file).intents
    *records, last = train(file, Settings())
    *_, other = train(file, Settings(seed=7))
    assert isinstance(last, Trained) and isinstance(other, Trained)
    phases = [record.phase for record in records if isinstance(record, Progress)]
    assert phases == ["held-out"] * FOLDS + ["all patterns"]
    assert not len(last.weights.own.hashes), "its words are the base's"
    assert last.base == pretrained.load().card.weights_sha256
    assert last.calibration == other.calibration and last.metrics.held_out_patterns == 30
    for text in ("hello there", "what time is it now", "see you"):
        np.testing.assert_allclose(bot_logits(last, text), bot_logits(other, text), atol=1e-3)


def test_a_model_on_the_base_remembers_the_direction_of_every_intent() -> None:
    *_, last = train(intents(a=["good day", "hello"], b=["bye now"]), Settings())
    assert isinstance(last, Trained)
    memory = last.weights.memory
    assert memory is not None and isinstance(last.calibration, Sureness)
    assert memory.prototypes.shape == (2, last.weights.parts[-1])
    assert len(memory.background) == len(background_texts())
    for views in (memory.prototypes, memory.background):
        lengths = np.linalg.norm(views.astype(np.float32), axis=1)
        assert lengths == pytest.approx(1, abs=1e-2)
    hello, bye = (
        views_of(last.weights, embedded(last, text)[None])[0] for text in ("hello", "bye now")
    )
    assert memory.prototypes[1] == pytest.approx(bye, abs=1e-2)
    assert memory.prototypes[0].astype(float) @ hello > memory.prototypes[1].astype(float) @ hello


def embedded(trained: Trained, message: str) -> np.ndarray:
    state = Recurrent(trained.weights).read(words(message))[-1].hidden
    return embeddings(trained.weights, state)


def test_the_direction_of_an_intent_is_the_mean_of_its_patterns_in_any_order() -> None:
    views = np.eye(4, dtype=np.float32)
    found = directions_of(views, np.array([1, 0, 1, 2]), 4)
    half = 0.5**0.5
    expected = [[0, 1, 0, 0], [half, 0, half, 0], [0, 0, 0, 1], [0, 0, 0, 0]]
    assert found == pytest.approx(np.array(expected), abs=1e-3)


def test_out_of_scope_examples_count_for_what_is_alike_and_hardly_for_the_rest() -> None:
    bot = intents(
        order=["i want to order a pizza", "can i get a pizza delivered", "one pizza please"],
        hours=["when do you open", "are you open on sunday", "what are your opening hours"],
    )
    telling = replace(
        bot, out_of_scope=("do you have a job for me", "i would like to work for you")
    )
    assert bot.digest != telling.digest, "it must be trained anew"
    *_, without = train(bot, Settings())
    *_, told = train(telling, Settings())
    assert isinstance(without, Trained) and isinstance(told, Trained)
    assert told.weights.memory is not None and len(told.weights.memory.out_of_scope) == 2

    def confidence(trained: Trained, message: str) -> float:
        state = Recurrent(trained.weights).read(words(message))[-1].hidden
        classifier = IntentClassifier(trained.weights, trained.tags, trained.calibration)
        return classifier.predict(state).confidence

    alike = "are you looking for somebody to work in the kitchen"
    assert confidence(told, alike) < confidence(without, alike) - 0.05
    for message in ("a large pizza please", "when are you open"):
        assert confidence(told, message) == pytest.approx(confidence(without, message), abs=0.02)


@pytest.mark.parametrize("asked", [False, True])
def test_a_bot_of_any_size_is_described_by_finite_numbers(asked: bool) -> None:
    for labels in ([0, 1], [0, 0, 1], list(range(40)), [0] * 5_000 + [1]):
        rng = np.random.default_rng(0)
        views = unit_length(rng.normal(size=(len(labels), 8)).astype(np.float32))
        no_numbers = np.zeros((2, 1, len(OF_ANSWERS)))
        found = Asked(np.array([0]), np.array([[1, 0]], np.float32), *no_numbers)
        numbers = bot_numbers(views, np.array(labels), found if asked else None)
        assert numbers.shape == (len(OF_BOTS),) and np.isfinite(numbers).all()


@pytest.mark.slow
@pytest.mark.parametrize("better", [True, False])
def test_with_many_patterns_the_base_is_tuned_too_and_the_better_of_both_is_kept(
    small_file: Path, monkeypatch: pytest.MonkeyPatch, few_steps: None, better: bool
) -> None:
    monkeypatch.setattr(training, "TUNED_FROM", 10)
    monkeypatch.setattr(training, "_is_better", lambda tuned, frozen: better)
    *records, last = train(read_intents(small_file).intents, Settings())
    assert isinstance(last, Trained) and isinstance(last.calibration, Sureness)
    assert (len(last.weights.own.hashes) > 0) == better, "a tuned base has rows of its own"
    assert last.metrics.held_out_patterns == (6 if better else 30)
    assert last.base is not None and last.weights.memory is not None
    assert len(records) > 30, "gradient descent takes steps"
    assert int(np.argmax(bot_logits(last, "what time is it"))) == 1


@pytest.mark.slow
def test_progress_counts_up_and_says_how_long_it_takes(small_file: Path) -> None:
    file = read_intents(small_file).intents
    records = [r for r in train(file, Settings()) if isinstance(r, Progress)]
    assert [r.phase for r in records] == sorted((r.phase for r in records), reverse=True)
    for phase in ("held-out", "all patterns"):
        steps = [r.step for r in records if r.phase == phase]
        assert steps == list(range(1, len(steps) + 1))
    assert all(0 < r.step <= r.steps and 0 < r.epoch <= r.epochs for r in records)
    assert all(r.eta_seconds >= 0 for r in records)
    assert all(a.seconds <= b.seconds for a, b in pairwise(records))
    assert records[-1].loss < records[0].loss
    assert all(0 <= (r.held_out_accuracy or 0) <= 1 for r in records)


@pytest.mark.parametrize("settings", [Settings(), Settings(use_base=False)])
def test_cancelling_stops_at_the_next_batch_or_fold_and_leaves_the_old_model(
    small_bot: Path, settings: Settings
) -> None:
    card = (small_bot / "models/intents/card.json").read_bytes()
    batches = 0

    def cancelled() -> bool:
        nonlocal batches
        batches += 1
        return batches > 3

    path, model = small_bot / "intents.json", small_bot / "models/intents"
    with pytest.raises(TrainingCancelledError):
        list(train_file(path, model, settings, cancelled))
    assert batches == 4
    assert (small_bot / "models/intents/card.json").read_bytes() == card
    model_files.load(small_bot / "models/intents")


def test_a_bot_trained_on_thirty_patterns_answers_unseen_messages(trained_folder: Path) -> None:
    bot = Chatbot.load(trained_folder / "intents.json", trained_folder / "models/intents")
    unseen = {
        "hello there": "greeting",
        "what time": "time",
        "tell me what time it is please": "time",
        "ok goodbye": "goodbye",
        "goood mornning": "greeting",
    }
    answers = {message: bot.reply(message).reading.prediction.intent for message in unseen}
    assert answers == unseen


@pytest.mark.slow
def test_the_report_of_a_training_compares_with_the_model_before(small_bot: Path) -> None:
    *_, saved = train_file(small_bot / "intents.json", small_bot / "models/intents")
    assert isinstance(saved, Saved)
    assert saved.metrics_before is not None
    compared = saved.answer_changes
    assert compared.network_right_before == compared.network_right >= 0.9
    assert compared.changes == ()


def test_new_patterns_make_the_model_stale_and_new_replies_do_not(small_bot: Path) -> None:
    path = small_bot / "intents.json"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Good to see you.", "Welcome back."), encoding="utf-8")
    assert not Chatbot.load(path, small_bot / "models/intents").is_stale
    path.write_text(text.replace("Hey there", "Hey there you"), encoding="utf-8")
    assert Chatbot.load(path, small_bot / "models/intents").is_stale
