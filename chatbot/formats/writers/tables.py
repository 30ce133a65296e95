"""Writes CSV: one line per pattern, with text and intent."""

from __future__ import annotations

import csv
from collections import Counter
from io import StringIO

from chatbot.formats.writers.writing import TESTS, Written, written
from chatbot.intents import Intents

HEADER = ("text", "intent")


def write(intents: Intents) -> Written:
    """Return the patterns as CSV (RFC 4180, line ends CR LF); CSV has no place for replies."""
    notes = Counter({TESTS: len(intents.tests)})
    table = StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(HEADER)
    for intent in intents.intents:
        notes["replies were left out: CSV has no place for them"] += len(intent.responses)
        notes["intents without patterns were left out"] += not intent.patterns
        for pattern in intent.patterns:
            if "\0" in pattern or "\0" in intent.tag:
                notes["patterns with a null character were left out"] += 1
            else:
                writer.writerow((pattern, intent.tag))
    return written(table.getvalue(), notes)
