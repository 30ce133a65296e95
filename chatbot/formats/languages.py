"""The language to read from a file with several: the one asked for, else the file's default."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from chatbot.formats.errors import FormatError


def chosen(
    texts: Mapping[str, int], wanted: str | None, default: str | None, path: Path
) -> str | None:
    """Return which of the languages to read, None where there is none.

    `wanted` may be shorter or longer than the file's: en finds en-US, en-US finds en. Without a
    default: English, else the language with the most texts. Raises FormatError if it has no texts.
    """
    if wanted is not None:
        found = _like(texts, wanted)
        if found is None:
            there = ", ".join(sorted(texts)) or "no named language"
            message = f"it has no texts in the language {wanted}"
            raise FormatError(path, message, f"It has: {there}")
        return found
    for language in (default, "en"):
        if language is not None and (found := _like(texts, language)) is not None:
            return found
    return max(sorted(texts), key=lambda name: texts[name], default=None)


def _like(texts: Mapping[str, int], wanted: str) -> str | None:
    """Return the language itself, else one that differs only in its region."""
    asked = _parts(wanted)
    for language in sorted(texts):
        if _parts(language) == asked:
            return language
    return next((name for name in sorted(texts) if _parts(name)[0] == asked[0]), None)


def _parts(language: str) -> list[str]:
    return language.casefold().replace("_", "-").split("-")
