"""Tests of an intents file that do not hold, as findings with their places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from chatbot.common import printable
from chatbot.intents import START, Finding, Severity, locate
from chatbot.versions import failed_tests, report

if TYPE_CHECKING:
    from chatbot.conversation import Chatbot

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
            printable(
                f"“{message}” must get {report.answer(test.intent)}, "
                f"and gets {report.answer(test.said)}"
            ),
            "Add patterns like it, or take the test out",
            places.get(("tests", test.place), START),
            kind=KIND,
        )
