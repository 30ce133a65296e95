"""What an intents file comes to: its intents in order, the fallback, the digest."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatbot.intents.check import check_text
from chatbot.intents.types import Intent, Intents
from chatbot.opening import read_intents
from tests.intents.texts import one


@pytest.mark.parametrize("tag", ["fallback", "NoAnswer", "DEFAULT"])
def test_the_fallback_is_the_first_of_its_tags_without_patterns(tag: str) -> None:
    first = {"tag": tag, "patterns": [], "responses": ["What?"]}
    intents = check_text(one(first, {"tag": "another", "responses": ["r"]})).intents
    assert intents is not None
    assert intents.fallback == Intent(tag, (), ("What?",))
    assert intents.fallback not in intents.trainable


def test_a_second_fallback_is_warned_of_as_never_answering() -> None:
    fallbacks = [{"tag": tag, "responses": ["r"]} for tag in ("fallback", "default")]
    (warning,) = check_text(one(*fallbacks)).warnings
    assert "“default” has no patterns" in warning.message


def test_a_fallback_tag_with_patterns_is_an_intent_like_any_other() -> None:
    intents = check_text(one({"tag": "default", "patterns": ["x"], "responses": ["r"]})).intents
    assert intents is not None
    assert intents.fallback is None
    assert intents.by_tag("default") in intents.trainable


def test_intents_come_in_the_order_of_the_file_without_blanks() -> None:
    intents = check_text(
        one({"tag": " x ", "patterns": ["p ", " "], "responses": ["", "r"]})
    ).intents
    assert intents is not None
    assert [intent.tag for intent in intents.intents] == ["fine", "well", "x"]
    assert intents.by_tag("x") == Intent("x", ("p ",), ("r",))
    assert intents.by_tag("no such") is None


def test_the_digest_changes_with_what_training_sees_and_only_with_that() -> None:
    a, b = Intent("a", ("x", "y"), ("r",)), Intent("b", ("z",), ())
    digest = Intents((a, b)).digest
    assert Intents((b, Intent("a", ("y", "x", "x"), ("other",)))).digest == digest
    assert Intents((a, b, Intent("fallback", (), ("r",)))).digest == digest
    assert Intents((a, Intent("c", ("z",), ()))).digest != digest
    assert Intents((a, Intent("b", ("z!",), ()))).digest != digest
    assert Intents((Intent("a", ("x",), ()), Intent("b", ("y", "z"), ()))).digest != digest


def test_the_shipped_file_has_no_finding(default_intents: Path) -> None:
    assert read_intents(default_intents).warnings == ()
