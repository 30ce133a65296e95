"""The cases of real files, where they are at hand: what each brings."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatbot import formats
from tests.formats.reading import patterns

CASES = Path(__file__).parents[3] / "shared" / "cases"

FOUND = {
    "bystander-readme-badge/proj": {"greet": ["hello"], "bye": ["see you"]},
    "bystander-broken-json/proj": {"greet": ["hello"], "bye": ["see you"]},
    "rasa-copies-and-test-data/proj": {"greet": ["hello", "hi"], "bye": ["see you", "ciao"]},
    "rasa1-responses-md/proj": {
        "faq/hours": ["when are you open", "opening hours"],
        "faq/price": ["how much is it", "price please"],
    },
    "padatious-first-line-slot/skill": {
        "start": ["start thing", "begin"],
        "stop": ["stop", "cancel it", "cancel that"],
    },
    "lu-file/bot.lu": {"Greet": ["hello", "hi bob"], "Bye": ["see you", "ciao"]},
    "jsonl/intents.jsonl": {"greet": ["hello", "hi"], "bye": ["see you"]},
    "jsonl/train.jsonl": {"greet": ["hello"], "bye": ["see you"]},
    "ini-called-json/sentences.ini": {
        "GetTime": ["what time is it", "tell me the time"],
        "Light": ["turn on the light", "switch on the light"],
    },
    "home-assistant-called-rasa/custom.yaml": {"LightOn": ["turn on the light", "turn on light"]},
    "map-plain-phrases-symbols/phrases.json": {
        "cpp": ["how do I learn C++", "c++ course"],
        "price": ["how much is it in $", "price in $ or €?"],
        "brackets": ["what does [x] mean", "explain a^2"],
        "ok": ["hello there", "good morning"],
    },
}


@pytest.mark.skipif(not CASES.is_dir(), reason="the cases are not at hand")
@pytest.mark.parametrize("name", FOUND)
def test_a_case_brings_its_patterns(name: str) -> None:
    assert patterns(formats.read(CASES / name)) == FOUND[name]


@pytest.mark.skipif(not CASES.is_dir(), reason="the cases are not at hand")
@pytest.mark.parametrize(
    ("name", "replies"),
    [
        ("rasa1-responses-md/proj", [["We open at nine."], ["It costs ten euros."]]),
        ("botpress-qna-twin/bot", [["We open at nine."], ["Ten euros."]]),
        ("dialogflow-contextual-fallback/agent", [["Ciao"], ["How many?"], ["Pardon?"]]),
        (
            "watson-dialog/skill.json",
            [["We open at nine."], ["See you soon!"], ["Please say it differently."]],
        ),
    ],
)
def test_a_case_brings_its_replies(name: str, replies: list[list[str]]) -> None:
    found = formats.read(CASES / name).intents
    assert [list(intent.responses) for intent in found.intents] == replies
