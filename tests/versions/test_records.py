"""Records of a training as JSON lines."""

from __future__ import annotations

import pytest

from chatbot.model.card import Metrics
from chatbot.versions.answer_changes import AnswerChanges, Change, FailedTest
from chatbot.versions.records import Failed, Progress, Record, Saved, decode, encode

METRICS = Metrics(10, 2, 0.5, 0.4, 0.1, 0.9, 7, 1.5)
NOTHING_BEFORE = AnswerChanges(0, 0, 0, (), (), 30, None, 1.0)
WORSE = AnswerChanges(
    30,
    2,
    2,
    (Change("hi\n“you”", "typed", "greeting", None, "worse"),),
    (FailedTest("hello", None, "time", 1),),
    30,
    0.75,
    1.0,
)
RECORDS: list[Record] = [
    Progress("held-out", 1, 40, 3, 800, 1.25, None, 0.5, 9.5),
    Progress("all patterns", 2, 30, 25, 600, 0.25, 0.9, 5.5, 3.0),
    Progress("small edit", 1, 2, 25, 50, 0.25, None, 0.5, 0.5),
    Saved("models/intents", 1, True, 3, False, METRICS, None, NOTHING_BEFORE),
    Saved("models/intents", 12, False, 3, True, METRICS, METRICS, WORSE),
    Failed('intents.json:3:7: error: "tag" – fehlt\nzweite Zeile'),
]


@pytest.mark.parametrize("record", RECORDS)
def test_a_record_comes_back_from_its_line(record: Record) -> None:
    line = encode(record)
    assert "\n" not in line
    assert decode(line) == record


@pytest.mark.parametrize(
    "line", ["", "warning: something", "{}", "[]", "5", "null", '{"record": "other"}',
             '{"record": "saved"}', '{"record": "progress", "extra": 1}']
)  # fmt: skip
def test_a_line_that_is_no_record_is_none(line: str) -> None:
    assert decode(line) is None
