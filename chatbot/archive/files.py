"""The archive's files on disk: where they are, who may read them, setting a damaged one aside."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from chatbot.archive.errors import ArchiveError
from chatbot.common import _, make_private_folder, paths

NAME = "conversations.sqlite3"

COMPANIONS = ("", "-wal", "-shm", "-journal")
"""What SQLite appends to the name: the file itself, then those that it may keep beside it."""

OWNER_ONLY = 0o600
"""What people type to a bot is theirs alone. SQLite gives its other files the bits of the first."""

LOCK_SECONDS = 30.0
"""How long to wait for another window that opens the archive; it may be making the search index,
which takes about 10 s per 100,000 turns."""


class Identity(NamedTuple):
    """Tells a file from another one of the same name."""

    device: int
    inode: int


def archive_file() -> Path:
    """Return where conversations are kept, on this machine only."""
    return paths.data_folder() / NAME


def identity(path: Path) -> Identity | None:
    """Return which file is at `path`; None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return Identity(status.st_dev, status.st_ino)


def make_private(path: Path) -> None:
    """Create the file if there is none, and let only its owner read it. Raises OSError.

    Before SQLite opens it, so that at no moment anybody else can.
    """
    make_private_folder(path.parent)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, OWNER_ONLY))
    for companion in COMPANIONS:
        with suppress(FileNotFoundError):
            Path(f"{path}{companion}").chmod(OWNER_ONLY)


def set_aside(path: Path) -> Path:
    """Give a damaged file and its companions another name, and return it. Raises OSError.

    They keep belonging together, so that SQLite's own `.recover` still finds all that is left.
    """
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    number = 0
    while True:
        again = f"-{number}" if number else ""
        kept = path.with_name(f"{path.stem}.damaged-{moment}{again}{path.suffix}")
        if not any(Path(f"{kept}{companion}").exists() for companion in COMPANIONS):
            break
        number += 1
    # The file itself goes last: while its name is taken, nobody begins a new one, which could
    # meet the log of the old.
    for companion in reversed(COMPANIONS):
        with suppress(FileNotFoundError):
            Path(f"{path}{companion}").rename(f"{kept}{companion}")
    return kept


@contextmanager
def opening_lock(path: Path) -> Iterator[None]:
    """Let one process at a time create, bring up to date or set aside an archive.

    The system releases the lock when its holder dies. Raises ArchiveError when another process
    holds it for longer than LOCK_SECONDS, OSError where the folder cannot be written.
    """
    from filelock import FileLock, Timeout  # 10 ms, which start-up need not wait for

    make_private_folder(path.parent)
    lock = FileLock(path.with_suffix(".lock"), timeout=LOCK_SECONDS, mode=OWNER_ONLY)
    try:
        with lock:
            yield
    except Timeout:
        raise ArchiveError(
            _(
                "{path}: another window is opening the conversations and does not finish. Close "
                "it, then try again"
            ).format(path=path)
        ) from None
