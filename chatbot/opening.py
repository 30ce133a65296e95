"""Opens an intents file: one of our own is checked, one of another program is imported."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from chatbot.intents import (
    Finding,
    Intents,
    IntentsError,
    JsonDocument,
    Severity,
    check_text,
    read_bytes,
    storage,
)

MOST_IMPORTED = 32 * 2**20
"""Bytes of a file of another program (`formats.sources.MOST_BYTES`, which is not imported yet)."""


@dataclass(frozen=True, slots=True)
class IntentsFile:
    """An intents file that can be used."""

    path: Path
    text: str
    """Its content without the byte order mark, line ends as \\n; empty if it was imported."""
    intents: Intents
    warnings: tuple[Finding, ...]
    imported_from: str = ""
    """The other program's format, if it is not ours."""
    notes: tuple[str, ...] = ()
    """What could not be carried over from there."""
    document: JsonDocument | None = None
    """Its text, in which values can be located; None if it was imported."""


def read_intents(path: Path) -> IntentsFile:
    """Read and check an intents file; a file or folder of another program is imported.

    Raises IntentsError, which lists every error.
    """
    if path.is_dir():
        return _imported(path)
    data = read_bytes(path)
    try:
        text = storage.decode(path, data)
    except IntentsError:  # another encoding, or an archive
        return _imported(path)
    may_be_foreign = len(data) <= MOST_IMPORTED
    del data  # of a large file as much memory as the text
    report = check_text(text)
    if report.repeats_tags:
        warnings = tuple(replace(f, severity=Severity.WARNING) for f in report.findings)
        return replace(_imported(path), warnings=warnings)
    if report.intents is None and not may_be_foreign:
        raise IntentsError(path, report.errors)
    if report.intents is None or report.renamed:
        return _imported(path)
    return IntentsFile(path, text, report.intents, report.warnings, document=report.document)


def _imported(path: Path) -> IntentsFile:
    from chatbot import formats  # with parsers that start-up need not load for a file of our own

    imported = formats.read(path)
    notes = tuple(str(note) for note in imported.notes)
    return IntentsFile(path, "", imported.intents, (), imported.format, notes)
