"""The learned tagger: values never seen are found, and it is saved with the model."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from chatbot.conversation import Chatbot
from chatbot.intents.check import check_text
from chatbot.intents.types import Intents
from chatbot.learning.job import train_file
from chatbot.learning.learned import TrainingCancelledError
from chatbot.learning.tagging import with_tagger
from chatbot.model import files, pretrained
from chatbot.network import ModelError, Weights
from chatbot.network.tagger import Tagger, allowed, inputs_size, values_of

TEXT = json.dumps(
    {
        "slots": {
            "city": {"values": ["Hanoi", "Hue", "Da Nang"]},
            "guest": {},
            "size": {"values": ["small", "large"], "closed": True},
            "order": {"regex": "[A-Z]{2}\\d{4}"},
            "when": {"kind": "date"},
        },
        "intents": [
            {
                "tag": "book",
                "patterns": [
                    "book a hotel in {city}", "a room in {city} please",
                    "I need a bed in {city} {when}",
                    "stay in {city}", "find me a hotel in {city}", "a {size} room in [Hue](city)",
                ],
                "responses": ["In {city|there}."],
            },
            {
                "tag": "name",
                "patterns": [
                    "my name is [Ann](guest)", "I am [Minh](guest)", "call me [Bob](guest)",
                    "I'm [Sofia](guest)", "this is [Jonas](guest) speaking",
                ],
                "responses": ["Hi {guest|you}."],
            },
            {"tag": "bye", "patterns": ["bye", "good night", "see you"], "responses": ["Bye."]},
        ],
    }
)  # fmt: skip


def intents() -> Intents:
    found = check_text(TEXT).intents
    assert found is not None
    return found


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    folder = tmp_path_factory.mktemp("slots")
    (folder / "bot.json").write_text(TEXT, encoding="utf-8")
    *_, saved = train_file(folder / "bot.json", folder / "model")
    assert Path(saved.model).is_dir()  # type: ignore[union-attr]
    return Chatbot.load(folder / "bot.json", folder / "model", seed=1)


def values(bot: Chatbot, message: str) -> list[tuple[str, str, str]]:
    return [(v.slot, v.value, str(v.how)) for v in bot.reply(message).slots]


@pytest.mark.parametrize(
    ("message", "value"),
    [
        ("book a hotel in Reykjavik", ("city", "Reykjavik", "learned")),
        ("a room in Buenos Aires please", ("city", "Buenos Aires", "learned")),
        ("my name is Kowalczyk", ("guest", "Kowalczyk", "learned")),
        ("book a hotel in hue", ("city", "Hue", "list")),
        ("book a hotel in Hnaoi", ("city", "Hanoi", "list")),
    ],
)
def test_values_are_found_that_no_pattern_and_no_list_has(
    bot: Chatbot, message: str, value: tuple[str, str, str]
) -> None:
    assert values(bot, message) == [value]


@pytest.mark.parametrize("message", ["bye", "good night", "see you", "", "?!", "🎉🎉🎉"])
def test_nothing_is_found_where_nothing_is(bot: Chatbot, message: str) -> None:
    assert values(bot, message) == []


def test_lists_that_are_closed_expressions_and_kinds_are_not_learned(bot: Chatbot) -> None:
    assert bot.model.card.slots == ("city", "guest")
    assert bot.model.weights.tagger is not None
    assert bot.model.weights.tagger.slots == ("city", "guest")


def test_a_slot_that_the_file_lost_is_not_found_any_more(bot: Chatbot) -> None:
    data = json.loads(TEXT)
    del data["slots"]["guest"]
    without = check_text(json.dumps(data)).intents
    assert without is not None
    assert values(bot.with_intents(without), "my name is Kowalczyk") == []


def test_a_file_without_marks_gets_no_tagger_and_its_weights_are_untouched() -> None:
    plain = check_text(
        '{"slots": {"a": {"values": ["x"]}}, "intents": [{"tag": "t", "patterns": ["hi"]}]}'
    )
    assert plain.intents is not None
    weights = pretrained.load().weights
    assert with_tagger(weights, plain.intents, 0, lambda: False) is weights


def test_the_same_seed_gives_the_same_tagger_and_stopping_stops() -> None:
    weights = pretrained.load().weights
    some, other = (with_tagger(weights, intents(), 3, lambda: False).tagger for _ in range(2))
    assert some is not None and other is not None
    assert np.array_equal(some.inner_weight, other.inner_weight)
    with pytest.raises(TrainingCancelledError):
        with_tagger(weights, intents(), 3, lambda: True)


@pytest.mark.parametrize("damage", ["nan", "shape", "missing", "names"])
def test_a_damaged_tagger_is_refused(bot: Chatbot, tmp_path: Path, damage: str) -> None:
    from dataclasses import replace

    from chatbot.network import weights_file

    tagger, card = bot.model.weights.tagger, bot.model.card
    assert tagger is not None
    if damage == "nan":
        tagger = replace(tagger, outer_bias=tagger.outer_bias * np.nan)
    elif damage == "shape":
        tagger = replace(tagger, outer_bias=tagger.outer_bias[:-1])
    weights: Weights = replace(bot.model.weights, tagger=None if damage == "missing" else tagger)
    if damage == "names":
        card = replace(card, slots=(*card.slots, "another"))
    files.save(tmp_path / "m", card, weights_file.encode(weights))
    with pytest.raises(ModelError):
        files.load(tmp_path / "m")


def test_a_value_never_goes_on_without_having_begun() -> None:
    size = inputs_size(4, 2)
    rng = np.random.default_rng(0)
    tagger = Tagger(
        ("a", "b"),
        rng.normal(size=(64, size)).astype(np.float32),
        np.zeros(64, np.float32),
        rng.normal(size=(5, 64)).astype(np.float32),
        np.zeros(5, np.float32),
        np.zeros((5, 5), np.float32),
    )
    tags = tagger.best(rng.normal(size=(200, size)).astype(np.float32))
    for before, tag in zip([0, *tags], tags, strict=False):
        assert tag == 0 or tag % 2 or before in (tag - 1, tag)
    assert tagger.best(np.zeros((0, size), np.float32)) == []
    assert allowed(tagger.transitions)[0, 2] < -1_000
    assert values_of([0, 1, 2, 1, 3, 4], ("a", "b")) == [("a", 1, 3), ("a", 3, 4), ("b", 4, 6)]
