"""The intents file: its types, reading and saving.

`chatbot.intents_check` finds what is wrong in it, `chatbot.intents_edit` changes it. Headless and
light: no NumPy, no torch, no Textual.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Literal

from chatbot.atomic import write_atomically
from chatbot.errors import ChatbotError
from chatbot.json_positions import START, Position, at
from chatbot.wording import printable

SLOTS = frozenset({"time", "date", "day", "user", "intent", "confidence"})
"""The {words} that replies may use; any other stays as written."""

FALLBACK_TAGS = frozenset({"fallback", "noanswer", "default"})
"""Tags that, without patterns, hold the out-of-scope reply (compared without case)."""

MOST_BYTES = 32 * 2**20
"""A larger file is refused before it fills the memory; CLINC150, 23,700 messages, has 2 MB."""

BOM = "\ufeff"


class Severity(StrEnum):
    """How bad a finding is."""

    ERROR = "error"
    """The file cannot be used."""
    WARNING = "warning"
    """Probably a slip; never stops anybody."""


FixAction = Literal["remove_pattern", "move_pattern", "remove_reply", "correct_slots"]


@dataclass(frozen=True, slots=True)
class Fix:
    """A change of the file that remedies a finding; `intents_fix.apply` makes it."""

    action: FixAction
    tag: str
    """The intent that the pattern stands in; of several the last one."""
    pattern: str
    """The pattern, or the reply that the action is about."""
    target: str | None = None
    """The intent to move it to."""

    @property
    def title(self) -> str:
        """What it does, in a few words."""
        if self.action == "correct_slots":
            return "Correct it"
        return "Remove it" if self.target is None else f"Move it to “{self.target}”"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in the file that somebody should look at."""

    severity: Severity
    message: str
    """What is wrong."""
    remedy: str
    """What to do about it."""
    position: Position
    tag: str | None = None
    """The intent it is in."""
    kind: str = "file"
    """What finds it: the file's own check, or one of `chatbot.health`."""
    fix: Fix | None = None
    """The remedy, where one key can do it."""

    def describe(self, file_name: str) -> str:
        """Return it as compilers do: file:line:column: severity: message. Remedy."""
        line, column = self.position
        return f"{file_name}:{line}:{column}: {self.severity}: {self.message}. {self.remedy}"


class IntentsError(ChatbotError):
    """An intents file that cannot be used; str() lists every error with its place and remedy.

    `name` is what to call the file, if not by the last part of its path.
    """

    def __init__(self, path: Path, findings: tuple[Finding, ...], name: str = "") -> None:
        called = printable(name or path.name)
        super().__init__("\n".join(finding.describe(called) for finding in findings))
        self.path = path
        self.findings = findings


@dataclass(frozen=True, slots=True)
class Intent:
    """One thing that people may want, how they say it, and what to answer."""

    tag: str = field(metadata={"description": "The name of the intent, unique in the file."})
    patterns: tuple[str, ...] = field(
        default=(),
        metadata={
            "description": "Example messages, 12 to 25 varied ones. None at all makes an intent "
            "tagged fallback, noanswer or default the out-of-scope reply."
        },
    )
    responses: tuple[str, ...] = field(
        default=(),
        metadata={
            "description": "Replies, one is chosen at random. Slots: "
            + ", ".join(f"{{{slot}}}" for slot in sorted(SLOTS))
            + "."
        },
    )


@dataclass(frozen=True, slots=True)
class MustHold:
    """A message whose answer no training may change."""

    message: str = field(metadata={"description": "What somebody types."})
    intent: str | None = field(
        metadata={"description": "The tag that must be its answer; null for the fallback."}
    )


@dataclass(frozen=True)  # no slots: the cached properties live in __dict__
class Intents:
    """The intents of a file."""

    intents: tuple[Intent, ...]
    """All of them, in the order of the file, the fallback among them."""
    fallback: Intent | None = None
    """The one that holds the out-of-scope reply."""
    tests: tuple[MustHold, ...] = ()
    """What must always hold, asked of every model before it is taken over."""

    @cached_property
    def trainable(self) -> tuple[Intent, ...]:
        """The intents that have patterns: those a model can learn to name."""
        return tuple(intent for intent in self.intents if intent.patterns)

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hex) of what training sees: tags and patterns, in no particular order.

        Replies and tests do not count: editing them needs no training.
        """
        seen = sorted([intent.tag, sorted(set(intent.patterns))] for intent in self.trainable)
        return hashlib.sha256(json.dumps(seen).encode()).hexdigest()

    def by_tag(self, tag: str) -> Intent | None:
        """Return the intent of a tag, or None."""
        return self._by_tag.get(tag)

    @cached_property
    def _by_tag(self) -> dict[str, Intent]:
        return {intent.tag: intent for intent in self.intents}


@dataclass(frozen=True, slots=True)
class IntentsFile:
    """An intents file that was read and can be used."""

    path: Path
    text: str
    """Its content without the byte order mark, line ends as \\n; empty if it was imported."""
    intents: Intents
    warnings: tuple[Finding, ...]
    imported_from: str = ""
    """The other program's format, if it is not ours."""
    notes: tuple[str, ...] = ()
    """What could not be carried over from there."""


