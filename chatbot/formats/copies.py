"""Which files of a folder are not training data of their own: copies, backups, data for testing.

What is left out is named in a note, with the reason.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from typing import Any

from chatbot.formats.documents import Document
from chatbot.formats.format import Copies, Format

SET_ASIDE = "files in folders for tests, models, results, builds and backups were not read"
BACKUPS = "backups beside the file itself were not read"
COPIES = "copies of files that were read were not read again"
TEST_DATA = "files with data for testing, beside those for training, were not read"

_SET_ASIDE_FOLDERS = frozenset(
    {"train_test_split", "test", "tests", "test_data", "testdata", "testing", "eval", "evaluation",
     "result", "results", "model", "models", "build", "dist", "backup", "backups", "bak", "old",
     "archive", "archived", "copy", "copies", "trash", "tmp", "temp"}
)  # fmt: skip

_MARK = "copy|copie|copia|kopie|backup|bak|old|orig|original|副本"
_BACKUP = re.compile(
    rf"(?:copy of |backup[ _-](?:of[ _-])?|old[ _-])(?P<before>.+)"
    rf"|(?P<after>.+?)(?:[ _.-]+(?:{_MARK})(?:[ _.-]*\(?\d[\d_.-]*\)?)?|[ _]?\(\d+\)|~)",
    re.IGNORECASE,
)
"""The stem of `nlu_backup`, `nlu - Copy (2)`, `nlu (1)`, `Copy of nlu`, …"""

_TEST = re.compile(
    r"(?:.*[_.-])?(?:test|tests|testing|valid|validate|validation|val|dev|eval)(?:[_.-].*)?",
    re.IGNORECASE,
)
_TRAIN = re.compile(r"(?:.*[_.-])?(?:train|training)(?:[_.-].*)?", re.IGNORECASE)
_MOST_NAME = 255
"""Characters of a file's name that are looked at; no file system allows more."""

LeftOut = dict[str, list[str]]
"""The words of a note, and the names of the files."""


def without_copies(
    format_: Format, documents: Sequence[Document]
) -> tuple[list[Document], LeftOut]:
    """Return the documents of a folder to read, and those to leave out by the reason."""
    left_out: LeftOut = {}
    kept = list(documents)

    def leave_out(reason: str, is_one: Callable[[Document], bool]) -> None:
        nonlocal kept
        found = [document for document in kept if is_one(document)]
        if found and len(found) < len(kept):
            kept = [document for document in kept if document not in found]
            left_out.setdefault(reason, []).extend(document.inside for document in found)

    leave_out(SET_ASIDE, _is_set_aside)
    if format_.copies is Copies.NONE:
        return kept, left_out
    names = {document.inside.casefold() for document in kept}
    leave_out(BACKUPS, lambda document: _is_backup(document, names))
    if format_.copies is Copies.BY_NAME:
        return kept, left_out
    trained = {_place(document) for document in kept if _TRAIN.fullmatch(_stem(document))}
    leave_out(
        TEST_DATA,
        lambda document: (
            _place(document) in trained
            and _TEST.fullmatch(_stem(document)) is not None
            and _TRAIN.fullmatch(_stem(document)) is None
        ),
    )
    first: dict[Any, Document] = {}
    for document in sorted(kept, key=lambda document: len(document.path.parts)):
        first.setdefault(_content(document), document)
    leave_out(COPIES, lambda document: first[_content(document)] is not document)
    return kept, left_out


def _is_set_aside(document: Document) -> bool:
    return any(part.casefold() in _SET_ASIDE_FOLDERS for part in document.path.parts[:-1])


def _is_backup(document: Document, names: set[str]) -> bool:
    """Tell whether a file is called the backup of another one in its folder."""
    found = _BACKUP.fullmatch(_stem(document))
    if found is None:
        return False
    original = (found["before"] or found["after"]) + document.path.suffix
    return document.path.with_name(original).as_posix().casefold() in names


def _stem(document: Document) -> str:
    return document.path.stem[:_MOST_NAME]


def _place(document: Document) -> tuple[str, str]:
    """Return a file's folder and ending: a test file lies beside its training file."""
    return document.path.parent.as_posix(), document.path.suffix.casefold()


def _content(document: Document) -> str:
    """Return what a file holds, the same however it is laid out."""
    if document.json is not None:
        return json.dumps(document.json, sort_keys=True)
    return "\n".join(line.rstrip() for line in document.text.strip().split("\n"))
