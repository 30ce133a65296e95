"""Files as other programs and people leave them: YAML with aliases, several documents, and more."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from chatbot.formats import FormatError
from tests.formats.reading import content, notes, patterns, read, replies

# ---- YAML


def test_what_a_yaml_alias_stands_for_is_read_at_both_places(tmp_path: Path) -> None:
    rasa = "nlu:\n- intent: hi\n  examples: &x |\n    - hello\n- intent: ho\n  examples: *x\n"
    assert patterns(read(tmp_path, {"nlu.yml": rasa})) == {"hi": ["hello"], "ho": ["hello"]}


def test_yaml_that_merges_an_object_has_its_keys_and_its_own_come_first(tmp_path: Path) -> None:
    text = """\
base: &base {responses: [Hi!]}
formal: &formal {responses: [Good day.], patterns: [good day]}
intents:
- tag: greet
  <<: *base
  patterns: [hi, hello]
- tag: formal
  <<: [*formal, *base]
- tag: bye
  <<: *base
  patterns: [bye]
  responses: [See you.]
"""
    imported = read(tmp_path, {"intents.yml": text})
    assert content(imported) == {
        "greet": (["hi", "hello"], ["Hi!"]),
        "formal": (["good day"], ["Good day."]),
        "bye": (["bye"], ["See you."]),
    }


GREET = "tag: greet\n  patterns: [hi]\n  responses: [Hi!]\n"
BYE = "tag: bye\n  patterns: [bye]\n  responses: [Bye!]\n"


@pytest.mark.parametrize(
    "text",
    [
        f"intents:\n- {GREET}---\nintents:\n- {BYE}",
        f"- {GREET}---\n- {BYE}",
        "greet:\n  patterns: [hi]\n  responses: [Hi!]\n"
        "---\nbye:\n  patterns: [bye]\n  responses: [Bye!]\n",
    ],
    ids=["intents", "lists", "by-name"],
)
def test_every_yaml_document_of_a_file_is_read(text: str, tmp_path: Path) -> None:
    imported = read(tmp_path, {"intents.yml": text})
    assert content(imported) == {"greet": (["hi"], ["Hi!"]), "bye": (["bye"], ["Bye!"])}
    assert notes(imported) == []


def test_a_yaml_document_of_settings_beside_the_intents_is_noted(tmp_path: Path) -> None:
    text = f"name: my bot\nversion: 3\n---\nintents:\n- {GREET}"
    imported = read(tmp_path, {"intents.yml": text})
    assert patterns(imported) == {"greet": ["hi"]}
    assert notes(imported) == [
        "YAML documents that hold no intents were left out (1): name, version"
    ]


def test_an_intent_twice_in_a_map_of_yaml_is_an_error_that_says_so(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"bot.yml:3:1: .*“greet” is there twice"):
        read(tmp_path, {"bot.yml": "greet:\n- hi\ngreet:\n- hey\n"})


# ---- JSON


def test_what_stands_beside_the_intents_of_several_objects_is_noted(tmp_path: Path) -> None:
    greet = {"tag": "greet", "patterns": ["hi"], "responses": ["Hi!"]}
    lines = [
        {"intents": [greet], "tests": [{"message": "hi", "tag": "greet"}], "author": "me"},
        {"intents": [{**greet, "tag": "bye"}], "fallback": "Sorry?", "out_of_scope": ["what"]},
    ]
    imported = read(tmp_path, {"bot.jsonl": "\n".join(map(json.dumps, lines))})
    assert notes(imported) == [
        "tests that must always hold were left out (1): greet",
        "the key “author” at the top of the file was left out (1): me",
    ]
    assert replies(imported)["fallback"] == ["Sorry?"]
    assert imported.intents.out_of_scope == ("what",)
