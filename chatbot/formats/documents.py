"""One file to import, by itself or from a folder or an archive; decoded when asked for."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from chatbot.formats import yaml_text
from chatbot.formats.errors import FormatError
from chatbot.intents import (
    BOM,
    START,
    BrokenJsonError,
    IntentsError,
    JsonPath,
    Position,
    json_text,
    locate,
    repeated_keys,
    storage,
)

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_XML_LATIN = re.compile(
    rb"<\?xml[^<>]{0,100}encoding\s{0,9}=\s{0,9}[\"'](?:iso-8859-1|latin-?1|windows-1252)[\"']",
    re.I,
)
"""XML that says it is in an old encoding, as much of the AIML in public is."""


class Document:
    """A file's bytes, and their text or data."""

    def __init__(self, source: Path, data: bytes, inside: str = "") -> None:
        self.source = source
        """The file, folder or archive that was named."""
        self.inside = inside
        """The path in it, with slashes; empty for a file by itself."""
        self.data = data
        self.broken: IntentsError | None = None
        """What is wrong with its JSON or YAML, once that was asked for."""
        self.yaml_error: FormatError | None = None
        """What is wrong with its YAML, once that was asked for."""

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
        """Its text with Unix line ends: UTF-8, UTF-16 with a byte order mark, or XML's encoding.

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
        if _XML_LATIN.match(self.data):
            return self.data.decode("cp1252", errors="replace").encode()
        if not self.data.startswith(_UTF16):
            return self.data
        try:
            return self.data.decode("utf-16").encode()
        except UnicodeDecodeError as error:
            remedy = "Save the file as UTF-8 in your editor"
            raise self.error(f"invalid UTF-16 at byte {error.start}", remedy) from error

    @cached_property
    def json(self) -> Any:
        """Its data if it is JSON, the list of its lines' data if it is JSON Lines, else None.

        Where it begins like JSON and is none, `broken` says why. Raises IntentsError if it is not
        text at all.
        """
        if not self.looks_like_json:
            return None
        try:
            return json_text.load(self.json_source)
        except BrokenJsonError as broken:
            position = broken.position
            if self.json_source is not self.text:
                position = position._replace(column=position.column - (position.line == 1))
            self.broken = self.error(broken.message, broken.remedy, position)
            return None

    @cached_property
    def json_source(self) -> str:
        """The text of its JSON. JSON Lines become a list; lines stay where they are."""
        first, _, rest = self.text.strip().partition("\n")
        if not first.startswith(("{", "[")) or not rest.lstrip().startswith(("{", "[")):
            return self.text
        try:
            json_text.load(first)
        except BrokenJsonError:
            return self.text
        lines = self.text.rstrip().split("\n")
        last_line = len(lines) - 1
        ended = [line + "," if line.strip() else line for line in lines[:last_line]]
        return "[" + "\n".join([*ended, lines[last_line]]) + "]"

    @property
    def looks_like_json(self) -> bool:
        """Whether the first character is one that a JSON object or list begins with."""
        return self.text.lstrip()[:1] in ("{", "[")

    @cached_property
    def yaml(self) -> list[Any]:
        """The data of each of its YAML documents: texts, lists and `YamlObject`s.

        Empty where it is no YAML; `broken` says why. Raises IntentsError if it is not text at all.
        """
        try:
            return yaml_text.load_all(self)
        except FormatError as error:
            self.broken = self.yaml_error = error
            return []

    @property
    def is_broken_yaml(self) -> bool:
        """Whether it is no YAML, though a format asks for its YAML."""
        return self.yaml == [] and self.yaml_error is not None

    def readable_yaml(self) -> list[Any]:
        """Return the data of its YAML documents. Raises FormatError where it is broken."""
        if self.yaml == [] and self.yaml_error is not None:
            raise self.yaml_error
        return self.yaml

    @property
    def object(self) -> dict[str, Any]:
        """Its data if that is a JSON object, else an empty one."""
        return self.json if isinstance(self.json, dict) else {}

    def refuse_repeated_keys(self) -> None:
        """Raise FormatError if a JSON object has a key twice: one of the two would be lost."""
        for path in repeated_keys(self.json):
            message = f"the key “{path[-1]}” is there twice, and only the last one counts"
            raise self.error_at(path, message, "Merge the two")

    def error(self, message: str, remedy: str, position: Position = START) -> FormatError:
        """Return an error about this document."""
        return FormatError(self.source, message, remedy, position, self.name)

    def error_at(self, path: JsonPath, message: str, remedy: str) -> FormatError:
        """Return an error about a value in its JSON."""
        return self.error(message, remedy, locate(self.json_source, [path])[path])
