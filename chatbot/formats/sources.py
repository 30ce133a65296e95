"""Where documents come from: a file, a folder or a zip archive, each within bounds.

Nothing is unpacked to disk, no link is followed out of a folder, and no name in an archive is used
as a path; names that would leave it are refused all the same, as an honest archive has none.
"""

from __future__ import annotations

import os
import stat
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path, PurePosixPath
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from chatbot.common import N_, _
from chatbot.formats.documents import Document
from chatbot.formats.errors import FormatError
from chatbot.formats.signatures import ARCHIVES, refuse_other_kinds, refuse_other_zips
from chatbot.intents import IntentsError, read_bytes

MOST_FILES = 10_000
"""A Dialogflow agent has at most 2,000 intents, each with two files and one per language."""

MOST_ENTRIES = 50_000
"""Files and folders looked at: more is somebody's home folder or a whole disk."""

MOST_LEVELS = 40
"""Folders within folders; a project in a repository has about ten."""

MOST_BYTES = 32 * 2**20
"""Of a file: those of other programs are read by parsers that take more memory than JSON's."""

MOST_TOTAL_BYTES = 4 * MOST_BYTES

_SUFFIXES = frozenset(
    {".json", ".jsonl", ".ndjson", ".yml", ".yaml", ".toml", ".ini", ".md", ".csv", ".tsv", ".txt",
     ".intent", ".entity", ".dialog", ".voc", ".lu", ".qna", ".aiml", ".xml", ".chatito", ".html",
     ".htm"}
)  # fmt: skip
"""Files read from a folder; a trained model or a picture beside the texts is not opened."""

_SLOTS = "slots"
"""Rhasspy's folder of values: its files have no ending."""

_SKIPPED_FOLDERS = frozenset({"node_modules", "__pycache__", "__MACOSX", "venv", "site-packages"})

LINKS = "symbolic links were not followed"
INNER_ARCHIVES = N_("archives in it were not opened: unpack them, or name one by itself")
_TOO_LARGE = f"files larger than {MOST_BYTES // 2**20} MB were not read"
_TOO_DEEP = f"folders below {MOST_LEVELS} others were not opened"
_UNREADABLE = "files and folders that cannot be opened were not read"
_OTHER_KINDS = "pipes, sockets and devices were not read"


@dataclass(frozen=True, slots=True)
class Source:
    """The file, folder or archive that was named: its documents, sorted by name."""

    path: Path
    documents: tuple[Document, ...]
    is_single: bool
    """Whether it is a single file rather than a folder or an archive."""
    left_out: dict[str, list[str]] = field(default_factory=dict)
    """What of a folder or archive was not opened: a note's words, and the names."""


def open_source(path: Path) -> Source:
    """Read a file, folder or zip archive. Raises IntentsError; FormatError for what is refused."""
    if path.is_dir():
        return _Folder(path).source()
    data = read_bytes(path, MOST_BYTES)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _archive(path, data)
    refuse_other_kinds(path, data)
    return Source(path, (Document(path, data),), is_single=True)


