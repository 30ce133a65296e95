"""One file to import, by itself or from a folder or an archive; decoded when asked for."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from chatbot.formats.errors import FormatError
from chatbot.intents import (
    BOM,
    START,
    BrokenJsonError,
    JsonPath,
    Position,
    json_text,
    locate,
    repeated_keys,
    storage,
)

_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class Document:
    """A file's bytes, and what they mean."""

    def __init__(self, source: Path, data: bytes, inside: str = "") -> None:
        self.source = source
        """The file, folder or archive that was named."""
        self.inside = inside
        """The path in it, with slashes; empty for a file by itself."""
        self.data = data

    @property
    def name(self) -> str:
        """What to call it."""
        return f"{self.source.name}/{self.inside}" if self.inside else self.source.name

    @property
    def path(self) -> PurePosixPath:
        """Its path within the source, or its own name."""
        return PurePosixPath(self.inside or self.source.name)

    @cached_property
    def text(self) -> str:
        """Its text with Unix line ends: UTF-8, or UTF-16 with a byte order mark.

        Raises IntentsError for any other encoding.
        """
        return storage.decode(self.source, self._utf8, self.name)

    @property
    def exact_text(self) -> str:
        """Its text with the line ends it has. Raises IntentsError."""
        _ = self.text  # raises where it is not text
        return self._utf8.decode().removeprefix(BOM)

    @cached_property
    def _utf8(self) -> bytes:
        if not self.data.startswith(_UTF16):
            return self.data
        try:
            return self.data.decode("utf-16").encode()
        except UnicodeDecodeError as error:
            remedy = "Save the file as UTF-8 in your editor"
            raise self.error(f"invalid UTF-16 at byte {error.start}", remedy) from error

    @cached_property
    def json(self) -> Any:
        """Its data if it is JSON, else None. Raises FormatError for broken JSON."""
        if not self.looks_like_json:
            return None
        try:
            return json_text.load(self.text)
        except BrokenJsonError as broken:
            raise self.error(broken.message, broken.remedy, broken.position) from broken

    @property
    def looks_like_json(self) -> bool:
        """Whether the first character is one that a JSON object or list begins with."""
        return self.text.lstrip()[:1] in ("{", "[")

    @property
    def object(self) -> dict[str, Any]:
        """Its data if that is a JSON object, else an empty one."""
        return self.json if isinstance(self.json, dict) else {}

    def refuse_repeated_keys(self) -> None:
        """Raise FormatError if a JSON object has a key twice: one of the two would be lost."""
        for path in repeated_keys(self.json):
            message = f"the key “{path[-1]}” is there twice, and only the last counts"
            raise self.error_at(path, message, "Put both into one")

    def error(self, message: str, remedy: str, position: Position = START) -> FormatError:
        """Return an error about this document."""
        return FormatError(self.source, message, remedy, position, self.name)

    def error_at(self, path: JsonPath, message: str, remedy: str) -> FormatError:
        """Return an error about a value in its JSON."""
        return self.error(message, remedy, locate(self.text, [path])[path])
