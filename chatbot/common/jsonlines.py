"""JSON lines: texts kept in a file, and records that one process prints and another reads."""

from __future__ import annotations

import errno
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Generic, TypeVar

from chatbot.common.atomic import PRIVATE_FILE, make_private_folder, write_atomically
from chatbot.common.text import printable_json
from chatbot.common.translation import _

R = TypeVar("R")

MOST_BYTES = 32 * 2**20
"""Of a file of texts: 500 messages of 60 kB each."""

LOCK_SECONDS = 10.0
"""How long to wait for another process that writes the same file; one write takes milliseconds."""


def load(path: Path) -> list[str]:
    """Return the texts of a file, a JSON string per line; lines that are none are skipped.

    Of a file that is larger than MOST_BYTES the end is read; one that cannot be read has no texts.
    """
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - MOST_BYTES))
            lines = file.read(MOST_BYTES).decode("utf-8", errors="replace").split("\n")
    except OSError:
        return []
    return [text for line in lines if isinstance(text := _value(line), str)]


def save(path: Path, texts: Iterable[str]) -> None:
    """Write texts, a JSON string per line, for their owner's eyes only.

    Raises OSError; the old file is then as it was.
    """
    make_private_folder(path.parent)  # also one that an earlier version has made for everybody
    lines = "".join(json.dumps(text) + "\n" for text in texts)
    write_atomically(path, lines.encode(), private=True)


def change(path: Path, changed: Callable[[list[str]], list[str]]) -> None:
    """Change the texts of a file to what `changed` makes of those that are in it now.

    One process at a time, so that nothing is lost that another one writes. Raises OSError.
    """
    from filelock import FileLock, Timeout  # 10 ms, which start-up need not wait for

    make_private_folder(path.parent)
    try:
        with FileLock(path.with_suffix(".lock"), timeout=LOCK_SECONDS, mode=PRIVATE_FILE):
            before = load(path)
            after = changed(before)
            if after != before:
                save(path, after)
    except Timeout as error:
        raise OSError(errno.EBUSY, _("another program is writing it"), str(path)) from error


class RecordCodec(Generic[R]):
    """Dataclasses as lines of JSON, each with the kind of its record under the key `record`.

    msgspec checks every type when a line is read. Its own tagged unions are not used: they need
    its Structs, which have neither `dataclasses.replace` nor `asdict`, and its encoder refuses the
    half of a surrogate pair that a message may hold.
    """

    def __init__(self, kinds: Mapping[str, type[R]]) -> None:
        self._kinds = kinds
        self._names = {kind: name for name, kind in kinds.items()}

    def encode(self, record: R) -> str:
        """Return a record as one line, in ASCII."""
        values: dict[str, Any] = asdict(record)  # type: ignore[call-overload]
        return printable_json(json.dumps({"record": self._names[type(record)], **values}))

    def decode(self, line: str) -> R | None:
        """Return the record of a line, or None for a line that is none (a library's warning)."""
        import msgspec  # 20 ms, which start-up need not wait for: records come once a job runs

        values = _value(line)
        name = values.pop("record", None) if isinstance(values, dict) else None
        kind = self._kinds.get(name) if isinstance(name, str) else None
        if kind is None:
            return None
        try:
            return msgspec.convert(values, kind)
        except msgspec.ValidationError:
            return None


def _value(line: str) -> Any:
    """Return the value of a line of JSON; None for a line that is not JSON."""
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None
