"""Entities of other programs become slots: their values stay marked, and both ways round."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from chatbot import formats
from chatbot.formats import WRITERS, Imported
from tests.formats.reading import notes, read

SAMPLES = Path(__file__).parent / "samples"

SLOTS = {
    "alexa": [("tea", ["green tea", "mint tea"], "", None)],
    "botpress": [("to", [], "", None)],
    "chatito.chatito": [("drink", ["tea", "coffee"], "", None)],
    "clu.json": [("who", [], "", None)],
    "dialogflow": [("city", ["Paris"], "", None), ("date", [], "", "date")],
    "home-assistant": [("area", ["kitchen", "hallway"], "", None)],
    "jovo": [("tea", ["green tea", "mint tea"], "", None)],
    "luis.json": [("city", [], "", None), ("nr", [], "[0-9]+", None)],
    "nlpjs": [("hero", ["spiderman"], "", None)],
    "padatious": [("song", ["yesterday", "imagine"], "", None)],
    "rasa-markdown": [("name", ["Anna"], "", None)],
    "rasa.json": [("city", ["Paris"], "", None)],
    "rasa.yml": [("city", ["Paris"], "", None)],
    "rhasspy": [("room", ["kitchen"], "", None)],
    "snips-bracket.yaml": [("place", [], "", None)],
    "snips.json": [("room", ["kitchen"], "", None)],
    "snips.yaml": [("place", ["kitchen", "bedroom"], "", None)],
    "watson.json": [("day", ["Monday"], "", None)],
    "wit": [("location", [], "", None)],
    "wit-old.json": [("location", [], "", None)],
}


def slots(imported: Imported) -> list[tuple[str, list[str], str, str | None]]:
    return [
        (slot.name, [each.value for each in slot.values], slot.regex, slot.kind)
        for slot in imported.intents.slots
    ]


def lines(imported: Imported) -> list[str]:
    return [line for intent in imported.intents.intents for line in intent.lines]


@pytest.mark.parametrize("name", SLOTS)
def test_the_entities_of_a_sample_are_slots_whose_values_are_marked(name: str) -> None:
    imported = formats.read(SAMPLES / name)
    assert slots(imported) == SLOTS[name]
    marked = [each for intent in imported.intents.intents for each in intent.tagged]
    assert marked
    for each in marked:
        for span in each.spans:
            assert f"[{each.text[span.start : span.end]}](" in each.written


@pytest.mark.parametrize("name", SLOTS)
@pytest.mark.parametrize("target", ["classic", "rasa", "snips"])
def test_marks_survive_the_way_into_a_format_that_has_them(
    name: str, target: str, tmp_path: Path
) -> None:
    if (name, target) == ("rasa.json", "rasa"):
        pytest.skip("a bracket that is text there is a mark in YAML, as a note says")
    before = formats.read(SAMPLES / name).intents
    file = tmp_path / f"x{'.yml' if target == 'rasa' else '.json'}"
    file.write_bytes(WRITERS[target](before).data)
    after = formats.read(file).intents
    spans = [
        {(t.text, s.start, s.end, s.slot) for i in them.intents for t in i.tagged for s in t.spans}
        for them in (before, after)
    ]
    assert spans[0] == spans[1]
    if target == "classic":
        assert after.slots == before.slots


def rasa_json(*entities: Any) -> dict[str, Any]:
    examples = [
        {"intent": "go", "text": "😀 to Paris now", "entities": list(entities)},
        {"intent": "bye", "text": "bye"},
    ]
    return {"nlu.json": {"rasa_nlu_data": {"common_examples": examples}}}


@pytest.mark.parametrize(
    "entity",
    [
        {"start": 5, "end": 100, "entity": "city"},
        {"start": -3, "end": 10, "entity": "city"},
        {"start": 10, "end": 5, "entity": "city"},
        {"start": "5", "end": "10", "entity": "city"},
        {"start": 4, "end": 5, "entity": "city"},
        {"start": 5, "end": 10},
        {"start": 5, "end": 10, "entity": ["city"]},
        {"start": None, "end": 10**30, "entity": "city"},
        {},
    ],
)
def test_a_mark_that_does_not_fit_its_text_is_noted(entity: Any, tmp_path: Path) -> None:
    imported = read(tmp_path, rasa_json(entity))
    assert lines(imported) == ["😀 to Paris now", "bye"]
    assert any(
        note.startswith("entity annotations became plain text (1)") for note in notes(imported)
    )


def test_of_two_marks_that_overlap_the_longer_one_counts(tmp_path: Path) -> None:
    some = {"start": 5, "end": 10, "entity": "city"}
    longer = {"start": 2, "end": 10, "entity": "way"}
    assert lines(read(tmp_path, rasa_json(some, longer)))[0] == "😀 [to Paris](way) now"


@pytest.mark.parametrize("name", ["a]b", "(", "{x}", "a|b", "city:from", " to  town "])
def test_a_name_that_cannot_be_written_in_a_pattern_is_changed(name: str, tmp_path: Path) -> None:
    imported = read(tmp_path, rasa_json({"start": 5, "end": 10, "entity": name}))
    written = WRITERS["classic"](imported.intents).data
    (tmp_path / "own.json").write_bytes(written)
    assert formats.read(tmp_path / "own.json").intents == imported.intents


def test_a_hostile_expression_of_another_program_is_left_out_and_noted(tmp_path: Path) -> None:
    nlu = (
        "nlu:\n- intent: go\n  examples: |\n    - order [A1](nr)\n    - where is it\n"
        "- intent: bye\n  examples: |\n    - bye\n- regex: nr\n  examples: |\n    - (a|aa)+$\n"
    )
    imported = read(tmp_path, {"nlu.yml": nlu})
    assert slots(imported) == [("nr", [], "", None)]
    assert "regular expressions were left out (1): nr" in notes(imported)


def test_synonyms_and_lookup_tables_of_rasa_are_those_of_the_slot(tmp_path: Path) -> None:
    nlu = (
        'nlu:\n- intent: go\n  examples: |\n    - to [Nyc]{"entity": "city"}\n'
        "    - to [Rome](city)\n"
        "- intent: bye\n  examples: |\n    - bye\n"
        "- synonym: New York\n  examples: |\n    - NYC\n    - big apple\n"
        "- synonym: nowhere\n  examples: |\n    - nix\n"
        "- lookup: city\n  examples: |\n    - Oslo\n- lookup: other\n  examples: |\n    - x\n"
    )
    imported = read(tmp_path, {"nlu.yml": nlu})
    (city,) = imported.intents.slots
    assert {each.value: each.synonyms for each in city.values} == {
        "Oslo": (), "New York": ("NYC", "big apple"),
    }  # fmt: skip
    assert lines(imported)[:2] == ["to [Nyc](city:New York)", "to [Rome](city)"]
    assert "entity synonyms were left out (1): nowhere" in notes(imported)
    assert "lookup tables were left out (1): other" in notes(imported)


def test_a_format_without_slots_says_that_their_values_are_plain_text() -> None:
    intents = formats.read(SAMPLES / "rasa.yml").intents
    said = {note.what: note.count for note in WRITERS["csv"](intents).notes}
    assert said["values of slots in patterns became plain text"] == 2
    assert json.loads(WRITERS["nlpjs"](intents).text)["data"]
