"""Tests of an intents file that do not hold, as findings with their places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from chatbot.common import _, printable
from chatbot.intents import START, Finding, JsonDocument, JsonPath, Severity
from chatbot.versions import failed_tests, report

if TYPE_CHECKING:
    from chatbot.conversation import Reader

KIND = "test"
"""Kind of these findings: a message does not get the answer that “tests” asks for."""


def findings(document: JsonDocument | None, reader: Reader) -> Iterator[Finding]:
    """Yield the tests of the reader's file that it fails; `document` is that file."""
    failed = failed_tests(reader)
    paths: list[JsonPath] = [("tests", test.place) for test in failed]
    places = document.locate(paths) if document is not None and paths else {}
    for test in failed:
        message = " ".join(test.message.split())
        yield Finding(
            Severity.WARNING,
            printable(
                _("“{message}” must get {wanted}, and gets {said}").format(
                    message=message,
                    wanted=report.answer(test.intent),
                    said=report.answer(test.said),
                )
            ),
            _("Add patterns like it, or remove the test"),
            places.get(("tests", test.place), START),
            kind=KIND,
        )
