"""Warm retraining: a small edit is learned by going on, and nothing that was known is forgotten."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from chatbot.conversation.bot import Chatbot
from chatbot.intents.types import Intent, Intents
from chatbot.learning import training
from chatbot.learning.data import patterns_of
from chatbot.learning.job import Plan, train_file
from chatbot.learning.training import Settings
from chatbot.learning.warm import IN_A_ROW, Earlier, edit_between, is_frozen, warm_start
from chatbot.model import files as model_files
from chatbot.opening import read_intents
from chatbot.versions.records import Progress, Saved
from tests.conftest import SMALL, made_once

pytestmark = pytest.mark.slow

FROM_NOTHING = Settings(use_base=False)
"""On the base as it is, only the layer is fitted, always to all patterns: nothing can go on."""

Data = dict[str, Any]


def edited(path: Path, change: Callable[[Data], object]) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(json.dumps(data), encoding="utf-8")


def trained(folder: Path, **plan: Any) -> tuple[Saved, list[Progress]]:
    *progress, saved = train_file(
        folder / "intents.json", folder / "models/intents", FROM_NOTHING,
        plan=Plan(accept=True, **plan),
    )  # fmt: skip
    assert isinstance(saved, Saved)
    return saved, [record for record in progress if isinstance(record, Progress)]


def train_from_nothing(folder: Path) -> None:
    (folder / "intents.json").write_text(json.dumps(SMALL, indent=2), encoding="utf-8")
    for _ in train_file(folder / "intents.json", folder / "models/intents", FROM_NOTHING):
        pass


@pytest.fixture(scope="session")
def descended_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small file with a model that gradient descent has made; read only, please."""
    return made_once(tmp_path_factory, "descended", train_from_nothing)


