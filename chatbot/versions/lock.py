"""One training of a model at a time: a lock that the system releases when its holder dies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chatbot.common import _, sweep
from chatbot.network import ModelError

LOCK = "training.lock"


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the lock of a model folder, which is created; remove what a killed training left.

    Raises ModelError at once when another process holds it, or when the folder cannot be written:
    better before a training than after.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(folder / LOCK, timeout=0)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        raise ModelError(
            _(
                "{folder}: another process is training this model. Wait until it is done, or end "
                "it; or train into another folder with --model"
            ).format(folder=folder)
        ) from None
    except (OSError, NotImplementedError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ModelError(
            _(
                "{folder}: the model could not be written there ({reason}). Choose another "
                "folder with --model"
            ).format(folder=folder, reason=reason)
        ) from error
    try:
        sweep(folder)
        yield
    finally:
        lock.release()
