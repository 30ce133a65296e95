"""Rows of a test file that say what comes before their message."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from chatbot.conversation import Chatbot
from chatbot.quality import test_file

ROOT = Path(__file__).parents[2]

AS_CSV = """message,intent,context,after
the second one,more,"a, b",tell me more
hello,greeting,,
"""

AS_JSON = [
    {"message": "the second one", "intent": "more", "context": ["a", "b"], "after": "tell me more"},
    ["hello", "greeting"],
]


@pytest.mark.parametrize(
    ("name", "text"), [("rows.csv", AS_CSV), ("rows.json", json.dumps(AS_JSON))]
)
def test_a_row_may_say_what_is_before_it(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    assert test_file.read(path) == [
        test_file.Labelled("the second one", "more", ("tell me more",), ("a", "b")),
        test_file.Labelled("hello", "greeting"),
    ]


def test_the_answer_is_that_in_its_conversation() -> None:
    bot = Chatbot.load(ROOT / "intents.json", ROOT / "models" / "intents")
    wanted = "another_joke"
    rows = [
        test_file.Labelled("one more please", wanted, ("Tell me a joke",)),
        test_file.Labelled("one more please", wanted, context=("joking",)),
        test_file.Labelled("one more please", wanted),
    ]
    *within, alone = test_file.evaluate(bot.reader, rows, "rows").answers
    assert [(each.predicted, each.in_scope) for each in within] == [(wanted, True)] * 2
    assert not (alone.predicted == wanted and alone.in_scope)
