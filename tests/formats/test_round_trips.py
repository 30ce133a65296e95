"""What is written is read again the same, as far as each format can carry it."""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from difflib import unified_diff
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from chatbot import formats
from chatbot.common import bundled
from chatbot.formats.annotations import is_annotated
from chatbot.formats.dialects.rasa_yaml import STRIPPED
from chatbot.formats.gathering import OUT_OF_SCOPE
from chatbot.intents.check import check_text
from chatbot.intents.json_edit import WIDEST, with_data
from chatbot.intents.types import Intent, Intents, IntentTest

UGLY = st.sampled_from(
    ["- a", "#", "a: b", "|", "> x", "yes", "null", "~", "1.10", "2024-01-01", '"', "''", "a,b",
     "😀", "مرحبا", "\u202eabc", "a\nb", "a\r\nb", "\ra", "a\u2028b", "\x85a", "\ufeffx", "\ta",
     " a ", "&a", "*a", "!!b", "{a}", "[a", "%", "@", "`", "- - -", "---", "...", "\\n", "\x1bc",
     "é", "e\u0301", "a #b", "a:", "=", "<<", "?", "? a", "\\", "\x7f", "\U0010ffff", "text,intent"]
)  # fmt: skip
ANY_TEXT = (UGLY | st.text(min_size=1)).filter(str.strip)  # a blank pattern is none
TAGS = ANY_TEXT.map(str.strip)
REPLIES = st.lists(ANY_TEXT, max_size=3).map(tuple)


Parts = tuple[str, tuple[str, ...], tuple[str, ...]]
"""An intent's tag, patterns and replies."""


def intents_of(patterns: st.SearchStrategy[str]) -> st.SearchStrategy[Intents]:
    """Return intents files with at least one pattern, some with a fallback."""
    intent = st.tuples(TAGS, st.lists(patterns, min_size=1, max_size=4).map(tuple), REPLIES)
    trainable = st.lists(intent, min_size=1, max_size=4, unique_by=lambda parts: parts[0])

    def build(
        parts: list[tuple[str, tuple[str, ...], tuple[str, ...]]], last: Intent | None
    ) -> Intents:
        intents = [Intent(*part) for part in parts]
        if last is None or last.tag in {intent.tag for intent in intents}:
            return Intents(tuple(intents))
        return Intents((*intents, last), last)

    tags = st.sampled_from(["fallback", "noanswer", "default", "no-response"])
    fallback = st.builds(Intent, tags, st.just(()), REPLIES)
    return st.builds(build, trainable, st.none() | fallback)


def written_and_read(intents: Intents, to: str) -> Intents:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "x")
        path.write_bytes(formats.WRITERS[to](intents).data)
        return formats.read(path).intents


def keeps_its_names(intents: Intents) -> bool:
    """Tell whether no tag is one that other formats keep for what is out of scope."""
    return not any(intent.tag.casefold() in OUT_OF_SCOPE for intent in intents.intents)


OUTSIDERS = st.lists(ANY_TEXT, max_size=3, unique=True).map(tuple)
INTENT_TESTS = st.lists(st.builds(IntentTest, ANY_TEXT, st.none() | TAGS), max_size=3).map(tuple)


@given(intents_of(ANY_TEXT), INTENT_TESTS, OUTSIDERS)
@pytest.mark.slow
def test_classic_carries_everything(
    intents: Intents, tests: tuple[IntentTest, ...], outsiders: tuple[str, ...]
) -> None:
    intents = replace(intents, tests=tests, out_of_scope=outsiders)
    assert written_and_read(intents, "classic") == intents
    assert formats.WRITERS["classic"](intents).notes == ()


@pytest.mark.slow
@settings(max_examples=300)
@given(intents_of(ANY_TEXT), OUTSIDERS)
def test_csv_carries_tags_and_patterns_in_their_order_but_no_null_character(
    intents: Intents, outsiders: tuple[str, ...]
) -> None:
    intents = replace(intents, out_of_scope=outsiders)
    assume(keeps_its_names(intents))
    assume(not any("\0" in text for i in intents.intents for text in (i.tag, *i.patterns)))
    assume(not any("\0" in text for text in outsiders))
    expected = Intents(
        tuple(Intent(i.tag, i.patterns) for i in intents.trainable), out_of_scope=outsiders
    )
    assert written_and_read(intents, "csv") == expected


@settings(max_examples=300)
@given(intents_of(ANY_TEXT), OUTSIDERS)
@pytest.mark.slow
def test_rasa_carries_all_but_blanks_around_patterns_and_the_name_of_the_fallback(
    intents: Intents, outsiders: tuple[str, ...]
) -> None:
    intents = replace(intents, out_of_scope=outsiders)
    assume(keeps_its_names(intents))
    assume("\\u0000" not in json.dumps([[i.tag, i.patterns, i.responses] for i in intents.intents]))
    assume("\\u0000" not in json.dumps(outsiders))
    texts = [*outsiders, *(p for i in intents.intents for p in i.patterns)]
    assume(not any(map(is_annotated, texts)))
    expected = [
        Intent(i.tag, tuple(p.strip(STRIPPED) for p in i.patterns), i.responses)
        for i in intents.trainable
    ]
    read = written_and_read(intents, "rasa")
    fallback = intents.fallback
    if fallback is not None and fallback.responses:
        assert read.fallback is not None and read.fallback.responses == fallback.responses
        expected.append(read.fallback)
    assert list(read.intents) == expected
    assert read.out_of_scope == tuple(dict.fromkeys(p.strip(STRIPPED) for p in outsiders))


