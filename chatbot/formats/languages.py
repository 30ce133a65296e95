"""The language to read from a file with several: the one asked for, else the file's default."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from chatbot.common import _
from chatbot.formats.errors import FormatError

_MOST_NAME = 255
"""Characters of a file's name that are looked at; no file system allows more."""

_LANGUAGE = re.compile(r"(?:.*[._])?([a-z]{2}(?:[-_](?:[A-Za-z]{2}|[A-Z][a-z]{3}|\d{3}))?)")


def named_in(path: PurePosixPath) -> str:
    """Return the language that a file or its folder is named after; else the empty text.

    `models/en-US.json`, `bot.fr-fr.lu` and `sentences/de/light.yaml` are.
    """
    for name in (path.stem[:_MOST_NAME], *reversed(path.parts[:-1])):
        if found := _LANGUAGE.fullmatch(name):
            return found[1]
    return ""


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
            there = ", ".join(sorted(texts)) or _("no named language")
            message = _("it has no texts in the language {language}").format(language=wanted)
            raise FormatError(path, message, _("It has: {languages}").format(languages=there))
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