def read(path: Path) -> IntentsFile:
    """Read and check an intents file; what another program wrote is imported, folders too.

    Raises IntentsError, which lists every error.
    """
    from chatbot.intents_check import check

    if path.is_dir():
        return _imported(path)
    data = read_bytes(path)
    try:
        text = decode(path, data)
    except IntentsError:  # another encoding, or no text at all but an archive
        return _imported(path)
    report = check(text)
    if report.intents is None or report.renamed:
        return _imported(path)
    return IntentsFile(path, text, report.intents, report.warnings)


def _imported(path: Path) -> IntentsFile:
    from chatbot import formats

    imported = formats.read(path)
    notes = tuple(str(note) for note in imported.notes)
    return IntentsFile(path, "", imported.intents, (), imported.format, notes)


def read_text(path: Path) -> str:
    """Return the text of a file that need not be valid yet; no byte order mark, Unix line ends.

    Raises IntentsError when it cannot be read or is not UTF-8.
    """
    return decode(path, read_bytes(path))


def read_bytes(path: Path) -> bytes:
    """Return what a file holds. Raises IntentsError when it cannot be read or is too large."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a path with a null character
        remedy = "Check the path, or make one: `chatbot where` shows the file in use"
        if path.is_dir():
            remedy = "It is a folder: name the file in it"
        reason = getattr(error, "strerror", None) or error
        raise _error(path, f"{path} cannot be read ({reason})", remedy) from error
    if len(data) > MOST_BYTES:
        message = f"the file is larger than {MOST_BYTES // 2**20} MB"
        raise _error(path, message, "Keep fewer examples of each intent")
    return data


def decode(path: Path, data: bytes, name: str = "") -> str:
    """Return the text in a file's bytes; no byte order mark, Unix line ends.

    Raises IntentsError (of `path`, called `name`) when they are not UTF-8.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8").removeprefix(BOM)
        message = f"byte 0x{data[error.start]:02x} is not UTF-8"
        place = at(before, len(before))
        raise _error(path, message, _other_encoding(data), place, name) from error
    if "\0" in text:  # valid UTF-8, but no editor writes it: half of each UTF-16 character
        place = at(text, text.index("\0"))
        raise _error(path, "there is a null character", _other_encoding(data), place, name)
    return text.removeprefix(BOM).replace("\r\n", "\n")


def save_text(path: Path, text: str) -> None:
    """Save an intents file in one step, with the byte order mark and line ends it had.

    The text need not be valid: that is the caller's to decide. Raises IntentsError when it cannot
    be written; the old file is then as it was.
    """
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise _error(
            path,
            f"character U+{ord(text[error.start]):04X} is half of a pair and cannot be saved",
            "Delete it",
            at(text, error.start),
        ) from error
    try:
        old = path.read_bytes()
    except OSError:
        old = b""
    bom = BOM.encode()
    if old.startswith(bom):
        data = bom + data.removeprefix(bom)
    if old.count(b"\r\n") * 2 > old.count(b"\n"):  # most lines, in a file that mixes both
        data = data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    try:
        write_atomically(path, data)
    except OSError as error:
        remedy = "The old file is as it was: free some space or save elsewhere"
        if isinstance(error, PermissionError):
            remedy = "The old file is as it was: check its permissions or save elsewhere"
        raise _error(
            path, f"{path} cannot be written ({error.strerror or error})", remedy
        ) from error


def _other_encoding(data: bytes) -> str:
    """Return the remedy for bytes that are not UTF-8."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data:
        encoding = "It looks like UTF-16"
    else:
        encoding = "It may be Windows-1252 (cp1252) or another old encoding"
    return f"{encoding}: save the file as UTF-8 in your editor"


def _error(
    path: Path, message: str, remedy: str, position: Position = START, name: str = ""
) -> IntentsError:
    return IntentsError(path, (Finding(Severity.ERROR, message, remedy, position),), name)
