"""The text of an intents file: read within bounds, decoded, saved in one step."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from chatbot.common import _, refuse_protected, write_atomically
from chatbot.intents.findings import Finding, IntentsError, Severity
from chatbot.intents.json_positions import START, Position, at

MOST_BYTES = 128 * 2**20
"""A larger file is refused before it fills the memory: a million patterns of a hundred characters
have as much; CLINC150, 23,700 messages, has 2 MB."""

BOM = "\ufeff"


def read_text(path: Path) -> str:
    """Return the text of a file that need not be valid yet; no byte order mark, Unix line ends.

    Raises IntentsError when it cannot be read or is not UTF-8.
    """
    return decode(path, read_bytes(path))


def read_bytes(path: Path, most: int | None = None) -> bytes:
    """Return what a file holds, at most `most` bytes (MOST_BYTES).

    Raises IntentsError when it cannot be read or is too large: by its size, before it is read, and
    where the size is not told (a pipe) as soon as it is.
    """
    _refuse_pipe(path)
    most = MOST_BYTES if most is None else most
    try:
        with path.open("rb") as file:
            is_larger = os.fstat(file.fileno()).st_size > most
            data = b"" if is_larger else file.read(most + 1)
    except (OSError, ValueError) as error:  # ValueError: a path with a null character
        remedy = _("Check the path, or make one: `chatbot new NAME`, or Edit intents in the app")
        if path.is_dir():
            remedy = _("It is a folder: name the file in it")
        reason = getattr(error, "strerror", None) or error
        message = _("{path} cannot be read ({reason})").format(path=path, reason=reason)
        raise _error(path, message, remedy) from error
    if is_larger or len(data) > most:
        message = _("the file is larger than {most} MB").format(most=most // 2**20)
        raise _error(path, message, _("Keep fewer examples of each intent"))
    return data


def _refuse_pipe(path: Path) -> None:
    """Raise IntentsError for a pipe with a name, which could be waited for for ever.

    One without is the output of a command, as in `chatbot check <(make-intents)`.
    """
    with suppress(OSError, ValueError):  # reading says what is wrong
        is_pipe = stat.S_ISFIFO(path.stat().st_mode)
        if is_pipe and path.resolve().is_fifo():
            message = f"{path} is a pipe"
            raise _error(path, message, "Name a file, or write it into one first")


def decode(path: Path, data: bytes, name: str = "") -> str:
    """Return the text in a file's bytes; no byte order mark, Unix line ends.

    Raises IntentsError (of `path`, called `name`) when they are not UTF-8.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8").removeprefix(BOM)
        message = _("byte 0x{byte:02x} is not UTF-8").format(byte=data[error.start])
        place = at(before, len(before))
        raise _error(path, message, _other_encoding(data), place, name) from error
    if "\0" in text:  # valid UTF-8, but no editor writes it: half of each UTF-16 character
        place = at(text, text.index("\0"))
        raise _error(path, _("there is a null character"), _other_encoding(data), place, name)
    return text.removeprefix(BOM).replace("\r\n", "\n")


def save_text(path: Path, text: str) -> None:
    """Save an intents file in one step, with the byte order mark and line ends it had.

    The text need not be valid: that is for the caller to decide. Raises IntentsError when it cannot
    be written; the old file is then as it was.
    """
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        message = _("character U+{code:04X} is half of a pair and cannot be saved")
        raise _error(
            path,
            message.format(code=ord(text[error.start])),
            _("Delete it"),
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
    with _writing(path):
        write_atomically(path, data)


def refuse_read_only(path: Path) -> None:
    """Raise IntentsError for a file that `save_text` would not write because it is read-only."""
    with _writing(path):
        refuse_protected(path)


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        remedy = _("The old file is as it was: free some space or save elsewhere")
        if isinstance(error, PermissionError):
            remedy = _("The old file is as it was: check its permissions or save elsewhere")
        message = _("{path} cannot be written ({reason})")
        reason = error.strerror or error
        raise _error(path, message.format(path=path, reason=reason), remedy) from error


def _other_encoding(data: bytes) -> str:
    """Return the remedy for bytes that are not UTF-8."""
    if b"\0" in data and data.count(0) * 8 < len(data):
        return _("Delete it")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data:
        return _("It looks like UTF-16: save the file as UTF-8 in your editor")
    return _(
        "It may be Windows-1252 (cp1252) or another old encoding: save the file as UTF-8 in your "
        "editor"
    )


def _error(
    path: Path, message: str, remedy: str, position: Position = START, name: str = ""
) -> IntentsError:
    return IntentsError(path, (Finding(Severity.ERROR, message, remedy, position),), name)
