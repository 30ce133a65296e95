"""What exports for people say of a turn, and text that neither a page nor an editor stumbles on."""

from __future__ import annotations

from datetime import datetime

from chatbot.archive.records import Conversation, KeptTurn
from chatbot.common import _, percent, printable


def said_of(turn: KeptTurn) -> str:
    """Return what the bot made of a message, as "time 98 %, corrected to weather"."""
    said = turn.said
    label = f"{said.intent} {percent(said.confidence)}"
    # The figure of a fallback is that of the nearest intent, which was not answered.
    nearest = _("out of scope, nearest {intent}")
    parts = [label if said.in_scope else nearest.format(intent=label)]
    if turn.corrected is not None:
        right = turn.corrected.intent
        right = _("out of scope") if right is None else right
        parts.append(_("corrected to {intent}").format(intent=right))
    if said.model_version is not None:
        parts.append(_("model {version}").format(version=said.model_version))
    return shown(", ".join(parts))


def lasted(about: Conversation) -> str:
    """Return when a conversation began and when its last turn was."""
    return _("{start} to {end}").format(start=when(about.started), end=when(about.changed))


def when(time: datetime) -> str:
    """Return a time in the time zone of this machine, to the minute, with the zone."""
    return time.astimezone().strftime("%Y-%m-%d %H:%M %z")


def shown(text: str) -> str:
    """Return a text whose lines and tabs are kept and whose control characters are escaped.

    The half of a surrogate pair is escaped too: no encoding can write it.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    return "\n".join("\t".join(map(printable, line.split("\t"))) for line in lines)