@given(intents_of(ANY_TEXT), st.data())
def test_after_an_edit_of_one_pattern_that_line_alone_is_another(
    intents: Intents, data: st.DataObject
) -> None:
    text = formats.WRITERS["classic"](intents).text
    content = json.loads(text)
    index = data.draw(st.integers(0, len(intents.trainable) - 1))
    patterns = content["intents"][index]["patterns"]
    place = data.draw(st.integers(0, len(patterns) - 1))
    patterns[place] = data.draw(ANY_TEXT.filter(lambda new: new != patterns[place]))
    edited = with_data(text, content)
    diff = list(unified_diff(text.split("\n"), edited.split("\n"), n=0, lineterm=""))
    assert [line[0] for line in diff[3:]] == ["-", "+"]
    changed = check_text(edited).intents
    assert changed is not None
    assert changed.intents[index].patterns[place] == patterns[place]


def by_hand(value: Any, random: Random) -> str:
    """Return JSON with blanks and line breaks wherever people put them, the same for a seed."""

    def gap() -> str:
        return random.choice(["", "", " ", "  ", "\n", "\n\t", "\n    ", "\n\n ", "\r\n  "])

    if isinstance(value, dict):
        pairs = [f"{json.dumps(k)}{gap()}:{gap()}{by_hand(v, random)}" for k, v in value.items()]
        return "{" + gap() + f"{gap()},{gap()}".join(pairs) + gap() + "}"
    if isinstance(value, list):
        items = [by_hand(item, random) for item in value]
        return "[" + gap() + f"{gap()},{gap()}".join(items) + gap() + "]"
    return json.dumps(value, ensure_ascii=False)


@settings(max_examples=300)
@given(intents_of(ANY_TEXT), st.data(), st.integers(0, 10**6))
@pytest.mark.slow
def test_an_edit_of_one_pattern_leaves_every_other_character_however_the_file_is_laid_out(
    intents: Intents, data: st.DataObject, seed: int
) -> None:
    content = json.loads(formats.WRITERS["classic"](intents).text)
    index = data.draw(st.integers(0, len(intents.trainable) - 1))
    patterns = content["intents"][index]["patterns"]
    place = data.draw(st.integers(0, len(patterns) - 1))
    text = by_hand(content, Random(seed))
    patterns[place] = data.draw(ANY_TEXT.filter(lambda new: new not in patterns))
    edited = by_hand(content, Random(seed))
    # A list that becomes wider than a line is written over several, as it is meant to be.
    assume(len(edited) <= len(text) or max(map(len, edited.splitlines())) <= WIDEST)
    assert with_data(text, content) == edited


@pytest.mark.parametrize("to", sorted(formats.WRITERS.keys() - {"classic"}))
def test_tests_that_must_hold_are_not_lost_in_silence(to: str) -> None:
    intents = Intents((Intent("a", ("x",), ("r",)),), tests=(IntentTest("x", "a"),))
    notes = formats.WRITERS[to](intents).notes
    assert "tests that must always hold were left out (1)" in map(str, notes)


def test_the_default_bot_goes_through_every_format(default_intents: Path) -> None:
    intents = formats.read(default_intents).intents
    assert written_and_read(intents, "classic") == intents
    plain = [Intent(each.tag, each.patterns, each.responses) for each in intents.trainable]
    rasa = written_and_read(intents, "rasa").intents
    assert [Intent(each.tag, each.patterns, each.responses) for each in rasa[:-1]] == plain
    assert [each.tagged for each in rasa[:-1]] == [each.tagged for each in intents.trainable]
    as_csv = written_and_read(intents, "csv").intents
    assert [(each.tag, each.patterns) for each in as_csv] == [(i.tag, i.patterns) for i in plain]


def test_a_writer_says_what_it_loses() -> None:
    fallback = Intent("fallback", (), ("What?",))
    lost = Intents(
        (Intent("a", (" x ", "[y](z)", "n\0"), ("r {time}",)), Intent("b"), fallback), fallback
    )
    assert [str(note) for note in formats.WRITERS["csv"](lost).notes] == [
        "replies were left out: CSV has no place for them (2)",
        "intents without patterns were left out (2)",
        "patterns with a null character were left out (1)",
    ]
    assert [str(note) for note in formats.WRITERS["rasa"](lost).notes] == [
        "patterns contain [text](like this), which Rasa reads as an entity (1)",
        "patterns lose leading and trailing blanks and line ends (1)",
        "slots in replies, such as {time}, need slots of the same name in Rasa (1)",
        "intents without patterns were left out (1)",
    ]


def test_lists_that_grow_stay_in_our_own_file_and_are_named_where_they_are_left_out() -> None:
    text = (bundled("examples") / "cafe.json").read_text(encoding="utf-8")
    intents = check_text(text).intents
    assert intents is not None
    assert check_text(formats.WRITERS["classic"](intents).text).intents == intents
    for name, write in formats.WRITERS.items():
        notes = [note.what for note in write(intents).notes]
        assert ("lists that answers add to were left out" in notes) == (name != "classic"), name
