"""One file to import, by itself or from a folder or an archive; decoded when asked for."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any
from unicodedata import normalize

from chatbot.common import _
from chatbot.formats import encodings, yaml_text
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

_BEYOND_ASCII = re.compile(r"\w*[^\W\x00-\x7f]\w*")


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
        self.guessed: str | None = None
        """The encoding that its text was taken to be in, once that was asked for."""
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
        """Its text with Unix line ends: UTF-8, UTF-16, what it declares, or what is guessed.

        Raises IntentsError where no encoding fits.
        """
        text = storage.decode(self.source, self._utf8, self.name)
        return (
            text if "\n" in text else text.replace("\r", "\n")
        )  # of an old Mac, or of Excel on one

    @property
    def exact_text(self) -> str:
        """Its text with the line ends it has. Raises IntentsError."""
        return self._utf8.decode().removeprefix(BOM) if self.text else ""

    @cached_property
    def _utf8(self) -> bytes:
        name = encodings.marked_unicode(self.data)
        if name is None and b"\0" in self.data:
            self.guessed = name = encodings.unmarked_unicode(self.data)
        elif name is None and not self._is_utf8():
            if (said := encodings.declared(self.data)) is not None:
                return self.data.decode(said, errors="replace").encode()
            self.guessed = name = encodings.guess(self.data)
        if name is None:
            return self.data
        try:
            text = self.data.decode(name)
            # There a tone of Vietnamese is a character of its own; nobody types it so.
            return (normalize("NFC", text) if name == "cp1258" else text).encode()
        except UnicodeDecodeError as error:
            message = _("invalid {encoding} at byte {byte}").format(
                encoding=name.upper(), byte=error.start
            )
            raise self.error(message, _("Save the file as UTF-8 in your editor")) from error

    def _is_utf8(self) -> bool:
        """Tell whether it is UTF-8, whatever it declares: no other text is it by chance."""
        try:
            self.data.decode()
        except UnicodeDecodeError:
            return False
        return True

    @property
    def telling_words(self) -> list[str]:
        """Words that show whether the encoding was guessed well."""
        found = (word[0] for word in _BEYOND_ASCII.finditer(self.text))
        return list(dict.fromkeys(islice(found, 10)))

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
            message = _("the key “{key}” is there twice, and only the last one counts")
            raise self.error_at(path, message.format(key=path[-1]), _("Merge the two"))

    def error(self, message: str, remedy: str, position: Position = START) -> FormatError:
        """Return an error about this document."""
        return FormatError(self.source, message, remedy, position, self.name)

    def error_at(self, path: JsonPath, message: str, remedy: str) -> FormatError:
        """Return an error about a value in its JSON."""
        return self.error(message, remedy, locate(self.json_source, [path])[path])
