"""FAQ pages: HTML, and Markdown with `<details>`.

What a page tells search engines (JSON-LD) comes first. Else a question is a `<summary>`, a `<dt>`,
a heading or an emphasised line, and its answer what follows it; a table may have both.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from chatbot.formats.answers import is_asked
from chatbot.formats.dialects import questions_data, tables
from chatbot.formats.dialects.page_parts import Part, Parts, parts_of
from chatbot.formats.documents import Document
from chatbot.formats.format import Format
from chatbot.formats.gathering import Gathering
from chatbot.formats.rows import NO_ANSWER, Row, gather

_HTML = re.compile(
    r"\s*<(?:!doctype html|html|head|body|div|dl|details|section|table|main)\b", re.I
)
_FOLDED = re.compile(r"<details\b[^<>]{0,200}>\s{0,200}<summary\b", re.I)
"""What a page in Markdown has of HTML."""
_SCHEMAS = frozenset({"FAQPage", "QAPage", "Question"})
"""What questions are in the vocabulary of schema.org."""
_FEWEST = 2


def _recognises(document: Document) -> bool:
    """Tell whether a page has questions with answers."""
    text = document.text
    if document.looks_like_json or not (_HTML.match(text) or _FOLDED.search(text)):
        return False
    parts = parts_of(text)
    return (
        bool(_twin(document, parts.scripts)) or bool(_table(document, parts.rows)) or _asks(parts)
    )


def _asks(parts: Parts) -> bool:
    asked = _questions(parts.parts)
    return len(asked) >= _FEWEST and any(part.answer for part in asked)


def _questions(parts: Sequence[Part]) -> list[Part]:
    """Return the parts of a page that are a question with its answer.

    What can be unfolded is a question in any words. Headings are where they ask, terms of a list
    too; if most terms do, all are.
    """
    terms = [part for part in parts if part.kind == "dt"]
    all_terms = 2 * sum(is_asked(part.title) for part in terms) >= len(terms)
    return [
        part
        for part in parts
        if part.kind == "summary" or is_asked(part.title) or (part.kind == "dt" and all_terms)
    ]


def _twin(document: Document, scripts: Sequence[str]) -> Document | None:
    """Return the questions that a page tells search engines, as a document; None if it has none."""
    found: list[Any] = []
    for script in scripts:
        try:
            found += _described(json.loads(script))
        except (ValueError, RecursionError):
            continue  # what is broken there is of no use to search engines either
    if not found:
        return None
    twin = Document(document.source, json.dumps(found).encode(), document.inside)
    return twin if questions_data.recognises(twin) else None


def _described(data: Any) -> Iterator[Any]:
    pending = [data]
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            kinds = value.get("@type")
            if not _SCHEMAS.isdisjoint(kinds if isinstance(kinds, list) else [kinds]):
                yield value.get("mainEntity", value)
            else:
                pending += list(value.values())[::-1]
        elif isinstance(value, list):
            pending += value[::-1]


def _table(document: Document, rows: Sequence[Sequence[str]]) -> Document | None:
    """Return the table of a page as a document; None if it is none of questions."""
    quoted = (",".join(f'"{cell}"' for cell in _doubled(row)) for row in rows)
    twin = Document(document.source, "\n".join(quoted).encode(), document.inside)
    return twin if len(rows) > 1 and tables.FORMAT.recognises(twin) else None


def _doubled(row: Sequence[str]) -> Iterator[str]:
    return (cell.replace('"', '""') for cell in row)


def _read(documents: Sequence[Document], into: Gathering) -> None:
    rows: list[Row] = []
    for document in documents:
        found = parts_of(document.text)
        twin = _twin(document, found.scripts)
        described = questions_data.rows(twin, into) if twin is not None else []
        rows += described
        if not described and not _asks(found):
            table = _table(document, found.rows)
            assert table is not None  # it was recognised because it has one of the three
            tables.FORMAT.read([table], into)
            continue
        there = {text.casefold() for row in described for text in row.patterns}
        asked = _questions(found.parts)
        for part in asked:
            if part.title.casefold() not in there:
                answers = tuple(filter(None, [part.answer]))
                rows.append(Row((part.title,), answers, is_plain=True))
        others = [part.title for part in found.parts if part not in asked and part.answer]
        into.note("sections whose heading is no question were left out", len(others), others)
    empty = [text for row in rows if not row.replies for text in row.patterns]
    into.note(NO_ANSWER, len(empty), empty)
    gather([row for row in rows if row.replies], into)


FORMAT = Format("FAQ page", _recognises, _read, "Write an answer for each question")
