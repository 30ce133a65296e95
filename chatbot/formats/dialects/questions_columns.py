"""Questions and answers by column: pandas' `to_json`, or two lists of the same length."""

from __future__ import annotations

from typing import Any

from chatbot.formats.format import strings
from chatbot.intents import best


def columns(value: dict[str, Any]) -> list[Any]:
    """Return the rows of a table by columns: pandas' `to_json`, by column or split."""
    names, data = value.get("columns"), value.get("data")
    if strings(names) == names and isinstance(data, list):
        return [dict(zip(names, row, strict=False)) for row in data if isinstance(row, list)]
    asked, answered = best(value, "patterns"), best(value, "responses")
    columns = [item for item in value.values() if isinstance(item, dict)]
    if asked is None or answered is None or len(columns) < len(value):
        return []
    if not all(key.isdigit() for item in columns for key in item):
        return []
    return [
        {name: column[key] for name, column in value.items() if key in column}
        for key in value[asked]
    ]


def parallel(value: dict[str, Any]) -> list[Any]:
    """Return the pairs of two lists of the same length, of questions and of answers."""
    questions, answers = (value.get(best(value, r) or "") for r in ("patterns", "responses"))
    if not isinstance(questions, list) or not isinstance(answers, list):
        return []
    if len(questions) != len(answers) or len(questions) < 2:
        return []
    pairs = zip(questions, answers, strict=True)
    return [{"question": question, "answer": answer} for question, answer in pairs]
