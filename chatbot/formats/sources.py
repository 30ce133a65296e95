"""Where documents come from: a file, a folder or a zip archive, each within bounds.

Nothing is unpacked to disk, no link is followed out of a folder, and no name in an archive is used
as a path; names that would leave it are refused all the same, as an honest archive has none.
"""

from __future__ import annotations

import os
import stat
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from chatbot.formats.documents import Document
from chatbot.formats.errors import FormatError
from chatbot.formats.signatures import refuse_other_kinds, refuse_other_zips
from chatbot.intents import MOST_BYTES, read_bytes

MOST_FILES = 10_000
"""A Dialogflow agent has at most 2,000 intents, each with two files and one per language."""

MOST_ENTRIES = 50_000
"""Files and folders looked at: more is somebody's home folder or a whole disk."""

MOST_LEVELS = 40
"""Folders within folders; a project in a repository has about ten."""

MOST_TOTAL_BYTES = 4 * MOST_BYTES

_SUFFIXES = frozenset(
    {".json", ".yml", ".yaml", ".md", ".csv", ".tsv", ".txt", ".intent", ".entity", ".dialog"}
)
"""Files read from a folder; a trained model or a picture beside the texts is not opened."""

_SKIPPED_FOLDERS = frozenset({"node_modules", "__pycache__", "__MACOSX", "venv", "site-packages"})


@dataclass(frozen=True, slots=True)
class Source:
    """The file, folder or archive that was named: its documents, sorted by name."""

    path: Path
    documents: tuple[Document, ...]
    is_single: bool
    """Whether it is a single file rather than a folder or an archive."""
    links: int = 0
    """Symbolic links in the folder, which are not followed."""


def open_source(path: Path) -> Source:
    """Read a file, folder or zip archive. Raises IntentsError; FormatError for what is refused."""
    if path.is_dir():
        return _folder(path)
    data = read_bytes(path)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _archive(path, data)
    refuse_other_kinds(path, data)
    return Source(path, (Document(path, data),), is_single=True)


def _folder(path: Path) -> Source:
    documents: list[Document] = []
    total = entries = links = 0
    for folder, folders, files in os.walk(path, followlinks=False):
        if len(Path(folder).relative_to(path).parts) > MOST_LEVELS:
            message = f"its folders are nested deeper than {MOST_LEVELS} levels"
            raise FormatError(path, message, "Name the folder with the bot's own files")
        linked = [name for name in folders if Path(folder, name).is_symlink()]
        links += len(linked)
        folders[:] = sorted(
            name for name in folders if name not in linked and not _is_skipped(name)
        )
        entries += len(folders) + len(files)
        if entries > MOST_ENTRIES:
            raise _too_many(path, MOST_ENTRIES)
        for name in sorted(files):
            file = Path(folder, name)
            if _is_skipped(name) or file.suffix.lower() not in _SUFFIXES:
                continue
            found = file.lstat()
            if not stat.S_ISREG(found.st_mode):  # a pipe could block for ever
                links += stat.S_ISLNK(found.st_mode)
                continue
            total += found.st_size
            if len(documents) == MOST_FILES:
                raise _too_many(path, MOST_FILES)
            if total > MOST_TOTAL_BYTES:
                raise _too_large(path)
            inside = file.relative_to(path).as_posix()
            documents.append(Document(path, read_bytes(file), inside))
    documents.sort(key=lambda document: document.inside)
    return Source(path, tuple(documents), is_single=False, links=links)


def _archive(path: Path, data: bytes) -> Source:
    try:
        with ZipFile(BytesIO(data)) as archive:
            refuse_other_zips(path, archive.namelist())
            documents = sorted(_members(path, archive), key=lambda document: document.inside)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        remedy = "Download or export it again"
        raise FormatError(path, f"the zip archive is damaged ({error})", remedy) from error
    return Source(path, tuple(documents), is_single=False)


def _members(path: Path, archive: ZipFile) -> Iterator[Document]:
    """Yield the texts in an archive, once all its entries have been checked."""
    members = archive.infolist()
    if len(members) > MOST_FILES:
        raise _too_many(path, MOST_FILES)
    if sum(member.file_size for member in members) > MOST_TOTAL_BYTES:
        raise _too_large(path)
    seen: set[str] = set()
    for member in members:
        _refuse_hostile(path, member)
        if member.filename in seen:
            message = f"the archive holds {member.filename} twice"
            raise FormatError(path, message, "Download or export it again")
        seen.add(member.filename)
    total = 0
    for member in members:
        name = PurePosixPath(member.filename)
        if member.is_dir() or name.suffix.lower() not in _SUFFIXES:
            continue
        if any(_is_skipped(part) for part in name.parts):
            continue
        with archive.open(member) as file:
            data = file.read(MOST_BYTES + 1)  # the size it declares may be false
        total += len(data)
        if len(data) > MOST_BYTES or total > MOST_TOTAL_BYTES:
            raise _too_large(path)
        yield Document(path, data, member.filename)


def _refuse_hostile(path: Path, member: ZipInfo) -> None:
    """Raise FormatError for an entry that no genuine export contains."""
    name = member.filename.replace("\\", "/")
    if name.startswith("/") or ":" in name.split("/")[0] or ".." in name.split("/"):
        message = f"the archive holds {member.filename}, a path that leads out of it"
        raise FormatError(path, message, "Do not trust this archive")
    if stat.S_ISLNK(member.external_attr >> 16):
        message = f"the archive holds {member.filename}, a symbolic link"
        raise FormatError(path, message, "Put the file itself into the archive")
    if member.flag_bits & 0x1:
        message = f"{member.filename} is encrypted"
        raise FormatError(path, message, "Make the archive without a password")
    if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        message = f"{member.filename} uses an unusual compression method"
        raise FormatError(path, message, "Make an ordinary zip archive (deflate)")


def _is_skipped(name: str) -> bool:
    return name.startswith(".") or name in _SKIPPED_FOLDERS


def _too_many(path: Path, most: int) -> FormatError:
    message = f"it holds more than {most:,} files"
    return FormatError(path, message, "Name the folder with the bot's own files")


def _too_large(path: Path) -> FormatError:
    message = f"its texts are larger than {MOST_TOTAL_BYTES // 2**20} MB together"
    return FormatError(path, message, "Name the folder with the bot's own files")
