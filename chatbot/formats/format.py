"""What a format is: a name, a test of content, and a reader. Each dialect defines one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from chatbot.formats.documents import Document
from chatbot.formats.gathering import Gathering


class Copies(Enum):
    """How a copy of a file is told from another part of the same bot."""

    BY_CONTENT = "content"
    """Files that hold the same are copies, and so is `nlu_backup.yml` beside `nlu.yml`."""
    BY_NAME = "name"
    """A file's name says what it holds, an intent or a language; only names like that of a backup
    tell a copy."""
    NONE = "none"
    """Every file counts: a program wrote them, and `Order - copy` is an intent."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format that can be imported."""

    name: str
    recognises: Callable[[Document], bool]
    """Tell from its content whether a document belongs to it."""
    read: Callable[[Sequence[Document], Gathering], None]
    """Add what these documents hold."""
    remedy: str = "Write examples for at least two intents"
    """What to do if no intent has an example."""
    is_project: bool = True
    """Whether several documents make up one bot; if not, a folder may hold only one."""
    copies: Copies = Copies.BY_CONTENT
    """Which documents of a folder are copies of others."""


def objects(value: Any) -> list[dict[str, Any]]:
    """Return the objects in a list; nothing if it is not a list."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def strings(value: Any) -> list[str]:
    """Return the texts in a list, or a text by itself; nothing for anything else."""
    if isinstance(value, str):
        return [value]
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def string(value: Any) -> str:
    """Return a text, the empty one for anything else."""
    return value if isinstance(value, str) else ""


def yaml_texts(value: Any) -> list[str]:
    """Return the texts of a YAML list; `- hello: you`, an object to YAML, is the text it was."""
    texts = []
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict) and len(item) == 1 and "text" not in item:
            ((key, text),) = item.items()
            item = f"{key}: {text}".strip() if isinstance(text, str) else ""
        texts.append(string(item.get("text")) if isinstance(item, dict) else string(item))
    return texts


_NAME_KEYS = (
    "name", "entity", "intent", "trait", "text", "story", "rule", "value", "tag", "title", "label",
    "displayName", "id", "slot", "message", "description",
)  # fmt: skip
"""What a thing in a list may be called by, in a note."""


def names_in(value: Any) -> list[str]:
    """Return what the things in a list or object are called, as examples in a note."""
    if isinstance(value, dict):
        return list(map(str, value))
    items = value if isinstance(value, list) else []
    return [name for item in items if (name := _name_of(item))]


def _name_of(item: Any) -> str:
    if isinstance(item, dict):
        return next((item[k] for k in _NAME_KEYS if isinstance(item.get(k), str)), "")
    return string(item)


def size(value: Any) -> int:
    """Return how many things a list or object holds, 0 for anything else."""
    return len(value) if isinstance(value, list | dict) else 0
