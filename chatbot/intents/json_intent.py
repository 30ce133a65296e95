"""An intent as the JSON object that a file holds: its tag, its texts, and keys by other names."""

from __future__ import annotations

from typing import Any

LOOKALIKES = {
    "tag": ("intent", "intentId", "intent_display_name", "name", "title", "id"),
    "patterns": (
        "utterances", "examples", "phrases", "questions", "question", "text", "trainingData",
        "trainingPhrases", "training_phrases", "Training Phrases",
    ),
    "responses": ("response", "answers", "answer", "replies", "reply", "speechResponse"),
}  # fmt: skip
"""What other programs call our keys: such files are imported; the editor suggests renaming."""


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


def lookalike(item: dict[str, Any], key: str) -> str | None:
    """Return the key by which another program calls our missing `key`, if it is there."""
    return next((name for name in LOOKALIKES[key] if key not in item and name in item), None)
