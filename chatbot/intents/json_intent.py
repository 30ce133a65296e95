"""An intent as the JSON object that a file holds: its tag, its texts, and keys by other names."""

from __future__ import annotations

from typing import Any

from chatbot.intents.fallback_names import names_fallback
from chatbot.intents.key_names import Role, best
from chatbot.intents.types import OUT_OF_SCOPE


def tag_of(item: Any) -> str | None:
    """Return the tag of an intent without the blanks around it, which do not count.

    None where there is no tag, or nothing but blanks.
    """
    tag = item.get("tag") if isinstance(item, dict) else None
    return tag.strip() or None if isinstance(tag, str) else None


def texts_of(item: Any, key: str) -> list[tuple[int, str]]:
    """Return the texts of a list (`patterns` or `responses`) that are not blank, with indices."""
    values = item.get(key) if isinstance(item, dict) else None
    if not isinstance(values, list):
        return []
    return [(k, v) for k, v in enumerate(values) if isinstance(v, str) and v.strip()]


def is_empty(item: dict[str, Any], key: str) -> bool:
    """Return whether a list holds nothing but blanks; False for what is not a list of texts."""
    values = item.get(key, [])
    return isinstance(values, list) and all(isinstance(v, str) and not v.strip() for v in values)


def lookalike(item: dict[str, Any], key: Role) -> str | None:
    """Return the key by which another program calls our missing `key`, if it is there."""
    return None if key in item else best(item, key)


def fallback_keys(data: dict[str, Any]) -> list[str]:
    """Return the keys beside the intents that hold the fallback reply: a text, or a list."""
    return [
        key
        for key, value in data.items()
        if key != OUT_OF_SCOPE  # ours: messages, not replies
        and names_fallback(key)
        and (
            isinstance(value, str)
            or (isinstance(value, list) and value and all(isinstance(v, str) for v in value))
        )
    ]
