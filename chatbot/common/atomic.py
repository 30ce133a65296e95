"""Atomic writes: a file is the old one or the new one, never half of each."""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from chatbot.common.translation import _

PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700
"""Bits of what holds messages: nobody but its owner reads them."""

_TEMPORARY = re.compile(r"\.chatbot-[0-9a-f]{16}\.tmp")
_swept: set[Path] = set()
"""Folders in which this process has removed what a killed one left."""


def write_atomically(path: Path, data: bytes, *, private: bool = False) -> None:
    """Replace the content of `path` in one step; parent folders are made.

    A symbolic link stays one: what it points to is replaced. An existing file keeps its permission
    bits, a new one gets those of the user's umask; a `private` one can be read by its owner alone,
    at every moment. Raises OSError, also for a file that nobody may write (read-only), and then the
    old file is as it was and no temporary file is left.
    """
    target = _target(path)
    refuse_protected(target)
    if private and not target.parent.exists():
        make_private_folder(target.parent)
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.parent not in _swept:
        _swept.add(target.parent)
        sweep(target.parent)
    with _temporary(target, PRIVATE_FILE if private else 0o666) as (temporary, file):
        if not private:
            with suppress(FileNotFoundError):  # before the data: secrets stay secret
                temporary.chmod(stat.S_IMODE(target.stat().st_mode))
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
        if sys.platform == "win32":  # an open file cannot be renamed there
            file.close()
        temporary.replace(target)


def make_private_folder(folder: Path) -> None:
    """Make a folder that only its owner can open; one that is there becomes so. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
    if stat.S_IMODE(folder.stat().st_mode) & 0o077:
        folder.chmod(PRIVATE_FOLDER)


def refuse_protected(path: Path) -> None:
    """Raise PermissionError for a read-only file, which renaming would replace all the same.

    By its bits, and not by whether it could be opened: root can open everything.
    """
    with suppress(FileNotFoundError, NotADirectoryError):
        status = path.stat()
        if stat.S_ISREG(status.st_mode) and not status.st_mode & 0o222:
            raise PermissionError(errno.EACCES, _("the file is read-only"), str(path))


@contextmanager
def _temporary(target: Path, mode: int) -> Iterator[tuple[Path, IO[bytes]]]:
    """Lend a new file beside the target; it is gone afterwards, unless it was renamed."""
    # In the same folder, as a rename is atomic only within a file system. The name is short and
    # random: one made from the target's could be longer than the file system allows.
    while True:
        temporary = target.with_name(f".chatbot-{os.urandom(8).hex()}.tmp")
        descriptor = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _BINARY, mode)
        with os.fdopen(descriptor, "wb") as file:
            try:
                if _lock(file):
                    yield temporary, file
                    return
            finally:
                if sys.platform == "win32":
                    file.close()
                temporary.unlink(missing_ok=True)


_BINARY = getattr(os, "O_BINARY", 0)


def _lock(file: IO[bytes]) -> bool:
    """Lock a temporary file for as long as it is open: one without a lock is of a killed process.

    Returns False where another process has just swept it away. Where files cannot be locked, none
    is swept.
    """
    if sys.platform == "win32":  # open files cannot be removed there
        return True
    import fcntl  # not there on Windows

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return os.fstat(file.fileno()).st_nlink > 0


def sweep(folder: Path) -> None:
    """Remove what killed processes have left of their writes; what is being written stays."""
    with suppress(OSError), os.scandir(folder) as entries:
        for left in [Path(e.path) for e in entries if _TEMPORARY.fullmatch(e.name)]:
            with suppress(OSError):
                _remove_left(left)


def _remove_left(path: Path) -> None:
    if sys.platform == "win32":
        path.unlink()
        return
    import fcntl  # not there on Windows

    with path.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # fails where somebody writes it
        path.unlink()


def _target(path: Path) -> Path:
    """Return the file that `path` leads to, through any links."""
    try:
        target = path.resolve()
    except RuntimeError:  # raised before Python 3.13 for circular links
        target = path
    if target.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    return target
