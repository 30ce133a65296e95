"""Tests of an intents file that do not hold, as findings with their places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from chatbot.intents import Finding, Severity
from chatbot.json_positions import START, locate
from chatbot.regression import failed_tests
from chatbot.training_report import answer
from chatbot.wording import printable

if TYPE_CHECKING:
    from chatbot.bot import Chatbot

KIND = "test"
"""Of the findings: the bot does not answer as the key “tests” says that it must."""


def findings(text: str, bot: Chatbot) -> Iterator[Finding]:
    """Ask the bot the tests of its file, of which `text` is the content ("" if imported)."""
    failed = failed_tests(bot)
    places = locate(text, [("tests", test.place) for test in failed]) if text else {}
    for test in failed:
        message = " ".join(test.message.split())
        yield Finding(
            Severity.WARNING,
            printable(f"“{message}” must get {answer(test.intent)}, and gets {answer(test.said)}"),
            "Add patterns like it, or take the test out",
            places.get(("tests", test.place), START),
            kind=KIND,
        )