@pytest.fixture
def descended(descended_folder: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return shutil.copytree(descended_folder, tmp_path / "descended")


def pattern(data: Data, tag: str = "greeting", text: str = "zum Gruße") -> None:
    next(i for i in data["intents"] if i["tag"] == tag)["patterns"].append(text)


def test_one_more_pattern_is_learned_by_going_on(descended: Path) -> None:
    before = model_files.load(descended / "models/intents")
    edited(descended / "intents.json", pattern)
    saved, progress = trained(descended)
    assert saved.warm
    assert {record.phase for record in progress} == {"small edit"}
    after = model_files.load(descended / "models/intents")
    assert after.card.warm_retrains == 1
    assert after.card.metrics.held_out_accuracy == before.card.metrics.held_out_accuracy
    assert after.card.metrics.patterns == before.card.metrics.patterns + 1
    assert saved.answer_changes.network_right >= 0.95
    bot = Chatbot.load(descended / "intents.json", descended / "models/intents")
    state = bot.read("zum Gruße").steps[-1].hidden
    assert bot.reader.classifier.predict(state).intent == "greeting", "the network alone knows it"
    unseen = {"hello there": "greeting", "what time": "time", "ok goodbye": "goodbye"}
    assert {m: bot.read(m).prediction.intent for m in unseen} == unseen


def test_a_renamed_intent_keeps_what_it_knew(descended: Path) -> None:
    edited(descended / "intents.json", lambda data: data["intents"][0].update(tag="salutation"))
    saved, _ = trained(descended)
    assert saved.warm
    bot = Chatbot.load(descended / "intents.json", descended / "models/intents")
    assert bot.read("hello there you").prediction.intent == "salutation"
    assert saved.answer_changes.changes == ()


def test_an_intent_more_and_an_intent_less(descended: Path) -> None:
    path = descended / "intents.json"
    new = {"tag": "pizza", "patterns": ["a pizza please", "order pizza"], "responses": ["Ok."]}
    edited(path, lambda data: data["intents"].append(new))
    saved, _ = trained(descended)
    assert saved.warm and saved.intents == 4
    bot = Chatbot.load(path, descended / "models/intents")
    assert bot.read("one pizza please").prediction.intent == "pizza"
    edited(path, lambda data: data["intents"].pop())
    saved, _ = trained(descended)
    assert saved.warm and saved.intents == 3


def test_a_large_edit_is_trained_in_full(descended: Path) -> None:
    def many(data: Data) -> None:
        for n in range(6):
            pattern(data, text=f"a new greeting number {n}")

    edited(descended / "intents.json", many)
    saved, progress = trained(descended)
    assert not saved.warm
    assert {record.phase for record in progress} == {"held-out", "all patterns"}


def test_without_an_edit_or_when_asked_it_is_trained_in_full(descended: Path) -> None:
    assert not trained(descended)[0].warm
    edited(descended / "intents.json", pattern)
    assert not trained(descended, full=True)[0].warm
    assert model_files.read_card(descended / "models/intents").warm_retrains == 0


@pytest.fixture
def earlier(descended_folder: Path) -> Earlier:
    file = read_intents(descended_folder / "intents.json").intents
    return Earlier(model_files.load(descended_folder / "models/intents"), file)


def with_pattern(file: Intents, text: str) -> Intents:
    first, *others = file.intents
    return replace(file, intents=(replace(first, patterns=(*first.patterns, text)), *others))


def test_after_some_in_a_row_the_figures_would_grow_old(earlier: Earlier) -> None:
    now = patterns_of(with_pattern(earlier.intents, "good day to you"))
    assert warm_start(now, earlier, "gru", None) is not None
    card = replace(earlier.model.card, warm_retrains=IN_A_ROW)
    old = replace(earlier, model=replace(earlier.model, card=card))
    assert warm_start(now, old, "gru", None) is None


def test_another_cell_size_or_file_than_the_models_starts_anew(earlier: Earlier) -> None:
    now = patterns_of(with_pattern(earlier.intents, "good day to you"))
    assert warm_start(now, None, "gru", None) is None
    assert warm_start(now, earlier, "lstm", None) is None
    assert warm_start(now, earlier, "gru", 64) is None
    other = replace(earlier, intents=with_pattern(earlier.intents, "not what it learned"))
    assert warm_start(now, other, "gru", None) is None


def test_what_is_new_is_known_by_its_words_and_its_intent() -> None:
    before = patterns_of(Intents((Intent("a", ("x y", "z")), Intent("b", ("u", "v")))))
    now = patterns_of(Intents((Intent("b", ("u", "v", "x  y")), Intent("c", ("q",)))))
    edit = edit_between(before, now)
    assert edit.rows == (1, None)
    assert [now.texts[i] for i in edit.new] == ["x  y", "q"]
    assert edit.share == (2 + 2) / 4  # x y went to b, z is gone


def test_before_its_first_step_it_answers_as_the_model_did(earlier: Earlier) -> None:
    from chatbot.learning.run import Run

    now = patterns_of(with_pattern(earlier.intents, "good day to you"))
    found = warm_start(now, earlier, "gru", None)
    assert found is not None
    run = Run("small edit", found[0], now, np.arange(len(now)))
    weights = run.weights()
    bot = Chatbot(earlier.intents, earlier.model, replier=None)  # type: ignore[arg-type]
    again = Chatbot(
        earlier.intents,
        replace(earlier.model, weights=weights),
        replier=None,  # type: ignore[arg-type]
    )
    for message in ("hello there", "what time is it", "so long then", "something else"):
        one, other = bot.read(message), again.read(message)
        np.testing.assert_allclose(one.steps[-1].hidden, other.steps[-1].hidden, atol=2e-3)
        assert one.prediction.intent == other.prediction.intent


def test_the_same_edit_gives_the_same_weights(descended: Path, tmp_path: Path) -> None:
    shutil.copytree(descended, tmp_path / "twin")
    weights = []
    for folder in (descended, tmp_path / "twin"):
        edited(folder / "intents.json", pattern)
        trained(folder)
        weights.append(model_files.load(folder / "models/intents").card.weights_sha256)
    assert weights[0] == weights[1]


def test_a_base_that_was_tuned_goes_on_and_remembers_what_is_new(
    small_bot: Path, monkeypatch: pytest.MonkeyPatch, few_steps: None
) -> None:
    """With many patterns the base is tuned; here they are few, and it is made to be the better."""
    monkeypatch.setattr(training, "TUNED_FROM", 10)
    monkeypatch.setattr(training, "_is_better", lambda tuned, frozen: True)
    path, folder = small_bot / "intents.json", small_bot / "models/intents"
    list(train_file(path, folder, plan=Plan(full=True, accept=True)))
    before = model_files.load(folder)
    assert before.card.base is not None and before.weights.memory is not None
    edited(path, pattern)
    *_, saved = train_file(path, folder, plan=Plan(accept=True))
    assert isinstance(saved, Saved) and saved.warm
    after = model_files.load(folder)
    assert after.weights.memory is not None
    remembered = after.weights.memory.prototypes
    assert remembered.shape == before.weights.memory.prototypes.shape
    assert not np.array_equal(remembered[0], before.weights.memory.prototypes[0])
    assert after.card.calibration == before.card.calibration
    assert saved.answer_changes.network_right >= 0.9


def test_on_the_base_as_it_is_every_training_is_a_full_one(small_bot: Path) -> None:
    path, folder = small_bot / "intents.json", small_bot / "models/intents"
    model = model_files.load(folder)
    assert is_frozen(model)
    earlier = Earlier(model, read_intents(path).intents)
    now = patterns_of(with_pattern(earlier.intents, "good day to you"))
    assert warm_start(now, earlier, "gru", None) is None


def test_a_small_model_of_another_cell_goes_on_too(descended: Path) -> None:
    settings = Settings(cell="lstm", hidden_size=16)
    folder = descended / "models/lstm"
    for _ in train_file(descended / "intents.json", folder, settings):
        pass
    edited(descended / "intents.json", pattern)
    *_, saved = train_file(descended / "intents.json", folder, settings, plan=Plan(accept=True))
    assert isinstance(saved, Saved) and saved.warm
    assert saved.answer_changes.network_right >= 0.9


def test_the_sixth_small_edit_in_a_row_is_trained_in_full(earlier: Earlier) -> None:
    """The held-out figures are those of the last full training, and must not grow old."""
    now = patterns_of(with_pattern(earlier.intents, "good day to you"))

    def after(edits: int) -> Earlier:
        card = replace(earlier.model.card, warm_retrains=edits)
        return replace(earlier, model=replace(earlier.model, card=card))

    goes_on = [warm_start(now, after(edits), "gru", None) is not None for edits in range(7)]
    assert goes_on == [True] * 5 + [False] * 2


def test_a_new_pattern_is_shown_more_often_than_those_that_are_known(
    earlier: Earlier, monkeypatch: pytest.MonkeyPatch
) -> None:
    from chatbot.learning import run

    shown: list[int] = []
    learned = run.Run._step

    def step(self: run.Run, chosen: np.ndarray, number: int) -> float:
        shown.extend(chosen.tolist())
        return learned(self, chosen, number)

    monkeypatch.setattr(run.Run, "_step", step)
    now = with_pattern(earlier.intents, "good day to you")
    list(training.train(now, Settings(), earlier=earlier))
    counts = np.bincount(shown)
    new = patterns_of(now).texts.index("good day to you")
    assert counts[new] == 4 * np.delete(counts, new).max()
