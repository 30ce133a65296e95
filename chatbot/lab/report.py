"""The lab's results as lines of text and as JSON: what the command line prints."""

from __future__ import annotations

from typing import Any

from chatbot.common import _
from chatbot.lab import tables
from chatbot.lab.pages import pages_of
from chatbot.lab.records import LabProgress
from chatbot.lab.results import Lab, Sentence
from chatbot.lab.tables import Table


def as_lines(lab: Lab, sentence: Sentence) -> list[str]:
    """Return all that the screen shows as lines of text."""
    lines = [tables.source_note(lab)]
    for page in pages_of(lab, sentence):
        lines += ["", page.caption]
        for table in page.tables:
            lines += ["", *tables.as_lines(table)]
    return [*lines, "", tables.chatter_note(lab)]


def as_dict(lab: Lab, sentence: Sentence) -> dict[str, Any]:
    """Return the figures of every page as numbers, with its caption."""
    return {
        "message": sentence.message,
        "words": sentence.words,
        "intent": sentence.intent,
        "seconds": lab.seconds,
        "patterns": {"in_file": lab.patterns, "used": lab.used, "held_out": lab.held_out},
        "views": [
            {"caption": page.caption, "tables": [_table_as_dict(table) for table in page.tables]}
            for page in pages_of(lab, sentence)
        ],
    }


def progress_line(record: LabProgress) -> str:
    """Return where the lab stands as one line."""
    line = (
        _("{part}: step {step}/{steps}, about {seconds:.0f} s to go")
        if record.loss is None
        else _("{part}: step {step}/{steps}, loss {loss:.3f}, about {seconds:.0f} s to go")
    )
    return line.format(
        part=record.part,
        step=record.step,
        steps=record.steps,
        loss=record.loss,
        seconds=record.eta_seconds,
    )


def _table_as_dict(table: Table) -> dict[str, Any]:
    return {
        "title": table.title,
        "rows": table.rows,
        "networks": {
            name: {
                column: [figure.text if figure.share is None else figure.share for figure in values]
                for column, values in zip(table.columns, group, strict=True)
            }
            for name, group in zip(table.groups, table.figures, strict=True)
        },
    }