class _Folder:
    """Reads the files of a folder, and of the folders in it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._documents: list[Document] = []
        self._left_out: dict[str, list[str]] = {}
        self._bytes = 0

    def source(self) -> Source:
        """Return what the folder holds. Raises FormatError where it is too much."""
        pending: list[tuple[Path, int]] = [(self._path, 0)]  # not recursion: it may be deep
        entries = 0
        while pending:
            folder, level = pending.pop()
            try:
                with os.scandir(folder) as found:
                    for entry in found:
                        entries += 1
                        if entries > MOST_ENTRIES:
                            raise _too_many(self._path, MOST_ENTRIES)
                        if entry.is_dir(follow_symlinks=False) and not _is_skipped(entry.name):
                            if level == MOST_LEVELS:
                                self._leave_out(_TOO_DEEP, Path(entry.path))
                            else:
                                pending.append((Path(entry.path), level + 1))
                        elif not _is_skipped(entry.name):
                            self._take(Path(entry.path))
            except OSError:
                self._leave_out(_UNREADABLE, folder)
        documents = sorted(self._documents, key=lambda document: document.inside)
        for names in self._left_out.values():
            names.sort()
        return Source(self._path, tuple(documents), is_single=False, left_out=self._left_out)

    def _take(self, file: Path) -> None:
        """Read a file, if it is one that may hold training data."""
        kind = file.lstat()
        if stat.S_ISLNK(kind.st_mode):
            self._leave_out(LINKS, file)
        elif file.suffix.lower() in ARCHIVES:
            self._leave_out(INNER_ARCHIVES, file)
        elif not _may_be_data(PurePosixPath(file.relative_to(self._path).as_posix())):
            return
        elif not stat.S_ISREG(kind.st_mode):  # a pipe could block for ever
            self._leave_out(_OTHER_KINDS, file)
        elif kind.st_size > MOST_BYTES:
            self._leave_out(_TOO_LARGE, file)
        else:
            if len(self._documents) == MOST_FILES:
                raise _too_many(self._path, MOST_FILES)
            self._bytes += kind.st_size
            if self._bytes > MOST_TOTAL_BYTES:
                raise _too_large(self._path)
            try:
                data = read_bytes(file)
            except IntentsError:
                self._leave_out(_UNREADABLE, file)
                return
            inside = file.relative_to(self._path).as_posix()
            self._documents.append(Document(self._path, data, inside))

    def _leave_out(self, what: str, path: Path) -> None:
        self._left_out.setdefault(what, []).append(path.relative_to(self._path).as_posix())


def _archive(path: Path, data: bytes) -> Source:
    left_out: dict[str, list[str]] = {}
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
            refuse_other_zips(path, names)
            documents = sorted(_members(path, archive), key=lambda document: document.inside)
            inner = [name for name in names if PurePosixPath(name).suffix.lower() in ARCHIVES]
    except IntentsError:
        raise
    except (
        BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError,
        IndexError, OverflowError,
    ) as error:  # fmt: skip
        # zipfile lets through whatever the damaged bytes lead to: a name that is no UTF-8, an
        # offset before the start, a version of the future.
        message = _("the zip archive is damaged ({reason})").format(reason=error)
        raise FormatError(path, message, _("Download or export it again")) from error
    if inner:
        left_out[INNER_ARCHIVES] = sorted(inner)
    return Source(path, tuple(documents), is_single=False, left_out=left_out)


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
            message = _("the archive holds {name} twice").format(name=member.filename)
            raise FormatError(path, message, _("Download or export it again"))
        seen.add(member.filename)
    total = 0
    for member in members:
        name = PurePosixPath(member.filename)
        if member.is_dir() or not _may_be_data(name):
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
        message = _("the archive holds {name}, a path that leads out of it")
        raise FormatError(
            path, message.format(name=member.filename), _("Do not trust this archive")
        )
    if stat.S_ISLNK(member.external_attr >> 16):
        message = _("the archive holds {name}, a symbolic link").format(name=member.filename)
        raise FormatError(path, message, _("Put the file itself into the archive"))
    if member.flag_bits & 0x1:
        message = _("{name} is encrypted").format(name=member.filename)
        raise FormatError(path, message, _("Make the archive without a password"))
    if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        message = _("{name} uses an unusual compression method").format(name=member.filename)
        raise FormatError(path, message, _("Make an ordinary zip archive (deflate)"))


def _may_be_data(name: PurePosixPath) -> bool:
    """Tell from a file's name whether to open it."""
    suffix = name.suffix.lower()
    return suffix in _SUFFIXES or (not suffix and _SLOTS in name.parts[:-1])


def _is_skipped(name: str) -> bool:
    return name.startswith(".") or name in _SKIPPED_FOLDERS


def _too_many(path: Path, most: int) -> FormatError:
    message = _("it holds more than {most:,} files").format(most=most)
    return FormatError(path, message, _("Name the folder with the bot's own files"))


def _too_large(path: Path) -> FormatError:
    message = _("its texts are larger than {most} MB together").format(
        most=MOST_TOTAL_BYTES // 2**20
    )
    return FormatError(path, message, _("Name the folder with the bot's own files"))
