"""Suspicious labels: what stands in the wrong intent is found without any model having learned."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from chatbot.intents.check import check_text
from chatbot.intents.findings import Fix
from chatbot.intents.types import Intent, Intents
from chatbot.model import pretrained
from chatbot.network.rows import Floats
from chatbot.network.weights_file import ModelError
from chatbot.opening import read_intents
from chatbot.quality import embedded_patterns, suspicious_labels
from chatbot.quality.embedded_patterns import EmbeddedPatterns, patterns_of
from chatbot.quality.health import examine
from chatbot.quality.suspicious_labels import suspicions
from chatbot.words import words


@pytest.fixture(scope="module")
def default(default_intents: Path) -> Intents:
    return read_intents(default_intents).intents


def of(patterns: dict[str, tuple[str, ...]]) -> Intents:
    return Intents(tuple(Intent(tag, texts, ("x",)) for tag, texts in patterns.items()), None)


def with_moved(given: Intents, places: dict[tuple[str, str], str]) -> Intents:
    """Return intents in which each place's pattern stands in another intent."""
    patterns: dict[str, list[str]] = {intent.tag: [] for intent in given.trainable}
    for intent in given.trainable:
        for pattern in dict.fromkeys(intent.patterns):
            patterns[places.get((intent.tag, pattern), intent.tag)].append(pattern)
    return of({tag: tuple(texts) for tag, texts in patterns.items()})


PIZZA: dict[str, tuple[str, ...]] = {
    "order": ("I would like a pizza", "one margherita please", "can I order two pizzas",
              "Do you deliver to my street?"),
    "delivery": ("how long does delivery take", "do you bring it to my house",
                 "is delivery free", "can you deliver to the office"),
    "hours": ("when do you open", "are you open on sunday", "what are your opening hours",
              "until when can I come"),
}  # fmt: skip


def test_a_pattern_in_the_wrong_intent_of_a_small_bot_is_found_before_any_training() -> None:
    found = suspicions(of(PIZZA))
    assert [(s.pattern, s.intent, s.other) for s in found] == [
        ("Do you deliver to my street?", "order", "delivery")
    ]
    assert found[0].cosine > found[0].own_cosine + 0.4


def test_the_finding_says_where_and_moves_it_with_one_key() -> None:
    items = [{"tag": t, "patterns": p, "responses": ["x"]} for t, p in PIZZA.items()]
    text = json.dumps({"intents": items}, indent=1)
    report = check_text(text)
    assert report.intents is not None
    (found,) = [f for f in examine(report.document, report.intents) if f.kind == "suspicious_label"]
    assert found.fix == Fix("move_pattern", "order", "Do you deliver to my street?", "delivery")
    line, column = found.position
    assert text.splitlines()[line - 1][column - 1 :].startswith('"Do you deliver')


def test_half_of_the_wrong_labels_are_found_and_three_quarters_of_the_reported_are_wrong(
    default: Intents,
) -> None:
    places = [(i.tag, pattern) for i in default.trainable for pattern in dict.fromkeys(i.patterns)]
    tags = [intent.tag for intent in default.trainable]
    hits = reported = count = 0
    for seed in range(12):
        random = np.random.default_rng(seed)
        moved = {
            (tag, pattern): str(random.choice([other for other in tags if other != tag]))
            for tag, pattern in (
                places[i] for i in random.choice(len(places), len(places) // 20, replace=False)
            )
        }
        wrong = {(pattern, tag) for (_, pattern), tag in moved.items()}
        found = suspicions(with_moved(default, moved))
        hits += sum((suspicion.pattern, suspicion.intent) in wrong for suspicion in found)
        reported += len(found)
        count += len(wrong)
    assert hits / count > 0.5
    assert hits / reported > 0.7


def test_few_patterns_of_the_default_file_are_suspected(default: Intents) -> None:
    assert len(suspicions(default)) <= 8


def test_twins_in_two_intents_do_not_speak_for_each_other() -> None:
    sound = {**PIZZA, "order": (*PIZZA["order"][:3], "a pizza to take away, please")}
    assert suspicions(of(sound)) == []
    twice = {
        **sound,
        "closing": (
            "when do you open?",
            "closing time",
            "when does it open and close",
            "until when do you open",
        ),
    }
    assert suspicions(of(twice)) == []


def test_of_two_patterns_neither_is_an_outsider() -> None:
    assert suspicions(of({"a": ("good morning", "the weather is bad"), "b": ("hi",)})) == []


def test_intents_that_are_not_about_meaning_are_left_to_the_model() -> None:
    numbers = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    pairs = [f"{a} {b}" for a in numbers for b in numbers]
    random = {"a": tuple(pairs[:24]), "b": tuple(pairs[24:48]), "d": tuple(pairs[:97])}
    assert suspicions(of(random)) == []


def test_in_a_language_that_the_base_does_not_know_the_model_is_asked() -> None:
    georgian = of({
        "time": ("რომელი საათია", "მითხარი დრო", "რა დროა ახლა"),
        "food": ("ძალიან მშია", "სად ვჭამოთ", "კარგი რესტორანი აქ"),
    })  # fmt: skip
    assert EmbeddedPatterns(patterns_of(georgian)).by_base_or_model([0]) is None
    assert suspicions(georgian) == []


def test_without_a_pattern_and_with_a_damaged_base_nothing_is_claimed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert suspicions(of({"a": ("", "?!")})) == []

    def damaged() -> pretrained.Base:
        raise ModelError("damaged")

    embedded_patterns._side_by_side.cache_clear()
    monkeypatch.setattr(pretrained, "load", damaged)
    assert suspicions(of(PIZZA)) == []


def test_each_pattern_is_left_out_of_the_mean_that_it_is_compared_with() -> None:
    split = [tuple(words(p)) for texts in PIZZA.values() for p in texts]
    embedded = embedded_patterns.embedded_by_base(split)
    own, others = suspicious_labels._cosines(embedded.copy(), np.repeat([0, 1, 2], 4), split)
    unit = embedded - embedded.mean(axis=0)
    unit /= np.linalg.norm(unit, axis=1, keepdims=True)

    def cosine(a: Floats, b: Floats) -> float:
        return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))

    assert pretrained.load().weights.embedding_size == embedded.shape[1]
    assert own[5] == pytest.approx(cosine(unit[5], unit[[4, 6, 7]].mean(axis=0)), abs=1e-5)
    assert others[5, 2] == pytest.approx(cosine(unit[5], unit[8:].mean(axis=0)), abs=1e-5)
