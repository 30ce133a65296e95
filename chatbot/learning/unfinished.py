"""What a long training has done so far, on the disk: a killed one goes on from there.

A folder holds the states of the patterns that were read, as float16, their intents, which are
twins, and the layer after its latest epoch. Each is written before it is counted as done.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chatbot.common import ChatbotError, _, write_atomically
from chatbot.learning.data import Indices
from chatbot.network import Floats

NAME = ".unfinished-training"
"""Of the folder, in that of the model."""

SPARE_BYTES = 200 * 2**20
"""Left free on the disk, for the model and its copy of the intents file."""

_STATES, _LABELS, _TWINS, _DONE = "states.f16", "labels.i32", "twins.i64", "done.json"


class NoSpaceError(ChatbotError):
    """The disk has no room for what a training has done so far, or cannot be written."""


class Unfinished:
    """The folder of one training. What another training left in it is removed."""

    def __init__(self, folder: Path, key: str, hidden_size: int) -> None:
        """Take up what a training of the same `key` has done; raises OSError."""
        self._folder, self._key, self._size = folder, key, hidden_size
        self.rows, self.is_read = 0, False
        """Patterns whose states are kept, and whether those are all."""
        try:
            done = json.loads((folder / _DONE).read_bytes())
            rows, is_read = int(done["rows"]), bool(done["is_read"])
            if (
                done["key"] == key
                and (folder / _STATES).stat().st_size >= rows * 2 * hidden_size
                and (folder / _LABELS).stat().st_size >= rows * 4
                and (folder / _TWINS).stat().st_size >= rows * 8
            ):
                self.rows, self.is_read = rows, is_read
                return
        except (OSError, ValueError, KeyError, TypeError):
            pass  # nothing was done, or not by this training
        self.remove()
        folder.mkdir(parents=True, exist_ok=True)

    def make_room(self, patterns: int) -> None:
        """Raise NoSpaceError where so many patterns would not fit on the disk."""
        needed = (patterns - self.rows) * (2 * self._size + 12) + SPARE_BYTES
        free = shutil.disk_usage(self._folder).free
        if free < needed:
            raise NoSpaceError(
                _(
                    "{folder}: the training needs {needed:,} MB on the disk for a while, and "
                    "{free:,} MB are free. Free some space, or choose a folder with --model"
                ).format(folder=self._folder.parent, needed=needed // 2**20, free=free // 2**20)
            )

    def append(self, states: Floats, labels: Indices, twins: Indices) -> None:
        """Keep the states (patterns, hidden), intents and twins (patterns,) of more patterns.

        Raises NoSpaceError when they cannot be written.
        """
        with self._writing():
            self._append(states, labels, twins)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            message = _(
                "{folder}: what was read could not be written ({reason}). Free some space, and "
                "train again: it goes on from there"
            )
            reason = error.strerror or error
            raise NoSpaceError(message.format(folder=self._folder, reason=reason)) from error

    def _append(self, states: Floats, labels: Indices, twins: Indices) -> None:
        kept: list[tuple[str, NDArray[Any], int]] = [
            (_STATES, states.astype(np.float16), 2 * self._size),
            (_LABELS, labels.astype(np.int32), 4),
            (_TWINS, twins.astype(np.int64), 8),
        ]
        for name, array, row_bytes in kept:
            with (self._folder / name).open("ab") as file:
                file.truncate(self.rows * row_bytes)  # behind it is what a killed one wrote last
                file.write(array.tobytes())
                file.flush()
                os.fsync(file.fileno())
        self.rows += len(labels)
        self._count()

    def finish_reading(self) -> None:
        """Know that all patterns were read."""
        self.is_read = True
        self._count()

    def _count(self) -> None:
        done = {"key": self._key, "rows": self.rows, "is_read": self.is_read}
        write_atomically(self._folder / _DONE, json.dumps(done).encode())

    @property
    def states(self) -> NDArray[np.float16]:
        """The states (rows, hidden), which stay on the disk."""
        shape = (self.rows, self._size)
        return np.memmap(self._folder / _STATES, np.float16, mode="r", shape=shape)

    @property
    def labels(self) -> Indices:
        """The intents (rows,) of the patterns."""
        found = np.fromfile(self._folder / _LABELS, np.int32, self.rows)
        return found.astype(np.int64)

    @property
    def twins(self) -> Indices:
        """The numbers (rows,) of the patterns by which twins are found (`data.twins_of`)."""
        return np.fromfile(self._folder / _TWINS, np.int64, self.rows)

    def keep(self, name: str, data: bytes) -> None:
        """Keep something under a name. Raises NoSpaceError."""
        with self._writing():
            write_atomically(self._folder / name, data)

    def kept(self, name: str) -> bytes:
        """Return what was kept under a name; nothing where there is none."""
        try:
            return (self._folder / name).read_bytes()
        except OSError:
            return b""

    def remove(self) -> None:
        """Remove everything."""
        shutil.rmtree(self._folder, ignore_errors=True)
