"""One run of gradient steps: averages, dropout, the best epoch, and what stays untouched."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch

from chatbot.intents.types import Intent, Intents
from chatbot.learning.data import Indices, patterns_of
from chatbot.learning.run import Run
from chatbot.learning.starts import FromBase, FromNothing
from chatbot.model import pretrained
from chatbot.network.rows import find_rows

INTENTS = Intents(
    (
        Intent("time", ("what time is it", "tell me the time", "how late is it", "the hour")),
        Intent("food", ("i am hungry", "where can we eat", "any good restaurant", "lunch")),
    )
)
PATTERNS = patterns_of(INTENTS)
ALL: Indices = np.arange(len(PATTERNS))
NEVER = lambda: False  # noqa: E731


def small_start(**recipe: Any) -> FromNothing:
    start = FromNothing("gru", 8, word_size=6)
    start.recipe = replace(start.recipe, **{"steps": 4, "epochs": 4, **recipe})
    return start


def learn(run: Run) -> Run:
    for _ in run.learn(NEVER):
        pass
    return run


def test_what_is_kept_is_the_average_of_the_weights_not_the_last_ones() -> None:
    run = Run("all patterns", small_start(), PATTERNS, ALL)
    begun = {name: tensor.clone() for name, tensor in run.averaged.items()}
    learn(run)
    name = "recurrent.weight_hh_l0"
    last, average = run.parameters[name].detach(), run.averaged[name]
    moved, averaged = (last - begun[name]).norm(), (average - begun[name]).norm()
    assert 0 < averaged < moved, "the average lags behind the steps"
    run_weights = run.weights().recurrent_weight
    np.testing.assert_array_equal(run_weights, average.numpy())


def test_early_on_the_average_follows_quickly_or_it_would_remember_the_start() -> None:
    run = learn(Run("all patterns", small_start(), PATTERNS, ALL))
    begun = Run("all patterns", small_start(), PATTERNS, ALL).averaged
    for name, last in run.parameters.items():
        if name == "words.weight":
            continue
        gone = (last.detach() - begun[name]).norm()
        assert (last.detach() - run.averaged[name]).norm() < 0.8 * gone, name


def test_dropping_units_of_the_state_keeps_its_size_on_average(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What remains is scaled up: the feed-forward layer meets the same sizes as when chatting."""
    run = Run("all patterns", small_start(state_dropout=0.5), PATTERNS, ALL)
    masks: list[torch.Tensor] = []
    forward = run.network.forward

    def spy(batch: Any, mask: torch.Tensor) -> torch.Tensor:
        masks.append(mask)
        return forward(batch, mask)

    monkeypatch.setattr(run.network, "forward", spy)
    for _ in range(100):
        run._step(ALL, 0)
    every = torch.cat(masks)
    assert set(every.flatten().tolist()) == {0.0, 2.0}
    assert every.mean().item() == pytest.approx(1.0, abs=0.05)


def test_gradients_are_clipped_so_that_one_odd_batch_cannot_throw_the_network_off() -> None:
    run = Run("all patterns", small_start(), PATTERNS, ALL)
    with torch.no_grad():
        assert run.network.feed_forward is not None
        run.network.feed_forward.weight.mul_(100)
    run._step(ALL, 0)
    gradients = [p.grad for p in run.parameters.values() if p.grad is not None]
    total = math.sqrt(sum(float(gradient.norm()) ** 2 for gradient in gradients))
    assert run.gradient_norm > 1, "what is reported is the norm before clipping"
    assert total == pytest.approx(1, rel=1e-3)


def test_the_best_epoch_is_the_latest_of_those_that_are_as_good_within_chance(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of eight held-out patterns one right answer less is chance, and three less are not."""
    run = Run("held-out", small_start(), PATTERNS, ALL, ALL)
    right = [4, 6, 5, 3, 6, 2]

    def logits(chosen: Indices, noise: object) -> np.ndarray:
        answers = PATTERNS.labels.copy()
        answers[right[epoch - 1] :] ^= 1
        return np.eye(2, dtype=np.float32)[answers]

    monkeypatch.setattr(run, "logits", logits)
    best = []
    for epoch in range(1, len(right) + 1):
        assert run._measure(ALL, epoch) == right[epoch - 1] / 8
        best.append(run.best_epoch)
    assert best == [1, 2, 3, 3, 5, 5]
    assert run.best_score[0] == 6 / 8


def test_going_on_with_all_patterns_takes_less_than_half_of_the_epochs_again() -> None:
    earlier = learn(Run("held-out", small_start(), PATTERNS, ALL[:6], ALL[6:]))
    earlier.best_epoch = 10
    run = Run("all patterns", earlier.start, PATTERNS, ALL, after=earlier)
    assert run.epochs == 4


def test_going_on_begins_with_what_the_earlier_run_had_learned() -> None:
    earlier = learn(Run("held-out", small_start(), PATTERNS, ALL[:6], ALL[6:]))
    run = Run("all patterns", earlier.start, PATTERNS, ALL, after=earlier)
    same = run.network.state_dict()["recurrent.weight_hh_l0"]
    torch.testing.assert_close(same, earlier.best["recurrent.weight_hh_l0"])
    rows = find_rows(run.table.hashes, earlier.table.hashes)
    torch.testing.assert_close(
        run.network.words.weight[torch.from_numpy(rows)].detach(), earlier.best["words.weight"][1:]
    )


def test_features_of_words_that_are_not_learned_stay_as_the_base_has_them() -> None:
    """No weight decay wears off the rows that no batch has."""
    base = pretrained.load()
    start = FromBase(base)
    start.recipe = replace(start.recipe, steps=6, epochs=1)
    learned, others = ALL[PATTERNS.labels == 0], ALL[PATTERNS.labels == 1]
    run = learn(Run("held-out", start, PATTERNS, learned))
    words = {PATTERNS.messages.vocabulary[i] for i in PATTERNS.messages.words[others].ravel() if i}
    seen = {PATTERNS.messages.vocabulary[i] for i in PATTERNS.messages.words[learned].ravel() if i}
    from chatbot.learning.data import hashes_of

    only = np.setdiff1d(hashes_of(words - seen), hashes_of(seen))
    only = only[base.weights.own.find(only.tolist()) > 0]
    assert len(only) > 20
    found = run.averaged["words.weight"][torch.from_numpy(find_rows(run.table.hashes, only))]
    expected = base.weights.own.at(base.weights.own.find(only.tolist()))
    np.testing.assert_array_equal(found.numpy(), expected)


def test_before_the_first_step_a_pattern_is_neither_certain_nor_a_coin_toss() -> None:
    """The logits of unit embeddings are scaled so that there is something left to learn."""
    run = Run("all patterns", FromBase(pretrained.load()), PATTERNS, ALL)
    from chatbot.learning.data import NO_NOISE

    logits = run.logits(ALL, NO_NOISE)
    probability = np.exp(logits - np.logaddexp.reduce(logits, axis=1, keepdims=True))
    own = probability[ALL, PATTERNS.labels]
    assert (own > 0.6).all() and own.max() < 0.9999
