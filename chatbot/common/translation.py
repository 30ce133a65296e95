"""The language of the interface: texts are written in English and looked up in gettext catalogues.

`_("…")` translates where a text is shown; `N_("…")` only marks one that is kept for later, such as
a constant. What is put into a text comes after translating: `_("{count} words").format(count=3)`.

English needs no catalogue, and then nothing of gettext is imported (start-up).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gettext import NullTranslations

LANGUAGES: Mapping[str, str] = {"en": "English", "vi": "Tiếng Việt"}
"""By code, each in its own words. docs/translating.md says how one is added."""

LANGUAGE_VARIABLE = "CHATBOT_LANGUAGE"
"""Wins over the setting: a process that the app starts speaks as the app does."""

SYSTEM = ("LC_ALL", "LC_MESSAGES", "LANG")
"""Where the system keeps its language, in this order (POSIX)."""

CATALOGUES = Path(__file__).parent / "locale"

_catalogue: NullTranslations | None = None
_language = "en"


def language() -> str:
    """Return the code of the language in use."""
    return _language


def system_language() -> str:
    """Return the system's language, English where we do not have it."""
    value = next(filter(None, map(os.environ.get, SYSTEM)), "")
    code = value.replace("-", "_").split("_")[0].lower()
    return code if code in LANGUAGES else "en"


def use_language(code: str = "") -> None:
    """Translate from now on into this language; an empty or unknown code means the system's."""
    global _catalogue, _language
    code = os.environ.get(LANGUAGE_VARIABLE) or code
    _language = code if code in LANGUAGES else system_language()
    if _language == "en":
        _catalogue = None
        return
    import gettext  # start-up, as above

    _catalogue = gettext.translation("chatbot", CATALOGUES, [_language])


def _(text: str) -> str:
    """Return a text in the language in use."""
    return text if _catalogue is None or not text else _catalogue.gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    """Return the text for a number of things in the language in use."""
    if _catalogue is None:
        return one if count == 1 else many
    return _catalogue.ngettext(one, many, count)


def N_(text: str) -> str:  # noqa: N802 (the name that every gettext tool knows)
    """Mark a text that is translated where it is shown, and return it as it is."""
    return text
