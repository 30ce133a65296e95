"""Corrections: one line of the file changes, nothing is there twice, and all can be taken back."""

from __future__ import annotations

import difflib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.intents.findings import IntentsError
from chatbot.opening import read_intents
from chatbot.teaching.corrections import CorrectionError, correct, hold, take_back


def changed_lines(before: str, after: str) -> list[str]:
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line for line in lines if line[0] in "+-"]


@pytest.mark.parametrize("content", ["{", '{"intents": [{"tag": 5}]}', ""])
def test_a_broken_file_is_not_touched(small_file: Path, content: str) -> None:
    small_file.write_text(content)
    with pytest.raises(IntentsError):
        correct(small_file, ["what is the hour now"], "time")
    assert small_file.read_text() == content


def test_a_file_of_another_program_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_text("text,intent\nhello,greet\nbye,leave\nsee you,leave\n")
    before = path.read_bytes()
    with pytest.raises(CorrectionError, match="chatbot convert"):
        correct(path, ["good day"], "greet")
    assert path.read_bytes() == before


@pytest.mark.parametrize("message", ["", "  ", "?!", "\u200b"])
def test_a_message_without_words_teaches_nothing(small_file: Path, message: str) -> None:
    before = small_file.read_bytes()
    with pytest.raises(CorrectionError, match="without words"):
        correct(small_file, [message], "time")
    assert small_file.read_bytes() == before


def test_a_correction_changes_the_lines_of_that_intent_only(small_file: Path) -> None:
    before = small_file.read_text()
    done = correct(small_file, ["how spät is it"], "time")
    assert done.added == ("how spät is it",)
    lines = changed_lines(before, small_file.read_text())
    assert [line[1:].strip() for line in lines] == [
        '"Which time do we have"',
        '"Which time do we have",',
        '"how spät is it"',
    ]
    assert "how spät is it" in read_intents(small_file).intents.intents[1].patterns


def test_the_same_words_are_never_there_twice(small_file: Path) -> None:
    before = small_file.read_text()
    assert correct(small_file, ["WHAT time is it"], "time").added == ()
    assert small_file.read_text() == before
    done = correct(small_file, ["the hour please", "The hour, please!", "the hour please"], "time")
    assert len(done.added) == 1


def test_a_pattern_of_the_wrong_intent_moves(small_file: Path) -> None:
    correct(small_file, ["hello bot!"], "goodbye")
    greeting, _, goodbye, _ = read_intents(small_file).intents.intents
    assert "Hello bot" not in greeting.patterns and "hello bot!" in goodbye.patterns


def test_a_new_intent_needs_a_reply_and_gets_it(small_file: Path) -> None:
    with pytest.raises(CorrectionError, match="needs a reply"):
        correct(small_file, ["tell me a joke"], "joke")
    done = correct(small_file, ["tell me a joke"], "joke", "Knock, knock.")
    joke = done.intents.by_tag("joke")
    assert joke is not None
    assert joke.patterns == ("tell me a joke",) and joke.responses == ("Knock, knock.",)


def test_taking_back_restores_every_byte(small_file: Path) -> None:
    content = b"\xef\xbb\xbf" + small_file.read_bytes().replace(b"\n", b"\r\n")
    small_file.write_bytes(content)
    done = correct(small_file, ["how late"], "time")
    assert small_file.read_bytes() != content
    take_back(done)
    assert small_file.read_bytes() == content


def test_what_somebody_else_wrote_meanwhile_is_not_undone(small_file: Path) -> None:
    done = correct(small_file, ["how late"], "time")
    theirs = json.loads(small_file.read_text())
    theirs["intents"][0]["responses"].append("Yo!")
    small_file.write_text(json.dumps(theirs))
    before = small_file.read_bytes()
    with pytest.raises(CorrectionError, match="changed since"):
        take_back(done)
    assert small_file.read_bytes() == before


@given(message=st.text(max_size=40), tag=st.sampled_from(["time", "greeting", "brand new"]))
@pytest.mark.slow
def test_any_message_can_be_taught_and_the_file_stays_good(
    tmp_path_factory: pytest.TempPathFactory, message: str, tag: str
) -> None:
    from tests.conftest import SMALL

    path = tmp_path_factory.mktemp("any") / "intents.json"
    path.write_text(json.dumps(SMALL, indent=1, ensure_ascii=False), encoding="utf-8")
    try:
        done = correct(path, [message], tag, "Ok.")
    except (CorrectionError, IntentsError):
        return
    found = read_intents(path).intents.by_tag(tag)
    assert found is not None
    assert all(" ".join(message.split()) == added for added in done.added)
    assert set(done.added) <= set(found.patterns)


