"""Helpers of the tests of dialects: files are written, read, and what they brought is compared."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from chatbot import formats
from chatbot.formats import Imported


def read(folder: Path, files: dict[str, Any], language: str | None = None) -> Imported:
    """Write files, objects as JSON, and import their folder; or the file if it is a single one."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return formats.read(folder if len(files) > 1 else folder / next(iter(files)), language)


def patterns(imported: Imported) -> dict[str, list[str]]:
    return {i.tag: list(i.patterns) for i in imported.intents.intents if i.patterns}


def replies(imported: Imported) -> dict[str, list[str]]:
    return {i.tag: list(i.responses) for i in imported.intents.intents if i.responses}


def notes(imported: Imported) -> list[str]:
    return [str(note) for note in imported.notes]


def write(folder: Path, files: dict[str, str]) -> Path:
    """Write texts into a folder, and return it."""
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode("latin-1" if "\xe9" in text else "utf-8"))
    return folder


def examples(imported: Imported, what: str) -> tuple[str, ...]:
    """Return the examples of the note that begins so."""
    return next(note.examples for note in imported.notes if note.what.startswith(what))


def counts(imported: Imported) -> dict[str, int]:
    """Return the notes with their numbers."""
    return {note.what: note.count for note in imported.notes}


def content(imported: Imported) -> dict[str, tuple[list[str], list[str]]]:
    """Return the patterns and replies of each intent."""
    return {i.tag: (list(i.patterns), list(i.responses)) for i in imported.intents.intents}
