"""Replies that no message reaches: each way to be unreachable, and that the bot agrees."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from chatbot.conversation.bot import Chatbot
from chatbot.intents.check import check_text
from chatbot.intents.findings import Finding

PATTERNS = ["when do you open", "opening hours", "are you open"]


def unreachable(patterns: dict[str, list[str]]) -> list[tuple[str | None, str]]:
    """Return the tags of what is never the answer, and the text that the finding points at."""
    items = [{"tag": t, "patterns": p, "responses": ["r"]} for t, p in patterns.items()]
    text = json.dumps({"intents": items}, indent=1, ensure_ascii=False)
    lines = text.splitlines()

    def place(finding: Finding) -> str:
        return lines[finding.position.line - 1][finding.position.column - 1 :]

    return [
        (finding.tag, place(finding))
        for finding in check_text(text).findings
        if "never the answer" in finding.message or "by chance" in finding.message
    ]


def test_an_intent_without_patterns_is_never_the_answer_unless_it_is_the_fallback() -> None:
    found = unreachable({"hours": PATTERNS, "empty": [], "fallback": []})
    assert [tag for tag, _ in found] == ["empty"]


def test_a_second_fallback_is_never_the_answer() -> None:
    found = unreachable({"hours": PATTERNS, "fallback": [], "noanswer": []})
    assert [tag for tag, _ in found] == ["noanswer"]


def test_patterns_of_punctuation_alone_make_no_answer() -> None:
    assert unreachable({"hours": PATTERNS, "marks": ["?!", "…"]}) == [("marks", "[")]
    assert unreachable({"hours": PATTERNS, "marks": ["?!", "what"]}) == []


def test_the_bot_does_not_know_a_pattern_of_punctuation_alone(
    default_intents: Path, default_model: Path
) -> None:
    bot = Chatbot.load(default_intents, default_model)
    from dataclasses import replace

    first, *others = bot.intents.intents
    changed = replace(first, patterns=("?!",))
    asked = bot.with_intents(replace(bot.intents, intents=(changed, *others)))
    assert not asked.reply("?!").reading.prediction.in_scope


@pytest.mark.parametrize("twin", ["when do you open", "When do you open?!"])
def test_an_intent_whose_patterns_are_all_of_others_is_reported_at_its_tag(twin: str) -> None:
    assert unreachable({"hours": PATTERNS, "times": [twin]}) == [("times", '"times",')]
    assert unreachable({"times": [twin], "hours": PATTERNS}) == [("times", '"times",')]
    assert unreachable({"hours": PATTERNS, "times": [twin, "until when"]}) == []


def test_of_two_intents_with_the_same_patterns_the_later_one_is_reported() -> None:
    assert [tag for tag, _ in unreachable({"a": PATTERNS, "b": PATTERNS})] == ["b"]


def test_patterns_shared_with_several_intents_count_too() -> None:
    found = unreachable({
        "a": [PATTERNS[0], "x"], "b": PATTERNS[:2], "c": [PATTERNS[1], "y"],
    })  # fmt: skip
    assert [tag for tag, _ in found] == ["b"]
