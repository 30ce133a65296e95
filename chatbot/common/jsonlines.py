"""JSON lines: texts kept in a file, and records that one process prints and another reads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Generic, TypeVar

from chatbot.common.atomic import write_atomically
from chatbot.common.text import printable_json

R = TypeVar("R")


def load(path: Path) -> list[str]:
    """Return the texts of a file, a JSON string per line; lines that are none are skipped.

    A file that cannot be read has no texts.
    """
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:
        return []
    return [text for line in lines if isinstance(text := _value(line), str)]


def save(path: Path, texts: Iterable[str]) -> None:
    """Write texts, a JSON string per line. Raises OSError; the old file is then as it was."""
    write_atomically(path, "".join(json.dumps(text) + "\n" for text in texts).encode())


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
