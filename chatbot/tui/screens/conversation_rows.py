"""A row of the list of conversations: a conversation, or a turn of it that a search has found."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from rich.style import Style
from rich.text import Text

from chatbot.archive import Conversation, KeptTurn, marked
from chatbot.common import _, ngettext
from chatbot.tui.text import shown

BEFORE_HIT = 24
"""Characters before the first hit that are shown of a long text."""

HIT = Style(bold=True, underline=True)
"""Seen in every theme, and without colour."""


class Row(NamedTuple):
    """What a row is about."""

    conversation: Conversation
    turn: KeptTurn | None = None
    """The turn that was found; None in the list of all."""


def count_of_turns(about: Conversation) -> str:
    """Return how long a conversation is."""
    return ngettext("{count} turn", "{count:,} turns", about.turns).format(count=about.turns)


def drawn(row: Row, query: str, bot: Path) -> Text:
    """Return a row as it is drawn: its conversation, and below it what was found."""
    about = row.conversation
    count = count_of_turns(about)
    text = Text(f"{about.changed.astimezone():%Y-%m-%d %H:%M}  {count:>9}  ", no_wrap=True)
    text.append(shown(about.title), Style(bold=row.turn is None))
    if about.bot != bot:
        text.append(_("  with {name}").format(name=shown(about.bot.name)), Style(italic=True))
    if row.turn is not None:
        text.append("\n")
        text.append_text(_found(row.turn, query))
    text.overflow = "ellipsis"
    return text


def _found(turn: KeptTurn, query: str) -> Text:
    """Return the line of a turn that holds the first hit, with all its hits marked."""
    both = (
        (_("you"), marked(turn.said.message, query)),
        (_("bot"), marked(turn.said.reply, query)),
    )
    who, (said, spans) = next((each for each in both if each[1].spans), both[0])
    first = spans[0].start if spans else 0
    start = first - BEFORE_HIT if first > 2 * BEFORE_HIT else 0
    text = Text(f"  {who}  {'…' if start else ''}")
    begin = len(text)
    text.append(" ".join(said[start:].splitlines()))
    for span in spans:
        text.stylize(HIT, begin + span.start - start, begin + span.end - start)
    return text
