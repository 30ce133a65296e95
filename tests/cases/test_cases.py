"""Small inputs that once went wrong, where the folder with them lies beside the repository."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from chatbot import formats
from chatbot.formats import Imported

CASES = Path(__file__).parents[3] / "shared" / "cases"

pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="the cases are not here")

COST = {"what does it cost?": ("nine euros.",), "where are you?": ("in main street.",)}
GREET = {"greet": 3, "bye": 2}


def answers(imported: Imported) -> dict[str, tuple[str, ...]]:
    return {p: i.responses for i in imported.intents.intents for p in i.patterns}


def folded(imported: Imported) -> dict[str, tuple[str, ...]]:
    return {
        p.casefold(): tuple(r.casefold() for r in replies)
        for p, replies in answers(imported).items()
    }


def counts(imported: Imported) -> dict[str, int]:
    return {i.tag: len(i.patterns) for i in imported.intents.intents}


def fallback(imported: Imported) -> tuple[str, ...]:
    found = imported.intents.fallback
    return () if found is None else found.responses


CHECKS: list[tuple[str, Callable[[Imported], bool]]] = [
    *((f"qa-pairs/{name}", lambda i: folded(i) == COST)
      for name in ("chatterbot.yml", "dialogs.txt", "faq.csv", "faq.json", "knowledge_base.json")),
    *((f"csv-many-in-one-cell/{name}.csv", lambda i: counts(i) == GREET)
      for name in ("pipe", "python_list", "semicolon", "slash")),
    ("csv-faq-with-category/faq.csv",
     lambda i: answers(i)["What does the ticket cost?"] == ("It costs 9 euros.",)
     and answers(i)["Where do you park?"] == ("Behind the house.",)),
    ("csv-headers-of-json/a.csv", lambda i: answers(i)["hey you"] == ("Hi!",)),
    ("csv-headers-of-json/b.csv", lambda i: answers(i)["hello"] == ("Hi!",)),
    ("key-pattern-singular/intents.json", lambda i: counts(i) == {"greet": 2, "bye": 2}),
    ("key-pattern-singular/input.json", lambda i: counts(i) == {"greet": 2, "bye": 2}),
    ("numbers-and-nulls/intents.json", lambda i: counts(i) == {"1": 2, "2": 1}),
    ("map-plain-phrases-symbols/phrases.json", lambda i: sum(counts(i).values()) >= 7),
    ("duplicate-tag/intents.json", lambda i: counts(i) == {"pay": 5, "bye": 1}
     and len(answers(i)["cash"]) == 2),
    ("jsonl/intents.jsonl", lambda i: counts(i) == {"greet": 2, "bye": 1}),
    ("jsonl/train.jsonl", lambda i: counts(i) == {"greet": 1, "bye": 1}),
    ("lu-file/bot.lu", lambda i: counts(i) == {"Greet": 2, "Bye": 2}),
    ("watson-dialog/skill.json", lambda i: fallback(i) == ("Please say it differently.",)),
    ("botpress-qna-twin/bot", lambda i: len(counts(i)) == 2 and all(answers(i).values())),
    ("bystander-broken-json/proj", lambda i: counts(i) == {"greet": 1, "bye": 1}),
    ("bystander-readme-badge/proj", lambda i: counts(i) == {"greet": 1, "bye": 1}),
    ("dialogflow-contextual-fallback/agent", lambda i: fallback(i) == ("Pardon?",)),
    ("home-assistant-called-rasa/custom.yaml", lambda i: "Rasa" not in i.format),
    ("ini-called-json/sentences.ini", lambda i: len(counts(i)) == 2),
    ("padatious-first-line-slot/skill", lambda i: i.format == "Padatious" and len(counts(i)) == 2),
    ("rasa-copies-and-test-data/proj", lambda i: counts(i) == {"greet": 2, "bye": 2}),
    ("rasa1-responses-md/proj",
     lambda i: answers(i)["opening hours"] == ("We open at nine.",)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "is_right"), CHECKS, ids=[name for name, _ in CHECKS])
def test_a_case_is_read_as_expected(name: str, is_right: Callable[[Imported], bool]) -> None:
    imported = formats.read(CASES / name)
    assert is_right(imported), imported
