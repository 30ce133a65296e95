"""Changes to the intents: what was asked, nothing else, and never a file that is worse."""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable

import pytest

from chatbot.intents.changes import ChangeError, fill_in, merge, move, remove, rename, search, split
from chatbot.intents.check import check_text
from tests.conftest import SMALL

TEXT = json.dumps(SMALL, indent=2).replace('"Hi",', '"Hi",  ')


def tags(text: str) -> list[str]:
    return [intent["tag"] for intent in json.loads(text)["intents"]]


def changed_lines(before: str, after: str) -> list[str]:
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line for line in lines if line[0] in "+-"]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: rename(text, "nobody", "x"),
        lambda text: rename(text, "time", "goodbye"),
        lambda text: merge(text, "time", "nobody"),
        lambda text: merge(text, "time", "time"),
        lambda text: split(text, "time", ["What time is it?"], "goodbye", "r"),
        lambda text: split(text, "time", [], "hour", "r"),
        lambda text: split(text, "greeting", SMALL["intents"][0]["patterns"], "hour", "r"),
        lambda text: move(text, "nobody", 1),
        lambda text: remove(text, "nobody"),
        lambda text: fill_in(text, "time", "goodbye", ["a"], ["b"]),
    ],
)
def test_what_cannot_be_done_is_refused(change: Callable[[str], str]) -> None:
    with pytest.raises(ChangeError):
        change(TEXT)


def test_renaming_changes_one_line() -> None:
    after = rename(TEXT, "time", "clock")
    assert [line[1:].strip() for line in changed_lines(TEXT, after)] == [
        '"tag": "time",',
        '"tag": "clock",',
    ]
    assert rename(TEXT, "time", "time") == TEXT


def test_tests_follow_a_renamed_or_merged_intent() -> None:
    data = {**SMALL, "tests": [{"message": "what time", "intent": "time"}, {"message": "x"}]}
    text = json.dumps(data)
    for changed in (rename(text, "time", "goodbye2"), merge(text, "time", "goodbye")):
        after = json.loads(changed)
        assert after["tests"][0]["intent"] in {"goodbye2", "goodbye"}
        assert after["tests"][1] == {"message": "x"}


def test_merging_keeps_every_pattern_and_reply_once() -> None:
    after = json.loads(merge(TEXT, "greeting", "time"))["intents"]
    greeting, time = SMALL["intents"][0], SMALL["intents"][1]
    merged = next(intent for intent in after if intent["tag"] == "time")
    assert set(merged["patterns"]) == {*greeting["patterns"], *time["patterns"]}
    assert len(merged["patterns"]) == len(set(merged["patterns"]))
    assert tags(json.dumps({"intents": after})) == ["time", "goodbye", "fallback"]


def test_splitting_moves_the_chosen_patterns_behind_their_intent() -> None:
    after = split(TEXT, "greeting", ["Good morning", "Good evening to you"], "daytime", "Good day!")
    assert tags(after) == ["greeting", "daytime", "time", "goodbye", "fallback"]
    daytime = json.loads(after)["intents"][1]
    assert daytime["patterns"] == ["Good morning", "Good evening to you"]
    assert daytime["responses"] == ["Good day!"]
    assert "Good morning" not in json.loads(after)["intents"][0]["patterns"]
    assert check_text(after).intents is not None


@pytest.mark.parametrize(
    ("tag", "by", "order"),
    [
        ("time", -1, ["time", "greeting", "goodbye", "fallback"]),
        ("time", 1, ["greeting", "goodbye", "time", "fallback"]),
        ("greeting", -1, ["greeting", "time", "goodbye", "fallback"]),
        ("greeting", 99, ["time", "goodbye", "fallback", "greeting"]),
    ],
)
def test_moving_reorders_and_changes_no_intent(tag: str, by: int, order: list[str]) -> None:
    after = move(TEXT, tag, by)
    assert tags(after) == order
    by_tag = {intent["tag"]: intent for intent in json.loads(after)["intents"]}
    assert all(by_tag[intent["tag"]] == intent for intent in SMALL["intents"])


def test_removing_takes_out_the_intent_and_nothing_else() -> None:
    after = remove(TEXT, "time")
    assert tags(after) == ["greeting", "goodbye", "fallback"]
    assert all(line.startswith("-") for line in changed_lines(TEXT, after))


def test_a_form_that_was_only_looked_at_changes_nothing() -> None:
    time = SMALL["intents"][1]
    assert fill_in(TEXT, "time", "time", time["patterns"], time["responses"]) == TEXT


def test_a_form_changes_the_lines_of_what_was_filled_in() -> None:
    time = SMALL["intents"][1]
    patterns = [*time["patterns"], "how late"]
    after = fill_in(TEXT, "time", "time", patterns, time["responses"])
    assert {line[1:].strip() for line in changed_lines(TEXT, after)} == {
        '"Which time do we have"',
        '"Which time do we have",',
        '"how late"',
    }


def test_a_search_finds_patterns_and_replies_whatever_their_case() -> None:
    found = search(TEXT, "THE time")
    assert {(hit.tag, hit.kind) for hit in found} == {("time", "patterns")}
    assert all("the" in hit.text.lower() and "time" in hit.text.lower() for hit in found)
    assert [hit.text for hit in search(TEXT, "see you later")] == ["See you later"]
    assert search(TEXT, "no such words") == []


BLANKS = TEXT.replace('"tag": "greeting"', '"tag": " greeting "')


@pytest.mark.parametrize(
    "change",
    [
        lambda text: rename(text, "greeting", "hello"),
        lambda text: merge(text, "greeting", "goodbye"),
        lambda text: merge(text, "goodbye", "greeting"),
        lambda text: split(text, "greeting", ["Hello"], "hello", "r"),
        lambda text: move(text, "greeting", 1),
        lambda text: remove(text, "greeting"),
        lambda text: fill_in(text, "greeting", "hello", ["a"], ["b"]),
    ],
)
def test_an_intent_whose_tag_has_blanks_is_changed_like_any_other(
    change: Callable[[str], str],
) -> None:
    after, plain = check_text(change(BLANKS)).intents, check_text(change(TEXT)).intents
    assert after == plain is not None


def test_a_tag_with_blanks_is_taken_and_found_by_its_name() -> None:
    with pytest.raises(ChangeError, match="already"):
        rename(BLANKS, "time", "greeting")
    assert {found.tag for found in search(BLANKS, "good morning")} == {"greeting"}
    data = {**json.loads(BLANKS), "tests": [{"message": "hi", "intent": "greeting "}]}
    after = json.loads(rename(json.dumps(data), "greeting", "hello"))
    assert after["tests"][0]["intent"] == "hello"
