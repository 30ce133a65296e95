"""Names of bots: a name is never a path, and can be a file name on every system."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from chatbot.common import _
from chatbot.common.errors import ChatbotError

MOST_CHARACTERS = 60
MOST_BYTES = 200
"""In UTF-8: file systems allow 255 for a name with its ending, and some scripts take three or four
a character."""

# Windows keeps these for devices, whatever the ending and the case.
_DEVICES = re.compile(r"(con|prn|aux|nul|conin|conout|(com|lpt)[0-9¹²³])", re.IGNORECASE)
_ALLOWED = {"L", "M", "N"}
"""Letters, marks and numbers of any script, by the first letter of their Unicode category."""


class BotNameError(ChatbotError):
    """A name that no bot can have; says why, and what to do."""


def bot_name(text: str) -> str:
    """Return a name as it is kept: composed characters, single blanks, none around.

    Raises BotNameError.
    """
    name = unicodedata.normalize("NFC", " ".join(part for part in text.split(" ") if part))
    if not name:
        raise BotNameError(_("A bot needs a name, such as cafe"))
    shown = "".join(c if c.isprintable() else "�" for c in name[:30])
    shown += "…" if len(name) > 30 else ""
    if len(name) > MOST_CHARACTERS or len(name.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise BotNameError(
            _("“{shown}” is too long: at most {most} letters").format(
                shown=shown, most=MOST_CHARACTERS
            )
        )
    wrong = next((c for c in name if not _is_allowed(c)), None)
    if wrong is not None:
        which = _("a dot") if wrong == "." else f"“{wrong}”"
        if not wrong.isprintable():
            which = _("the character U+{code:04X}").format(code=ord(wrong))
        raise BotNameError(
            _(
                "“{shown}” has {which} in it: use letters, digits, blanks, - and _ for a name"
            ).format(shown=shown, which=which)
        )
    if unicodedata.category(name[0])[0] not in {"L", "N"}:
        raise BotNameError(_("“{shown}” must begin with a letter or a digit").format(shown=shown))
    if _DEVICES.fullmatch(name):
        raise BotNameError(
            _("“{shown}” is the name of a device on Windows: choose another").format(shown=shown)
        )
    return name


def bot_title(intents: Path) -> str:
    """Return what a bot is called by people: the name of its file, where that has one of its own.

    Never its folder, which would show whose it is to whoever is given it.
    """
    return "chatbot" if intents.stem == "intents" else intents.stem


def is_bot_name(text: str) -> bool:
    """Return whether a bot may have this name, just as it is written."""
    try:
        return bot_name(text) == unicodedata.normalize("NFC", text)
    except BotNameError:
        return False


def _is_allowed(character: str) -> bool:
    return character in " -_" or unicodedata.category(character)[0] in _ALLOWED