def test_an_intent_whose_tag_has_blanks_can_be_taught(small_file: Path) -> None:
    text = small_file.read_text().replace('"tag": "time"', '"tag": " time "')
    small_file.write_text(text)
    done = correct(small_file, ["what is the hour now"], "time")
    intent = done.intents.by_tag("time")
    assert intent is not None and intent.patterns[-1] == "what is the hour now"
    assert len(changed_lines(text, small_file.read_text())) <= 4


def test_a_message_that_the_bot_cannot_answer_becomes_an_out_of_scope_example(
    small_file: Path,
) -> None:
    before = small_file.read_text()
    done = correct(small_file, ["do you  sell shoes?"], None)
    assert done.tag is None and done.added == ("do you sell shoes?",)
    assert read_intents(small_file).intents.out_of_scope == ("do you sell shoes?",)
    assert correct(small_file, ["Do you sell shoes"], None).added == ()
    assert take_back(done).out_of_scope == ()
    assert small_file.read_text() == before


def test_what_belongs_to_an_intent_after_all_is_out_of_scope_no_more(small_file: Path) -> None:
    pattern = read_intents(small_file).intents.trainable[0].patterns[0]
    correct(small_file, [pattern.upper()], None)
    told = read_intents(small_file).intents
    assert pattern not in told.trainable[0].patterns and told.out_of_scope == (pattern.upper(),)
    correct(small_file, [pattern], told.trainable[1].tag)
    after = read_intents(small_file).intents
    assert pattern in after.trainable[1].patterns and after.out_of_scope == ()


# ---- what must always hold


def test_a_message_that_must_always_hold_is_one_more_test_and_nothing_else(
    small_file: Path,
) -> None:
    before = small_file.read_text()
    hold(small_file, "  what  hour\nis it ", "time")
    done = hold(small_file, "order a pizza", None)
    assert [line[0] for line in changed_lines(before, done.after)].count("-") <= 1
    tests = json.loads(small_file.read_text())["tests"]
    assert tests == [
        {"message": "what hour is it", "intent": "time"},
        {"message": "order a pizza", "intent": None},
    ]
    assert [test.message for test in done.intents.tests] == ["what hour is it", "order a pizza"]
    assert take_back(done).tests[0].message == "what hour is it"


def test_a_message_is_tested_once_and_the_latest_answer_holds(small_file: Path) -> None:
    hold(small_file, "what hour is it", "time")
    again = hold(small_file, "What  HOUR is it", "time")
    assert again.before == again.after and not again.added
    hold(small_file, "what hour is it", None)
    assert json.loads(small_file.read_text())["tests"] == [
        {"message": "what hour is it", "intent": None}
    ]


def test_an_intent_that_is_not_in_the_file_cannot_hold(small_file: Path) -> None:
    before = small_file.read_bytes()
    with pytest.raises(CorrectionError, match="no intent pizza"):
        hold(small_file, "a pizza", "pizza")
    assert small_file.read_bytes() == before


def test_a_file_whose_tests_are_broken_is_not_touched(small_file: Path) -> None:
    data = json.loads(small_file.read_text())
    small_file.write_text(json.dumps({**data, "tests": [{"message": 5}]}))
    before = small_file.read_bytes()
    with pytest.raises(IntentsError):
        hold(small_file, "what hour is it", "time")
    assert small_file.read_bytes() == before


def test_an_answer_within_a_conversation_is_held_with_what_it_goes_on_from(
    small_file: Path,
) -> None:
    hold(small_file, "yes", "time", ["what  hour", "is it"], ["asked"])
    hold(small_file, "yes", None)
    again = hold(small_file, "YES", "time", ["what hour", "is it"], ["asked"])
    assert again.after == again.before
    assert json.loads(small_file.read_text())["tests"] == [
        {"message": "yes", "intent": "time", "after": ["what hour", "is it"], "context": ["asked"]},
        {"message": "yes", "intent": None},
    ]
