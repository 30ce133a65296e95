"""What is written for nlp.js, Snips, Dialogflow, Watson and as .lu is read again the same."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given, settings

from chatbot import formats
from chatbot.formats.dialects.nlpjs import NLPJS_ENTITY
from chatbot.intents.check import check_text
from chatbot.intents.types import Context, Intent, Intents
from tests.formats.test_round_trips import (
    ANY_TEXT,
    OUTSIDERS,
    intents_of,
    keeps_its_names,
    written_and_read,
)


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


def test_contexts_come_back_from_our_own_file_and_elsewhere_are_noted() -> None:
    asks = Intent("a", ("x",), ("r",), (Context("ordering", 2),))
    intents = Intents((asks, Intent("b", ("y",), ("q",), (), ("ordering",))))
    assert written_and_read(intents, "classic") == intents
    for to in formats.WRITERS.keys() - {"classic", "dialogflow"}:
        notes = [str(note) for note in formats.WRITERS[to](intents).notes]
        assert "contexts of intents were left out (2)" in notes
    read = written_and_read(intents, "dialogflow")
    assert sorted(read.intents, key=tag_of) == list(intents.intents)
    files = dict(formats.WRITERS["dialogflow"](intents).files)
    assert json.loads(files["intents/b.json"])["contexts"] == ["ordering"]
    (response,) = json.loads(files["intents/a.json"])["responses"]
    assert response["affectedContexts"] == [{"name": "ordering", "lifespan": 2}]


BOOKING = {
    "intents": [
        {
            "tag": "book",
            "patterns": ["a flight to [Hanoi](city) please", "[two](count) seats to [HN](city)"],
            "responses": ["To {city}."],
            "slots": {"city": {"ask": ["Which city?"]}},
        },
        {"tag": "code", "patterns": ["my code is [12345](code)", "[tomorrow](when)"],
         "responses": ["Thanks."]},
        {"tag": "name", "patterns": ["I am [Bob](person)"], "responses": ["Hi."]},
    ],
    "slots": {
        "city": {"values": {"Hanoi": ["HN"], "Paris": []}},
        "count": {"kind": "number"},
        "when": {"kind": "date"},
        "code": {"regex": "[0-9]{5}"},
        "person": {},
    },
}  # fmt: skip


def marks(intents: Intents) -> set[tuple[str, str]]:
    """Return the marked values of all patterns, each with its slot."""
    return {
        (each.text[span.start : span.end], span.slot)
        for intent in intents.intents
        for each in intent.tagged
        for span in each.spans
    }


EVERY_MARK = {("Hanoi", "city"), ("HN", "city"), ("two", "count"), ("12345", "code"),
              ("tomorrow", "when"), ("Bob", "person")}  # fmt: skip


@pytest.mark.parametrize(
    ("to", "lost", "other_slots"),
    [
        ("dialogflow", set(), set()),
        ("lu", set(), set()),
        ("rasa", set(), {"count", "when"}),
        ("snips", set(), {"code"}),
        ("watson", {"two", "tomorrow"}, {"count", "when", "number", "date"}),
        ("nlpjs", {"two", "tomorrow", "12345", "Bob"}, {"count", "when", "person"}),
    ],
)
def test_marked_values_and_their_slots_come_back(
    to: str, lost: set[str], other_slots: set[str]
) -> None:
    intents = check_text(json.dumps(BOOKING)).intents
    assert intents is not None
    read = written_and_read(intents, to)
    assert marks(read) == {(text, slot) for text, slot in EVERY_MARK if text not in lost}
    ours = {slot for slot in intents.slots if slot.name not in other_slots}
    assert {slot for slot in read.slots if slot.name not in other_slots} == ours
    notes = " ".join(note.what for note in formats.WRITERS[to](intents).notes)
    assert not lost or "slots" in notes
    assert [i.patterns for i in sorted(read.intents, key=tag_of)] == [
        i.patterns for i in sorted(intents.intents, key=tag_of)
    ]
    if to in ("dialogflow", "watson", "nlpjs"):
        assert read.by_tag("book").responses == ("To {city}.",)  # type: ignore[union-attr]
    if to == "dialogflow":
        assert read.by_tag("book").slots == intents.intents[0].slots  # type: ignore[union-attr]


def test_what_a_marked_value_means_is_noted_where_no_list_says_it() -> None:
    told = {**BOOKING, "intents": [{"tag": "a", "patterns": ["to [Saigon](city:Paris)"]}]}
    intents = check_text(json.dumps(told)).intents
    assert intents is not None
    for to in ("dialogflow", "lu", "snips", "watson", "nlpjs"):
        notes = {note.what: note.count for note in formats.WRITERS[to](intents).notes}
        assert notes["what marked values mean was left out"] == 1
