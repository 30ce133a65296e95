"""Writes CSV: one line per pattern, with text and intent."""

from __future__ import annotations

import csv
from io import StringIO

from chatbot.formats.dialects import HEADER
from chatbot.formats.writers.writing import OUT_OF_SCOPE, Written, losses, outsiders, written
from chatbot.intents import Intents


def write(intents: Intents) -> Written:
    """Return the patterns as CSV (RFC 4180, line ends CR LF); CSV has no place for replies."""
    notes = losses(intents)
    table = StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(HEADER)
    rows = [(pattern, intent.tag) for intent in intents.intents for pattern in intent.patterns]
    rows += [(example, OUT_OF_SCOPE) for example in outsiders(intents, notes)]
    for intent in intents.intents:
        notes["replies were left out: CSV has no place for them"] += len(intent.responses)
        notes["intents without patterns were left out"] += not intent.patterns
    for row in rows:
        if any("\0" in cell for cell in row):
            notes["patterns with a null character were left out"] += 1
        else:
            writer.writerow(row)
    return written(table.getvalue(), notes)
