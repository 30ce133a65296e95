"""Atomic writes: a file is the old one or the new one, never half of each."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path


def write_atomically(path: Path, data: bytes) -> None:
    """Replace the content of `path` in one step; parent folders are made.

    A symbolic link stays one: what it points to is replaced. An existing file keeps its permission
    bits, a new one gets those of the user's umask. Raises OSError, and then the old file is as it
    was and no temporary file is left.
    """
    import secrets  # loads OpenSSL, which an app that only reads its settings need not wait for

    target = _target(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    # In the same folder, as a rename is atomic only within a file system. The name is short and
    # random: one made from the target's could be longer than the file system allows.
    temporary = target.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with temporary.open("xb") as file:
            with suppress(FileNotFoundError):  # before the data: secrets stay secret
                temporary.chmod(target.stat().st_mode & 0o7777)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _target(path: Path) -> Path:
    """Return the file that `path` leads to, through any links."""
    try:
        target = path.resolve()
    except RuntimeError:  # raised before Python 3.13 for circular links
        target = path
    if target.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    return target
