"""The shapes of our own file, of pairs and of lists by intent, written in YAML or TOML.

The data is handed on as JSON, so that whatever is read there is read here.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Sequence
from typing import Any

from chatbot.common import _
from chatbot.formats.dialects import own, pairs
from chatbot.formats.documents import Document
from chatbot.formats.errors import FormatError
from chatbot.formats.format import Format, yaml_texts
from chatbot.formats.gathering import Gathering
from chatbot.intents import IntentsError, Position, role_of

_SHAPES = (pairs.FORMAT, own.FORMAT)

_YAML = re.compile(
    r"^[ \t]*(?:-[ \t]+)*[\"']?([^\s:\"'#][^:\n\"']{0,40})[\"']?[ \t]*:(?:\s|$)", re.M
)
_TOML = re.compile(r"^[ \t]*[\"']?([^\s=\"'#\[][^=\n\"']{0,40})[\"']?[ \t]*=", re.MULTILINE)
"""A key. Without one of those for examples a text is not worth parsing."""
_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")


def _recognises(document: Document) -> bool:
    twin = _as_json(document)
    return twin is not None and _shape(twin) is not None


def _shape(twin: Document) -> Format | None:
    return next((shape for shape in _SHAPES if shape.recognises(twin)), None)


def _as_json(document: Document, into: Gathering | None = None) -> Document | None:
    """Return the document with its data as JSON; None if it is neither TOML nor YAML."""
    data: Any = None
    if _has_examples(_TOML, document.text):
        data = _toml(document)
    elif not document.looks_like_json and _has_examples(_YAML, document.text):
        data = _of_all(document, into)
    return None if data is None else _twin(document, data)


def _twin(document: Document, data: Any) -> Document:
    return Document(document.source, json.dumps(_plain(data)).encode(), document.inside)


def _of_all(document: Document, into: Gathering | None) -> Any:
    """Return the data of the YAML documents in a file as that of one; None if there is none.

    A part of another shape, such as settings before the intents, is noted.
    """
    parts = [item for item in document.yaml if isinstance(item, dict | list)]
    if len(parts) <= 1:
        return parts[0] if parts else None
    usable = [part for part in parts if _shape(_twin(document, part)) is not None]
    if into is not None:
        others = [", ".join(map(str, part)) for part in parts if part not in usable]
        into.note("YAML documents that hold no intents were left out", len(others), others)
    lists = [part for part in usable if isinstance(part, list)]
    objects = [part for part in usable if isinstance(part, dict)]
    if len(lists) == len(usable):
        return [item for part in lists for item in part]
    keys = [key for part in objects for key in part]
    if len(objects) == len(usable) and len(keys) == len(set(keys)):
        return {key: value for part in objects for key, value in part.items()}
    return usable


def _has_examples(keys: re.Pattern[str], text: str) -> bool:
    return any(role_of(key.strip()) == "patterns" for key in set(keys.findall(text)))


def _toml(document: Document) -> Any:
    try:
        return tomllib.loads(document.text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = _PLACE.search(str(error))
        end = Position(document.text.rstrip().count("\n") + 1, 1)
        position = Position(int(found[1]), int(found[2])) if found else end
        message = _("broken TOML: {what}").format(what=error)
        document.broken = document.error(message, _("Correct that line"), position)
        return None


def _plain(data: Any) -> Any:
    """Return data as JSON has it: dates and the like become texts, and so does `- hello: you`.

    A block of lines with a dash each, as Rasa writes examples, becomes a list.
    """
    if isinstance(data, dict):
        return {key: _plain(value) for key, value in data.items()}
    if isinstance(data, list):
        plain = [item if isinstance(item, dict | list) else _plain(item) for item in data]
        are_texts = any(isinstance(item, str) for item in plain)
        return yaml_texts(plain) if are_texts else [_plain(value) for value in plain]
    if not isinstance(data, str):
        return str(data)
    lines = [line.strip() for line in data.split("\n") if line.strip()]
    if "\n" in data and lines and all(line.startswith("- ") for line in lines):
        return [line[2:].strip() for line in lines]
    return data


def _read(documents: Sequence[Document], into: Gathering) -> None:
    for document in documents:
        twin = _as_json(document, into)
        shape = None if twin is None else _shape(twin)
        assert twin is not None and shape is not None  # it was recognised because it has them
        try:
            shape.read([twin], into)
        except IntentsError as error:
            finding = error.findings[0]
            # Its position is one in the JSON, which nobody has seen.
            raise FormatError(
                document.source, finding.message, finding.remedy, name=document.name
            ) from error


FORMAT = Format("intents in YAML or TOML", _recognises, _read, is_project=False)
