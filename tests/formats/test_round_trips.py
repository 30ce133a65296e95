"""What is written is read again the same, as far as each format can carry it."""

from __future__ import annotations

import json
import re
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
from chatbot.formats.annotations import is_annotated
from chatbot.formats.dialects.nlpjs import NLPJS_ENTITY
from chatbot.formats.dialects.rasa_yaml import STRIPPED
from chatbot.formats.gathering import OUT_OF_SCOPE
from chatbot.intents.check import check_text
from chatbot.intents.json_edit import with_data
from chatbot.intents.types import FALLBACK_TAGS, Context, Intent, Intents, IntentTest

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

    fallback = st.builds(Intent, st.sampled_from(sorted(FALLBACK_TAGS)), st.just(()), REPLIES)
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


def once(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


def without_fallback(intents: Intents) -> list[Intent]:
    return [intent for intent in intents.intents if intent is not intents.fallback]


def replies_of_fallback(intents: Intents) -> tuple[str, ...]:
    return intents.fallback.responses if intents.fallback is not None else ()


@settings(max_examples=200)
@given(intents_of(ANY_TEXT), OUTSIDERS)
@pytest.mark.slow
def test_nlpjs_carries_all_but_the_name_of_the_fallback_and_what_looks_like_an_entity(
    intents: Intents, outsiders: tuple[str, ...]
) -> None:
    intents = replace(intents, out_of_scope=outsiders)
    assume(keeps_its_names(intents))
    texts = [*outsiders, *(p for i in intents.intents for p in i.patterns)]
    assume(not any(map(NLPJS_ENTITY.search, texts)))
    read = written_and_read(intents, "nlpjs")
    assert without_fallback(read) == without_fallback(intents)
    assert replies_of_fallback(read) == replies_of_fallback(intents)
    assert read.out_of_scope == outsiders


@settings(max_examples=200)
@given(intents_of(ANY_TEXT), OUTSIDERS)
@pytest.mark.slow
def test_snips_carries_tags_and_patterns_exactly(
    intents: Intents, outsiders: tuple[str, ...]
) -> None:
    intents = replace(intents, out_of_scope=outsiders)
    assume(keeps_its_names(intents))
    read = written_and_read(intents, "snips")
    assert list(read.intents) == [Intent(i.tag, i.patterns) for i in intents.trainable]
    assert read.out_of_scope == outsiders


@settings(max_examples=200)
@given(intents_of(ANY_TEXT), OUTSIDERS)
@pytest.mark.slow
def test_dialogflow_carries_all_but_doubles_and_the_name_of_the_fallback(
    intents: Intents, outsiders: tuple[str, ...]
) -> None:
    intents = replace(intents, out_of_scope=outsiders)
    assume(keeps_its_names(intents))
    read = written_and_read(intents, "dialogflow")
    expected = [
        Intent(i.tag, once(i.patterns), once(i.responses)) for i in without_fallback(intents)
    ]
    assert sorted(without_fallback(read), key=tag_of) == sorted(expected, key=tag_of)
    assert replies_of_fallback(read) == once(replies_of_fallback(intents))
    assert read.out_of_scope == outsiders


def tag_of(intent: Intent) -> str:
    return intent.tag


def lines_as_blanks(text: str) -> str:
    return re.sub(r"[\n\r\t]+", " ", text)


@settings(max_examples=200)
@given(intents_of(ANY_TEXT), OUTSIDERS)
@pytest.mark.slow
def test_watson_carries_all_but_line_breaks_and_odd_letters_in_tags(
    intents: Intents, outsiders: tuple[str, ...]
) -> None:
    intents = replace(intents, out_of_scope=outsiders)
    assume(keeps_its_names(intents))
    written = formats.WRITERS["watson"](intents)
    read = written_and_read(intents, "watson")
    changed = sum(n.count for n in written.notes if n.what.startswith("tags were changed"))
    kept = without_fallback(read)
    assert sum(a.tag != b.tag for a, b in zip(kept, intents.trainable, strict=True)) == changed
    assert [(i.patterns, i.responses) for i in kept] == [
        (tuple(p for p in map(lines_as_blanks, i.patterns) if p.strip()), i.responses)
        for i in intents.trainable
    ]
    assert replies_of_fallback(read) == replies_of_fallback(intents)
    assert read.out_of_scope == once(tuple(p for p in map(lines_as_blanks, outsiders) if p.strip()))


@settings(max_examples=200)
@given(intents_of(ANY_TEXT))
@pytest.mark.slow
def test_lu_carries_tags_and_patterns_of_one_line(intents: Intents) -> None:
    assume(keeps_its_names(intents))
    texts = [text for i in intents.trainable for text in (i.tag, *i.patterns)]
    assume(all(text == text.strip() and not set(text) & set("\n\r\0") for text in texts))
    assume(not any(i.tag[0] in "#?" or i.tag[-1] in "#?" for i in intents.trainable))
    read = written_and_read(intents, "lu")
    assert list(read.intents) == [Intent(i.tag, i.patterns) for i in intents.trainable]


@pytest.mark.parametrize("to", ["lu", "watson", "snips", "nlpjs", "dialogflow"])
def test_an_ordinary_bot_comes_back_the_same(to: str) -> None:
    fallback = Intent("fallback", (), ("Say it differently.",))
    intents = Intents(
        (
            Intent(
                "greet", ("hello", "hi there!", "c++ {x} [y](z) | 50 %"), ("Hi!", "Hello {user}")
            ),
            Intent("faq.hours", ("when do you open?",), ("At nine.\nEvery day.",)),
            Intent("silent", ("sh",)),
            fallback,
        ),
        fallback,
        out_of_scope=("order a pizza",),
    )
    read = written_and_read(intents, to)
    by_tag = {intent.tag: intent for intent in read.intents}
    assert {tag: by_tag[tag].patterns for tag in ("greet", "faq.hours", "silent")} == {
        intent.tag: intent.patterns for intent in intents.trainable
    }
    assert read.out_of_scope == ("order a pizza",)
    notes = [str(note) for note in formats.WRITERS[to](intents).notes]
    if to in ("lu", "snips"):
        assert sum("replies were left out" in note and "(4)" in note for note in notes) == 1
        assert not any(intent.responses for intent in read.intents)
    else:
        assert [by_tag[i.tag].responses for i in intents.trainable] == [
            i.responses for i in intents.trainable
        ]
        assert replies_of_fallback(read) == fallback.responses
        assert any("slots in replies" in note and "(1)" in note for note in notes)


def test_every_sample_survives_every_writer() -> None:
    for sample in sorted((Path(__file__).parent / "samples").iterdir()):
        intents = formats.read(sample).intents
        for to in ("nlpjs", "snips", "dialogflow"):
            read = {i.tag: once(i.patterns) for i in written_and_read(intents, to).trainable}
            assert read == {i.tag: once(i.patterns) for i in intents.trainable}, (sample.name, to)


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
    assert with_data(text, content) == by_hand(content, Random(seed))


def test_contexts_come_back_from_our_own_file_and_elsewhere_are_noted() -> None:
    asks = Intent("a", ("x",), ("r",), (Context("ordering", 2),))
    intents = Intents((asks, Intent("b", ("y",), ("q",), (), ("ordering",))))
    assert written_and_read(intents, "classic") == intents
    for to in formats.WRITERS.keys() - {"classic", "dialogflow"}:
        notes = [str(note) for note in formats.WRITERS[to](intents).notes]
        assert "contexts of intents were left out (2)" in notes
    files = dict(formats.WRITERS["dialogflow"](intents).files)
    assert json.loads(files["intents/b.json"])["contexts"] == ["ordering"]
    (response,) = json.loads(files["intents/a.json"])["responses"]
    assert response["affectedContexts"] == [{"name": "ordering", "lifespan": 2}]


@pytest.mark.parametrize("to", sorted(formats.WRITERS.keys() - {"classic"}))
def test_tests_that_must_hold_are_not_lost_in_silence(to: str) -> None:
    intents = Intents((Intent("a", ("x",), ("r",)),), tests=(IntentTest("x", "a"),))
    notes = formats.WRITERS[to](intents).notes
    assert "tests that must always hold were left out (1)" in map(str, notes)


def test_the_default_bot_goes_through_every_format(default_intents: Path) -> None:
    intents = formats.read(default_intents).intents
    assert written_and_read(intents, "classic") == intents
    assert written_and_read(intents, "rasa").intents[:-1] == intents.trainable
    assert written_and_read(intents, "csv").digest == intents.digest


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
        "patterns lose leading and trailing blanks and line ends (1)",
        "patterns contain [text](like this), which Rasa reads as an entity (1)",
        "slots in replies, such as {time}, need slots of the same name in Rasa (1)",
        "intents without patterns were left out (1)",
    ]
