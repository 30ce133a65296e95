"""Training: tiny and ugly files first; then that it learns, and can be stopped."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from chatbot.conversation.bot import Chatbot
from chatbot.intents.types import Intent, Intents
from chatbot.learning.data import patterns_of, split
from chatbot.learning.job import train_file
from chatbot.learning.training import (
    Settings,
    Trained,
    TrainingCancelledError,
    TrainingError,
    train,
)
from chatbot.model import files as model_files
from chatbot.model.classifier import IntentClassifier
from chatbot.opening import read_intents
from chatbot.versions.records import Progress, Saved


def intents(**patterns: list[str]) -> Intents:
    return Intents(tuple(Intent(t, tuple(p), ("reply",)) for t, p in patterns.items()), None)


def test_one_intent_is_not_enough_and_the_error_says_what_to_do() -> None:
    with pytest.raises(TrainingError, match=r"at least two intents.*Add patterns"):
        list(train(intents(only=["a", "b"], empty=[]), Settings()))


def test_patterns_without_a_single_word_do_not_count() -> None:
    with pytest.raises(TrainingError):
        list(train(intents(a=["hello"], blank=[" ", "\u200b"]), Settings()))


@pytest.mark.slow
def test_two_intents_of_two_patterns_are_learned_and_the_accuracy_is_not_made_up() -> None:
    tiny = intents(yes=["yes", "of course"], no=["no", "never ever"])
    *_, last = train(tiny, Settings())
    assert isinstance(last, Trained)
    assert last.metrics.held_out_accuracy is None, "nothing could be held out"
    logits = [bot_logits(last, text) for text in ("yes", "of course", "no", "never ever")]
    assert [int(np.argmax(row)) for row in logits] == [0, 0, 1, 1]


def bot_logits(trained: Trained, message: str) -> np.ndarray:
    from chatbot.network.recurrent import Recurrent
    from chatbot.words import words

    state = Recurrent(trained.weights).read(words(message))[-1].hidden
    return IntentClassifier(trained.weights, trained.tags, trained.calibration).logits(state)


def test_a_pattern_written_twice_is_never_in_both_halves_of_the_split() -> None:
    twice = intents(a=["one", "ONE", "two", "three", "four"], b=["five", "six", "seven", "eight"])
    patterns = patterns_of(twice)
    assert len(patterns) == 8
    learned, held_out = split(patterns.labels, 0.15, np.random.default_rng(0))
    assert sorted([*learned, *held_out]) == list(range(8))
    assert len(held_out) == 2, "one of each intent"


def test_an_intent_of_three_patterns_gives_none_away() -> None:
    learned, held_out = split(np.array([0, 0, 0, 1, 1, 1, 1]), 0.15, np.random.default_rng(0))
    assert {0, 1, 2} <= set(learned.tolist())
    assert len(held_out) == 1


@pytest.mark.slow
def test_the_same_file_and_seed_give_the_same_weights() -> None:
    file = intents(a=["good day", "hello"], b=["bye now", "see you"])
    first, second = (list(train(file, Settings(seed=3)))[-1] for _ in range(2))
    assert isinstance(first, Trained) and isinstance(second, Trained)
    np.testing.assert_array_equal(first.weights.own.vectors, second.weights.own.vectors)
    np.testing.assert_array_equal(first.weights.output_weight, second.weights.output_weight)


def test_training_leaves_the_callers_random_state_alone() -> None:
    import torch

    torch.manual_seed(5)
    expected = torch.rand(1)
    torch.manual_seed(5)
    list(train(intents(a=["x y"], b=["z w"]), Settings()))
    assert torch.rand(1) == expected


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


def test_cancelling_stops_at_the_next_batch_and_leaves_the_old_model(small_bot: Path) -> None:
    card = (small_bot / "models/intents/card.json").read_bytes()
    batches = 0

    def cancelled() -> bool:
        nonlocal batches
        batches += 1
        return batches > 5

    with pytest.raises(TrainingCancelledError):
        list(train_file(small_bot / "intents.json", small_bot / "models/intents", None, cancelled))
    assert batches == 6
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
